"""What one clause tells: an event, whether it happened, when, to how many, by whom, and in which words where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from data.report import modality, parties, people, when, where
from data.report.atlas import Atlas
from data.report.lexicon import OUTCOME, Lexicon, Trigger
from data.report.model import Actor, Article, Said, Span
from data.report.people import Count
from data.report.relative_days import Reference
from data.report.sentences import Sentence, clauses
from data.report.when import When
from data.report.where import PlacePhrase

STRONG, WEAK = 3, 2
DENIAL = "denial"
"""Type of a finding that only denies what was told just before: "Kyiv denied it"."""
_BESIDE = 60
_BACK = 120
_QUOTES = " \t\n“\"'«"
_OPENING = 60
"""Characters between a date that opens a sentence and the word of telling it belongs to."""
MOVEMENT = "change_to_group_activity"


@dataclass(frozen=True)
class Finding:
    """An event as one clause tells it."""

    sentence: Sentence
    number: int
    """Which sentence of the article it is."""
    type: str
    subtype: str | None
    strength: int
    trigger: Span
    modality: str
    tense: str
    """`past`, `perfect` ("have suffered") or `pluperfect` ("had reclaimed")."""
    looks_back: bool
    """Whether words of the sentence say that it looks back."""
    day: When | None
    """When it happened."""
    told: When | None
    """When it was told, where only that is stated."""
    counts: Mapping[str, Count] = field(default_factory=dict)
    place: PlacePhrase | None = None
    around: tuple[Span, ...] = ()
    """Names of regions in the same sentence that may hold the place."""
    further: tuple[PlacePhrase, ...] = ()
    """Other places that the same words name for it."""
    actors: tuple[Actor, ...] = ()
    said: tuple[Said, ...] = ()
    later: bool = False
    """Whether it only tells of deaths that may have come later: "two more died on Tuesday"."""
    military: bool = False
    protected: bool = False


@dataclass(frozen=True, slots=True)
class _Match:
    trigger: Trigger
    span: Span
    score: float


def findings(
    article: Article, sentence: Sentence, number: int, lex: Lexicon, reference: Reference, atlas: Atlas
) -> Iterator[Finding]:
    """Give the events of a sentence, at most one for each clause, or its denial of what was told before it."""
    text = article.text
    if lex.any_trigger.search(text, sentence.span.start, sentence.span.end) is None:
        denial = lex["modality.denial"].search(text, sentence.span.start, sentence.span.end)
        if denial:
            yield Finding(
                sentence, number, DENIAL, None, 0, Span(*denial.span()), "denied", "past", True, None, None
            )
        return
    said = tuple(parties.said_by(text, sentence.span, lex))
    parts = clauses(text, sentence.span, lex)
    for clause in parts:
        best = _best(text, clause, lex)
        if best is None:
            continue
        found = _read(
            text, sentence, number, clause, best, said, lex, reference, atlas, alone=len(parts) == 1
        )
        if _is_told(found):
            yield found


def _is_told(found: Finding) -> bool:
    """Say whether a clause tells enough: weak words need a place, a day or people; an outcome must have happened."""
    if found.strength == WEAK:
        return bool(found.day or found.counts or (found.place and found.place.is_narrow))
    return found.type != OUTCOME or found.modality not in ("planned", "hypothetical")


def _best(text: str, clause: Span, lex: Lexicon) -> _Match | None:
    """Choose the words that carry the event of a clause: news before what it followed on, causes before outcomes."""
    found = []
    for rank, trigger in enumerate(lex.triggers):
        for match in trigger.when.finditer(text, clause.start, clause.end):
            span = Span(*match.span())
            if not _has_what_it_needs(text, clause, span, trigger, lex):
                continue
            if not modality.asserted(text, clause, span, lex):
                continue
            if _told_again(text, clause, span, lex):
                return None
            before = max(clause.start, span.start - _BACK)
            if lex["context.apart"].search(text, before, span.start):
                continue
            behind = lex["context.behind"].search(text, before, span.start) is not None
            score = trigger.strength - (1.5 if behind and trigger.strength > 1 else 0.0)
            found.append(_Match(trigger, span, score - rank / 1000))
    return max(found, key=lambda match: match.score, default=None)


def _told_again(text: str, clause: Span, span: Span, lex: Lexicon) -> bool:
    """Say whether an event is named only to say what came before it: "The withdrawal follows the loss of ..."."""
    opens = lex["context.again"].match(text[clause.start : span.start]) is not None
    return opens and lex["context.follows"].match(text, span.end) is not None


def _has_what_it_needs(text: str, clause: Span, span: Span, trigger: Trigger, lex: Lexicon) -> bool:
    if not trigger.needs:
        return True
    after = (span.end, min(clause.end, span.end + _BESIDE))
    before = (max(clause.start, span.start - _BESIDE), span.start)
    person = lex["people.person"]
    passive = lex["passive"].search(text, before[0], span.start) is not None
    beside = person.search(text, *(before if passive else after)) is not None
    return beside if trigger.needs == "person" else not beside


def _read(
    text: str,
    sentence: Sentence,
    number: int,
    clause: Span,
    best: _Match,
    said: tuple[Said, ...],
    lex: Lexicon,
    reference: Reference,
    atlas: Atlas,
    *,
    alone: bool,
) -> Finding:
    trigger, span = best.trigger, best.span
    how = modality.modality(text, sentence.span, clause, span, said, lex)
    taken = when.spans(text, sentence.span, lex)
    day, told = _dates(text, sentence.span, clause, span, lex, reference, future=how == "planned")
    counts = people.count(text, clause, lex, taken)
    place, around, more = _place(text, sentence.span, clause, best, lex, atlas, taken)
    return Finding(
        sentence=sentence,
        number=number,
        type=trigger.type,
        subtype=trigger.subtype,
        strength=trigger.strength,
        trigger=span,
        modality=how,
        tense=_tense(text, clause, span, trigger, lex),
        looks_back=lex["background.cue"].search(text, sentence.span.start, sentence.span.end) is not None,
        day=day,
        told=told,
        counts=counts,
        place=place,
        around=around,
        further=more,
        actors=tuple(parties.actors(text, clause, span, lex, atlas.within(clause))),
        said=said,
        later=trigger.type == OUTCOME
        and place is None
        and lex["people.later"].search(text, span.start, span.end) is not None,
        military=lex["people.military"].search(text, clause.start, clause.end) is not None,
        protected=lex["people.protected"].search(text, clause.start, clause.end) is not None,
    )


def _tense(text: str, clause: Span, span: Span, trigger: Trigger, lex: Lexicon) -> str:
    """Read the auxiliary right before an event; for what is only an outcome, anywhere before it."""
    before = clause.start if trigger.strength < STRONG else max(clause.start, span.start - 30)
    for tense in ("pluperfect", "perfect"):
        pattern = (
            lex[f"background.{tense}"] if trigger.strength == STRONG else lex[f"background.{tense}_before"]
        )
        if pattern.search(text, before, span.start):
            return tense
    return "past"


def _place(
    text: str, sentence: Span, clause: Span, best: _Match, lex: Lexicon, atlas: Atlas, taken: Sequence[Span]
) -> tuple[PlacePhrase | None, tuple[Span, ...], tuple[PlacePhrase, ...]]:
    """Choose the place among the words of the clause, else of the whole sentence; the regions around it, and others."""
    moves = best.trigger.subtype == MOVEMENT
    here = where.phrases(text, clause, lex, atlas.within(clause), atlas.knows, taken)
    chosen = where.choose(here, best.span, moves=moves)
    everywhere = (
        here
        if clause == sentence
        else where.phrases(text, sentence, lex, atlas.within(sentence), atlas.knows, taken)
    )
    if chosen is None:
        chosen = where.choose(everywhere, best.span, moves=moves)
    if chosen is None:
        return None, (), ()
    around = tuple(
        phrase.names[0]
        for phrase in everywhere
        if phrase.precision in ("adm1", "adm2")
        and not phrase.span.overlaps(chosen.span)
        and not phrase.destination
    )
    more = where.further(text, here, chosen, best.span, lex)
    return chosen, around if chosen.precision not in ("adm1", "country") else (), more


def _dates(
    text: str,
    sentence: Span,
    clause: Span,
    trigger: Span,
    lex: Lexicon,
    reference: Reference,
    *,
    future: bool,
) -> tuple[When | None, When | None]:
    """Tell the day of the event from the day on which somebody spoke of it."""
    found = when.find(text, sentence, lex, reference, future=future)
    # a report "from late 2024" dates loosely what it reports; one "of 27 March" is only when it was told
    telling = [d for d in found if d.precision == "day" and _tells(text, sentence, d.span, lex)]
    events = [date for date in found if date not in telling]
    inside = [date for date in events if date.span.start >= clause.start and date.span.end <= clause.end]
    nearest = min(
        inside or (events if clause.start == sentence.start else events[:1]),
        key=lambda date: min(abs(date.span.start - trigger.end), abs(trigger.start - date.span.end)),
        default=None,
    )
    return nearest, telling[0] if telling else None


def _tells(text: str, sentence: Span, date: Span, lex: Lexicon) -> bool:
    """Say whether a date belongs to a word of telling: "announced on April 8", "a report from March 27"."""
    if lex["telling.reports"].search(text, max(sentence.start, date.start - 40), date.start):
        return True
    for verb in lex["telling.verbs"].finditer(text, sentence.start, sentence.end):
        if verb.end() <= date.start and lex["telling.gap"].match(text[verb.end() : date.start] or " "):
            return True
        opening = text[sentence.start : date.start].strip(_QUOTES) in lex.openings
        follows = opening and date.end <= verb.start() < date.end + _OPENING
        if follows and lex["telling.that"].match(text, verb.end()):
            return True
    return False


__all__ = ["OUTCOME", "Finding", "findings"]
