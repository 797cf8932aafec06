"""The places of one article: its names answered together, and each place phrase answered with them as witnesses."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.placing import Placed, Placer, distance_km
from data.progress import Clock, Progress, silent
from data.report.model import Article, Span
from data.report.sentences import parts
from data.report.where import RELATION, PlacePhrase
from geo.area import covering_circle, hull_polygon
from geo.mentions.reading import word_usage
from geo.priors import Priors

if TYPE_CHECKING:
    from data.decisions.taught import Taught
    from geo import Candidate, Gazetteer, Resolution
    from geo.documents import MentionAnswer

_RELATIONS = (
    ("between", re.compile(r"between|між|между", re.IGNORECASE)),
    ("toward", re.compile(r"toward|direction|напрям|бік|направ|сторон", re.IGNORECASE)),
)
_DISTANCE = re.compile(r"(\d{1,3}(?:[.,]\d)?)\s*(?:km|км|кілом|килом)", re.IGNORECASE)
_KNOWN = 0.6
_PLAUSIBLE = 0.05
_TOO_FAR_KM = 300.0
"""A circle over places farther apart than this would say nothing."""
_SAME_PLACE_KM = 50.0
_SETTLED = ("exact", "settlement", "near", "feature", "adm2", "adm1")


class Atlas:
    """What is known of the places of an article."""

    def __init__(
        self,
        article: Article,
        gazetteer: Gazetteer,
        taught: Taught | None = None,
        progress: Progress = silent,
    ) -> None:
        self._text = article.text
        self._gazetteer = gazetteer
        self._placer = Placer(gazetteer, taught)
        self._priors = Priors(elsewhere=taught.names if taught else None)
        self._answers = _answers(article, gazetteer, self._priors, progress)
        self._starts = [answer.start for answer in self._answers]
        self._leaning = replace(self._priors, country=_prevailing(self._answers))
        self._known: dict[str, str] = {}
        self._answered: dict[tuple[Any, ...], Resolution | None] = {}

    def within(self, span: Span) -> Sequence[MentionAnswer]:
        """Give the names that begin in a part of the text."""
        return self._answers[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def knows(self, name: str) -> str:
        """Give the precision of the place that a name by itself most likely means, empty when there is none."""
        from geo import PlaceTextError

        if name not in self._known:
            try:
                found = self._gazetteer.resolve(name, priors=self._leaning).candidates
            except PlaceTextError:
                found = ()
            sure = bool(found) and sum(candidate.probability for candidate in found) >= _KNOWN
            self._known[name] = found[0].geo_precision if sure else ""
        return self._known[name]

    def locate(
        self, phrase: PlacePhrase, around: Sequence[Span] = ()
    ) -> tuple[Placed, list[Mapping[str, Any]]]:
        """Give the fields of the place, and its mentions counted in characters of the article.

        `around` are names of regions elsewhere in the sentence, which hold the place unless it names its own.
        """
        words = self._text[phrase.span.start : phrase.span.end]
        holders = [self._text[span.start : span.end] for span in phrase.inside or around]
        event = {
            "place_text": words,
            "reported_admin1": next(filter(self._is_region, reversed(holders)), None),
        }
        placed = self._placer.place_by(
            event, self._answer(words, phrase, () if phrase.inside else tuple(holders))
        )
        if event["reported_admin1"]:
            placed = placed._replace(fields={**placed.fields, "reported_admin1": event["reported_admin1"]})
        mentions: list[Mapping[str, Any]] = []
        for mention in placed.mentions:
            row = dict(mention)
            if row["start"] is not None:
                row["start"] += phrase.span.start
                row["end"] += phrase.span.start
            else:
                row["start"], row["end"] = phrase.span.start, phrase.span.end
            mentions.append(row)
        return placed, mentions

    def country_at(self, span: Span) -> str | None:
        """Give the country that some words name, such as that of "Ukrainian forces"."""
        answer = self._at(span)
        return answer.candidates[0].country if answer else None

    def nowhere(self) -> Placed:
        """Give the fields of an incident whose place the article does not state."""
        return Placer(None).place_by({"place_text": ""}, None)

    def _is_region(self, name: str) -> bool:
        return self.knows(name) in ("adm1", "adm2")

    def _answer(self, words: str, phrase: PlacePhrase, within: tuple[str, ...]) -> Resolution | None:
        """Answer a phrase once; an article says the same words for the same place again and again."""
        key = (words, within, tuple((a.status, *(c.id for c in a.candidates[:1])) for a in phrase.answers))
        if key not in self._answered:
            self._answered[key] = self._find(words, phrase, within)
        return self._answered[key]

    def _find(self, words: str, phrase: PlacePhrase, within: tuple[str, ...]) -> Resolution | None:
        from geo import PlaceTextError

        try:
            found = self._ask(words, phrase, within)
            if phrase.answers and (not found.candidates or self._overlooks(found, phrase)):
                found = self._by_names(words, phrase, within) or found
        except PlaceTextError:
            return None
        if within and (found is None or found.status != "auto") and self._told(phrase) is not None:
            return self._find(words, phrase, ())  # a region in another sentence may hold something else
        return found

    def _overlooks(self, found: Resolution, phrase: PlacePhrase) -> bool:
        """Say whether the words alone do not find the place that the article is sure of: an inflected name may not."""
        told = self._told(phrase)
        return told is not None and told.id not in {candidate.id for candidate in found.candidates}

    def _ask(self, words: str, phrase: PlacePhrase, within: tuple[str, ...]) -> Resolution:
        """Ask for the words alone; what the rest of the article points to counts where that leaves a doubt."""
        alone = self._gazetteer.resolve(words, within=within, priors=self._priors)
        if not within and alone.status == "auto" and (doubt := self._doubt(phrase, alone)) is not None:
            return _in_doubt(words, alone, doubt)
        if phrase.inside and alone.status == "auto" and (holder := self._elsewhere(alone, phrase)):
            inside = self._inside(words, phrase)
            there = tuple(c for c in inside.candidates if c.country == holder.country)
            return inside if there else replace(inside, candidates=())
        if phrase.inside and alone.status != "auto":
            inside = self._inside(words, phrase)
            alone = inside if inside.status == "auto" or not alone.candidates else alone
        told = self._told(phrase)
        if alone.status == "auto" and (told is None or phrase.inside or _agrees(alone, told)):
            return alone
        near = (told.lat, told.lon) if told is not None and not phrase.inside else None
        priors = (
            self._priors if phrase.inside else self._leaning
        )  # words that name their region lean nowhere else
        leaning = self._gazetteer.resolve(words, within=within, near=near, priors=priors)
        return leaning if leaning.candidates else alone

    def _elsewhere(self, found: Resolution, phrase: PlacePhrase) -> Candidate | None:
        """Give the widest place that the words put around a place, when the place found does not lie there."""
        around = (self._holder(span) for span in reversed(phrase.inside))
        holder = next(filter(None, around), None)
        best = found.candidates[0] if found.candidates else None
        if holder is None or best is None or holder.country is None:
            return None
        other_region = holder.geo_precision == "adm1" and best.admin1 and best.admin1 != holder.admin1
        return holder if best.country != holder.country or other_region else None

    def _holder(self, span: Span) -> Candidate | None:
        """Give the place that holds another, as the article or else the name alone has it."""
        if (answer := self._at(span)) is not None:
            return answer.candidates[0]
        found = self._gazetteer.resolve(self._text[span.start : span.end], priors=self._priors)
        return found.candidates[0] if found.status == "auto" else None

    def _inside(self, words: str, phrase: PlacePhrase) -> Resolution:
        """Ask again with the names that hold the place given apart ("in the occupied West Bank").

        The gazetteer's own names of what holds it are asked with: the text may inflect them.
        """
        core = words[: phrase.inside[0].start - phrase.span.start]
        names = tuple(self._name_at(span) or self._text[span.start : span.end] for span in phrase.inside)
        end = phrase.end - phrase.span.start
        found = self._gazetteer.resolve(core[:end] if end > 0 else core, within=names, priors=self._priors)
        return replace(found, text=words)

    def _told(self, phrase: PlacePhrase) -> Candidate | None:
        """Give what the article as a whole makes of a single name, when that is sure."""
        if len(phrase.names) != 1 or len(phrase.answers) != 1:
            return None
        answer = phrase.answers[0]
        return answer.candidates[0] if answer.status == "auto" and answer.candidates else None

    def _doubt(self, phrase: PlacePhrase, alone: Resolution) -> MentionAnswer | None:
        """Give the article's own answer for a single name when it is less sure than the words alone would be."""
        if len(phrase.names) != 1 or len(phrase.answers) != 1 or phrase.inside:
            return None
        answer = phrase.answers[0]
        if answer.status != "ambiguous" or alone.geo_precision in ("adm1", "country"):
            return None
        return answer

    def _by_names(self, words: str, phrase: PlacePhrase, within: tuple[str, ...]) -> Resolution | None:
        """Ask with the names as the gazetteer writes them, where the text inflects them ("на околиці Бахмута")."""
        answers = sorted(phrase.answers, key=lambda answer: answer.start)
        offset = phrase.span.start
        if any(not a.candidates or a.start < offset or a.end > phrase.span.end for a in answers):
            return None
        if not all(any(self._names(answer, name) for answer in answers) for name in phrase.names):
            return None
        if words.isascii() and phrase.end > phrase.names[-1].end and not phrase.inside:
            return None  # "Roe camp" is not Roe, and English inflects no name
        relation = _relation(words[: answers[0].start - offset]) if phrase.weight == RELATION else ""
        meant = [_meant(answer, relation) for answer in answers]
        asked = f"{relation} {' and '.join(candidate.name for candidate in meant)}".strip()
        holders = tuple(name for span in phrase.inside if (name := self._name_at(span))) or within
        sure = len(answers) == 1 and answers[0].status == "auto"
        near = (meant[0].lat, meant[0].lon) if sure else None
        found = self._gazetteer.resolve(asked, within=holders, near=near, priors=self._leaning)
        if phrase.inside and self._elsewhere(found, phrase):
            return None
        spans = [(a.surface, a.start - offset, a.end - offset) for a in answers]
        if len(found.toponyms) != len(spans):
            spans = [(words, 0, len(words))] * len(found.toponyms)
        toponyms = tuple(
            replace(toponym, text=text, start=start, end=end)
            for toponym, (text, start, end) in zip(found.toponyms, spans, strict=True)
        )
        return replace(found, text=words, toponyms=toponyms) if found.candidates else None

    def _names(self, answer: MentionAnswer, name: Span) -> bool:
        """Say whether an answer is for a whole name: that of "Vancouver Art Gallery", not Ain for "Ain al-Hilweh"."""
        rest = self._text[answer.end : name.end].casefold().split()
        return answer.start <= name.start < answer.end and all(word_usage(word)[0] for word in rest)

    def _name_at(self, span: Span) -> str | None:
        """Give the gazetteer's name for the place that some words name, None when it knows none."""
        answer = self._at(span)
        return answer.candidates[0].name if answer else None

    def _at(self, span: Span) -> MentionAnswer | None:
        """Give the first name that shares characters with some words, if any place is known for it."""
        before = max(0, bisect_left(self._starts, span.start) - 1)
        for answer in self._answers[before : bisect_left(self._starts, span.end)]:
            if span.overlaps(Span(answer.start, answer.end)) and answer.candidates:
                return answer
        return None


