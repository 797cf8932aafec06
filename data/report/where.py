"""Which words of a clause name the place of its event: found by what leads to them, not by what they are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from data.report.lexicon import Lexicon, lexicon
from data.report.model import Span

if TYPE_CHECKING:
    from geo.documents import MentionAnswer

Known = Callable[[str], str]
"""Gives the precision of the place of a name, empty where the gazetteer knows none of that name."""
_POSSESSIVE = ("’s", "'s")
_APOSTROPHES = ("’", "'")
RELATION, LOCATIVE, KIND, HIT, ORIGIN, BARE = 6, 5, 4, 3, 2, 1
"""How strongly words say that a name is where something happens."""
_BESIDE = 25
"""Characters between a name to which nothing leads and the event before which it stands: "Kherson shelling"."""
_FURTHER = 60
"""Characters between two places of one event."""
_DEMONYMS = ("n", "sh", "ese", "i", "ch")
_AREAS = ("adm1", "adm2")
_NARROW = ("exact", "settlement", "near", "feature", *_AREAS)


@dataclass(frozen=True, slots=True)
class PlacePhrase:
    """Words for a place, relation included: `article.text[span]` becomes `place_text`."""

    span: Span
    names: tuple[Span, ...]
    """The names asked for."""
    inside: tuple[Span, ...]
    """The names that only say where those are."""
    weight: int
    precision: str
    """`settlement`, `adm1`, `country` ... of what is known beforehand; `unknown` for a name not met yet."""
    end: int
    """Where the place itself ends, before what only says inside what it lies."""
    destination: bool = False
    answers: tuple[MentionAnswer, ...] = ()

    @property
    def is_narrow(self) -> bool:
        """Whether it is narrower than a region."""
        return self.precision not in ("country", "adm1")


def phrases(
    text: str,
    clause: Span,
    lex: Lexicon,
    answers: Sequence[MentionAnswer],
    known: Known,
    taken: Sequence[Span] = (),
) -> list[PlacePhrase]:
    """Give the place phrases of a clause by place; `taken` are parts that are dates and nothing else."""
    found: list[PlacePhrase] = []
    here = [
        a for a in answers if clause.start <= a.start and a.end <= clause.end and a.status != "unresolved"
    ]
    for match in _pattern(lex.code).finditer(text, clause.start, clause.end):
        phrase = _read(text, match, lex, here, known)
        if phrase is None or any(phrase.names[0].overlaps(part) for part in taken):
            continue
        found.append(phrase)
    for answer in here:
        span = Span(answer.start, answer.end)
        if any(span.overlaps(phrase.span) for phrase in found) or any(span.overlaps(part) for part in taken):
            continue
        bare = _bare(text, answer, clause, lex)
        if bare is not None:
            found.append(bare)
    found.sort(key=lambda phrase: phrase.span)
    return [
        replace(phrase, weight=ORIGIN) if before and _explains(text, before, phrase) else phrase
        for before, phrase in zip([None, *found], found, strict=False)
    ]


def _explains(text: str, before: PlacePhrase, phrase: PlacePhrase) -> bool:
    """Say whether a relation only says where the place before it lies: "Kenscoff, south of Port-au-Prince"."""
    beside = text[before.span.end : phrase.span.start].strip() == ","
    return beside and phrase.weight == RELATION and before.weight >= LOCATIVE and before.is_narrow


def choose(phrases: Sequence[PlacePhrase], trigger: Span, *, moves: bool) -> PlacePhrase | None:
    """Choose the phrase that says where the event of a trigger happened, None when none does.

    `moves` says that the event is a movement, whose destination is its place.
    """

    def rank(phrase: PlacePhrase) -> tuple[float, float]:
        after = phrase.span.start >= trigger.start
        gap = phrase.span.start - trigger.end if after else trigger.start - phrase.span.end
        weight = float(phrase.weight) + (1.5 if moves and phrase.destination else 0.0)
        weight += (3.0 if phrase.is_narrow else 0.0) - (4.0 if phrase.precision == "country" else 0.0)
        return weight + (0.5 if after else 0.0) - min(gap, 200) / 100, -float(gap)

    usable = [p for p in phrases if p.weight > BARE or 0 <= trigger.start - p.span.end <= _BESIDE]
    return max(usable, key=rank, default=None)


def further(
    text: str, phrases: Sequence[PlacePhrase], chosen: PlacePhrase, trigger: Span, lex: Lexicon
) -> tuple[PlacePhrase, ...]:
    """Give the places that an event has besides the chosen one: "hit a port in Odesa and a house in Izmail"."""
    found = []
    for phrase in phrases:
        one, other = sorted((chosen.span, phrase.span))
        gap = text[one.end : other.start]
        if (
            phrase is not chosen
            and phrase.weight == chosen.weight == LOCATIVE
            and phrase.precision == chosen.precision == "settlement"
            and one.start > trigger.start
            and len(gap) <= _FURTHER
            and lex["places.further"].search(gap)
            and not lex["telling.verbs"].search(gap)
        ):
            found.append(phrase)
    return tuple(found)


def _read(
    text: str, match: re.Match[str], lex: Lexicon, answers: Sequence[MentionAnswer], known_as: Known
) -> PlacePhrase | None:
    places = lex.raw["places"]
    names = _names(match, "names", lex)
    inside = [span for span in _names(match, "inside", lex) if _holds(text, span, lex, answers)]
    if names and lex["places.never"].fullmatch(text[names[0].start : names[0].end]):
        return None
    names = [span for span in names if not lex["places.never"].fullmatch(text[span.start : span.end])]
    kind, tail = bool(match["kinds"]), bool(match["tail"])
    region = _of_region(text, names, match.end("tail"), lex) if tail else None
    if match["genitive"]:
        region = Span(match.start("genitive") + 1, match.end("genitive"))
        inside = [region, *inside]
    elif region is not None:
        names, inside, tail = [*names[:-1], Span(names[-1].start, region.start - 1)], [region], False
    if names and lex["places.dateline"].match(text, names[-1].end):
        return None
    if not names:
        return None
    names = _listed(text, names, lex, answers, known_as)
    if _owns(text, names[-1].end):
        return None
    if region is None and names[-1].end < match.end("names"):
        inside, tail = [], False
    told = [_answer(span, answers) for span in names]
    known = [answer for answer in told if answer is not None]
    relation = match["relation"] is not None
    looked_up = "" if known else known_as(text[names[0].start : names[0].end])
    leads = relation and lex["places.leads"].match(match["relation"]) is not None
    if not known and not looked_up and not (kind or tail or leads):
        return None
    division = tail and re.search(places["admin"], match["tail"], re.IGNORECASE) is not None
    adjectives = len(known) == len(told) and all(_adjective(text, answer) for answer in known)
    if adjectives and not (kind or division):
        return None
    precision = looked_up or _precision(known, told)
    if division:
        precision = "adm1"
    if kind and not tail and re.match(rf"\s*{places['admin']}", match["kinds"], re.IGNORECASE):
        precision = "adm1"
    if precision == "country" and not (
        relation or lex["places.firm"].search(text, max(0, names[0].start - 40), names[0].start)
    ):
        return None
    away = lex["places.origin"].search(text, max(0, match.start("names") - 50), match.start("names"))
    weight = RELATION if relation else LOCATIVE if match["locative"] else KIND
    if away or not (known or looked_up or kind or tail):
        weight = ORIGIN
    start = match.start("relation") if relation else match.start("kinds") if kind else match.start("names")
    itself = max(match.end("tail") if tail else 0, names[-1].end)
    end = max(itself, _end_of(match, inside))
    if lex["telling.verbs"].match(text, end + 1):
        return None  # "the health ministry in Ramallah said"
    if text[end : end + 1] == ")" and "(" in text[start:end]:
        end += 1
    destination = (match["locative"] or "").casefold() in places["toward"].split("|")
    return PlacePhrase(
        span=_trimmed(text, start, end),
        names=tuple(names),
        inside=tuple(inside),
        weight=weight,
        precision=precision,
        end=itself,
        destination=destination,
        answers=tuple(known),
    )


def _holds(text: str, span: Span, lex: Lexicon, answers: Sequence[MentionAnswer]) -> bool:
    """Say whether a name after a comma or "in" can hold the place before it."""
    if lex["places.never"].fullmatch(text[span.start : span.end]):
        return False
    admin = rf"{lex.raw['places']['admin']}\b"
    region = re.match(rf"\s+{admin}", text[span.end : span.end + 40], re.IGNORECASE) or re.search(
        rf"\s{admin}$", text[span.start : span.end], re.IGNORECASE
    )
    answer = _answer(span, answers)
    return region is not None or (answer is not None and not _derived(answer))


def _listed(
    text: str, names: list[Span], lex: Lexicon, answers: Sequence[MentionAnswer], known_as: Known
) -> list[Span]:
    """Keep the names that are listed together; a comma may also end the place ("near Lyman, Zelensky said")."""
    kept = names[:1]
    for span in names[1:]:
        comma = "," in text[kept[-1].end : span.start]
        answer = _answer(span, answers)
        if answer is not None and comma and _derived(answer):
            break  # "Ankara, the Turkish capital"
        place = answer is not None or not comma or bool(known_as(text[span.start : span.end]))
        if not place or lex["telling.verbs"].match(text, span.end + 1) or _owns(text, span.end):
            break
        kept.append(span)
    return kept


def _owns(text: str, end: int) -> bool:
    """Say whether a name is that of an owner: "Moscow's", "the Prisoners' Club"."""
    plural = text[end - 1] == "s" and text[end : end + 1] in _APOSTROPHES
    return text[end : end + 2] in _POSSESSIVE or (plural and text[end + 1 : end + 3].strip().isupper())


def _of_region(text: str, names: Sequence[Span], end: int, lex: Lexicon) -> Span | None:
    """Find the division that a name ends with in the genitive: "у Нікополі Дніпропетровської області"."""
    if not names:
        return None
    for found in re.finditer(lex.raw["places"]["of_region"], text[names[-1].start : end]):
        if found.start() > 0 and names[-1].start + found.end() == end:
            return Span(names[-1].start + found.start(), end)
    return None


def _end_of(match: re.Match[str], inside: Sequence[Span]) -> int:
    """Give the end of the part that says inside what a place lies, without names at its end that are none."""
    if not inside:
        return 0
    rest = match.string[inside[-1].end : match.end("inside")]
    if not rest:
        return inside[-1].end
    return (
        match.end("inside")
        if not re.search(r"[^\W\d_]{3}", rest) or rest.strip()[:1].islower()
        else inside[-1].end
    )


def _names(match: re.Match[str], group: str, lex: Lexicon) -> list[Span]:
    if not match[group]:
        return []
    base, whole = match.start(group), match[group]
    return [Span(base + m.start(), base + m.end()) for m in _name(lex.code).finditer(whole)]


def _answer(span: Span, answers: Sequence[MentionAnswer]) -> MentionAnswer | None:
    return next((a for a in answers if span.overlaps(Span(a.start, a.end))), None)


def _adjective(text: str, answer: MentionAnswer) -> bool:
    """Say whether a name is used as an adjective: "Russian forces", "Ukrainian territory"."""
    return _derived(answer) and re.match(r"\s+[^\W\d_]", text[answer.end : answer.end + 3]) is not None


def _derived(answer: MentionAnswer) -> bool:
    """Say whether a word is made from the name of a country: "Turkish", "Ukrainian"."""
    if not answer.candidates or answer.candidates[0].geo_precision != "country":
        return False
    best, surface = answer.candidates[0], answer.surface.casefold()
    names = {best.name.casefold(), *(name.casefold() for name in best.names.values())}
    return surface not in names and surface.endswith(_DEMONYMS)


def _precision(known: Sequence[MentionAnswer], told: Sequence[MentionAnswer | None]) -> str:
    if any(answer is None for answer in told):
        return "unknown"
    kinds = [answer.candidates[0].geo_precision for answer in known if answer.candidates]
    return next((kind for kind in _NARROW if kind in kinds), "country")


def _bare(text: str, answer: MentionAnswer, clause: Span, lex: Lexicon) -> PlacePhrase | None:
    """Take a name that nothing leads to, unless it acts, speaks or owns: "Kherson shelling wounds three"."""
    span = Span(answer.start, answer.end)
    precision = answer.candidates[0].geo_precision
    if precision not in _NARROW or answer.role in ("actor", "origin"):
        return None
    if lex["places.metonyms"].fullmatch(answer.surface) or lex["places.never"].fullmatch(answer.surface):
        return None
    if lex["places.dateline"].match(text, span.end):
        return None
    if lex["telling.verbs"].match(text, span.end + 1) or _owns(text, span.end):
        return None
    if answer.candidates[0].probability < 0.6:
        return None
    return PlacePhrase(
        span=span,
        names=(span,),
        inside=(),
        weight=HIT if answer.role == "event" else BARE,
        precision=precision,
        end=span.end,
        destination=answer.role == "destination",
        answers=(answer,),
    )


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " \t\n,(":
        start += 1
    while end > start and text[end - 1] in " \t\n,;:":
        end -= 1
    return Span(start, end)


@cache
def _name(language: str) -> re.Pattern[str]:
    return re.compile(lexicon(language).raw["places"]["name"])


@cache
def _pattern(language: str) -> re.Pattern[str]:
    p = lexicon(language).raw["places"]
    name, admin = p["name"], p["admin"]
    return re.compile(
        rf"\b(?:(?P<relation>{p['relation']})\s+|(?P<locative>{p['locative']})\s+|(?=(?:{p['kind_words']})))"
        rf"(?:{p['adjectives']})(?P<kinds>{p['kinds']})(?P<names>{name}(?:{p['join']}{name})*)(?P<tail>{p['tail']})"
        rf"(?P<genitive>(?:\s+(?-i:{p['of_region']})(?!\w))?)"
        rf"(?P<inside>(?:{p['inside']}(?:{p['kinds']}){name}(?:\s+{admin})?(?!\w))*)",
        re.IGNORECASE,
    )