def _answers(
    article: Article, gazetteer: Gazetteer, priors: Priors, progress: Progress
) -> list[MentionAnswer]:
    """Answer all names of an article, a very long one in parts: what stands far away says little of a name."""
    from geo.documents import Document

    clock = Clock(progress, "finding places in", len(article.text), "characters")
    found: list[MentionAnswer] = []
    for part in parts(article.text):
        text = article.text[part.start : part.end]
        document = Document(text, (), title=article.title, source=article.url or article.publisher)
        found += [
            replace(answer, start=answer.start + part.start, end=answer.end + part.start)
            for answer in gazetteer.parse_document(document, priors)
            if answer.problem is None  # what says that names are left out
        ]
        clock.tell(part.end)
    return found


def _meant(answer: MentionAnswer, relation: str) -> Candidate:
    """Give the place that a name means: beside a relation the town before the district of its name."""
    towns = [c for c in answer.candidates if c.geo_precision not in ("adm1", "adm2", "country")]
    return towns[0] if relation and towns else answer.candidates[0]


def _relation(words: str) -> str:
    """Put words of relation into the gazetteer's: all that neither lies between nor leads there is near.

    >>> _relation("за 15 км на північ від "), _relation("на околиці "), _relation("між ")
    ('15 km from', 'near', 'between')
    """
    distance = _DISTANCE.search(words)
    if distance is not None:
        return f"{distance[1]} km from"
    return next((name for name, pattern in _RELATIONS if pattern.search(words)), "near")


def _prevailing(answers: Sequence[MentionAnswer]) -> str:
    """Give the country that most of the sure, narrower names lie in; empty without such a majority."""
    votes = Counter(
        answer.candidates[0].country
        for answer in answers
        if answer.status == "auto" and answer.candidates and answer.candidates[0].geo_precision in _SETTLED
    )
    if not votes:
        return ""
    ((country, count),) = votes.most_common(1)
    return country or "" if count > sum(votes.values()) / 2 else ""


def _in_doubt(words: str, alone: Resolution, answer: MentionAnswer) -> Resolution:
    """Leave a name undecided between the places that the rest of the article leaves possible."""
    candidates = tuple(
        replace(c, plausible=c.probability >= _PLAUSIBLE, toponym=alone.toponyms[0].text)
        for c in answer.candidates
    )
    circles = [(c.lat, c.lon, c.radius_m) for c in candidates if c.plausible]
    apart = max((distance_km(circles[0][:2], circle[:2]) for circle in circles), default=0.0)
    near = bool(circles) and apart <= _TOO_FAR_KM
    lat, lon, radius_m = covering_circle(circles) if near else (None, None, None)
    return replace(
        alone,
        status="ambiguous",
        candidates=candidates,
        toponyms=(replace(alone.toponyms[0], candidates=candidates), *alone.toponyms[1:]),
        geo_precision="near" if near else "unlocated",
        lat=lat,
        lon=lon,
        radius_m=radius_m,
        area=hull_polygon(circles) if near else None,
    )


def _agrees(found: Resolution, told: Candidate) -> bool:
    best = found.candidates[0]
    return best.id == told.id or distance_km((best.lat, best.lon), (told.lat, told.lon)) <= _SAME_PLACE_KM
