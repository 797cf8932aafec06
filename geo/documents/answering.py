"""Answers the mentions of a document: group, look up, rank, say why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

import numpy as np

from geo.documents.given import Given
from geo.documents.groups import Grouped, group, join
from geo.documents.hints import read_hints
from geo.documents.model import Document, Mention, MentionAnswer
from geo.documents.names import LOOSE, Floats, Names
from geo.documents.offsets import moved
from geo.documents.ranking import rank
from geo.documents.reasons import carried, reasons
from geo.documents.roles import CONTEXT, Named, roles
from geo.documents.rows import Rows, rows_of
from geo.documents.weights import DocumentWeights
from geo.model import Candidate
from geo.normalize import fold
from geo.priors import Priors
from geo.resolve import Resolver
from geo.sphere import EARTH_KM

FOCUS_RADIUS_M = 50_000.0
WORTH_SHOWING = 0.001
RANKED_TOGETHER = 120
"""Mentions of different documents that are ranked in the same steps: tables are still small, and steps few."""


@dataclass(slots=True)
class Asked:
    """A document under way: its mentions that lie in its text, their answers, and what is wrong with the others."""

    document: Document
    sound: list[Mention]
    problems: list[str | None]
    answers: Sequence[MentionAnswer] = ()

    @classmethod
    def of(cls, document: Document) -> Asked:
        """Look at a document's mentions."""
        problems = [problem(mention, document.text) for mention in document.mentions]
        sound = [m for m, wrong in zip(document.mentions, problems, strict=True) if wrong is None]
        return cls(document, sound, problems)

    def in_order(self) -> list[MentionAnswer]:
        """Return the answers of all mentions, in the order given."""
        answers = iter(self.answers)
        return [
            next(answers)
            if wrong is None
            else MentionAnswer(mention.start, mention.end, "", CONTEXT, "unresolved", (), wrong)
            for mention, wrong in zip(self.document.mentions, self.problems, strict=True)
        ]


class Documents:
    """Answers documents against a gazetteer."""

    def __init__(self, resolver: Resolver, weights: DocumentWeights) -> None:
        self._store, self._weights, self._resolver = resolver.store, weights, resolver
        self._names = Names(resolver.search)
        self._country_name = lru_cache(maxsize=300)(self._name_of_country)

    def answer(self, document: Document, priors: Priors, limit: int) -> list[MentionAnswer]:
        """Return one answer a mention, in the order given; a mention outside the text is answered with its problem."""
        return self.answer_all([document], priors, limit)[0]

    def answer_all(
        self, documents: Sequence[Document], priors: Priors, limit: int
    ) -> list[list[MentionAnswer]]:
        """Return the answers of each document, as if it were alone, in less time than one after the other."""
        asked = [Asked.of(document) for document in documents]
        for some in _few_mentions([one for one in asked if one.sound]):
            self._answer(some, priors, limit)
        return [one.in_order() for one in asked]

    def _answer(self, asked: Sequence[Asked], priors: Priors, limit: int) -> None:
        """Answer the sound mentions of some documents, which are ranked together."""
        grouped = join([group(one.document, one.sound, self._names) for one in asked])
        countries = (self._resolver.country_code(priors.country or one.document.country) for one in asked)
        given = [Given(priors, self._names.number(country)) for country in countries]
        hints = [read_hints(one.document, self._names) for one in asked]
        rows, values, probability = rank(rows_of(grouped), grouped, self._weights.model, hints, given)
        answers = self._answers(rows, values, probability, grouped, limit)
        named = [
            Named(candidates[0].geo_precision if candidates else "", _how(at, rows, probability))
            for at, (_, candidates) in enumerate(answers)
        ]
        of_mention = iter(grouped.of_mention)
        for one in asked:
            text, groups = one.document.text, list(islice(of_mention, len(one.sound)))
            parts = roles(text, one.sound, [named[at] for at in groups])
            one.answers = [
                MentionAnswer(
                    mention.start, mention.end, text[mention.start : mention.end], role, *answers[at]
                )
                for mention, at, role in zip(one.sound, groups, parts, strict=True)
            ]

    def _answers(
        self, rows: Rows, values: Floats, probability: Floats, grouped: Grouped, limit: int
    ) -> list[tuple[str, tuple[Candidate, ...]]]:
        """Return status and candidates of each name."""
        size, group = len(grouped.groups), rows.group
        order = np.lexsort((-probability, group))
        has = np.diff(rows.starts) > 0
        best = np.zeros(size, dtype=np.int64)
        best[has] = order[np.array(rows.starts[:-1])[has]]
        said = np.where(has, probability[best], 0.0) if len(group) else np.zeros(size)
        sure = self._weights.calibrated(said)
        shares = np.minimum(probability * ((1.0 - sure) / np.maximum(1e-9, 1.0 - said))[group], sure[group])
        shares[best[has]] = sure[has]
        limits = self._weights.limits
        same = (rows.unit * rows.unit[best[group]]).sum(axis=1) >= np.cos(limits.same_place_km / EARTH_KM)
        together = np.bincount(group, shares * same, size)
        resolved = np.bincount(group, shares, size) >= limits.resolved
        shown = [
            int(i)
            for at, one in enumerate(grouped.groups)
            if one.mentions
            for rank, i in enumerate(order[rows.of(at)][:limit])
            if rank == 0 or shares[i] >= WORTH_SHOWING
        ]
        told = carried(values, probability, rows, shown, self._weights.model.second)
        candidates: list[list[Candidate]] = [[] for _ in range(size)]
        for row, value, amounts in zip(shown, values[shown].tolist(), told, strict=True):
            at = int(group[row])
            candidates[at].append(self._row_candidate(row, float(shares[row]), value, amounts, rows, grouped))
        return [
            (
                "unresolved"
                if not found or not resolved[at] or rows.hows[best[at]] == "focus"
                else (
                    "auto"
                    if together[at] >= limits.auto and rows.hows[best[at]] not in LOOSE
                    else "ambiguous"
                ),
                tuple(found),
            )
            for at, found in enumerate(candidates)
        ]

    def _row_candidate(
        self,
        row: int,
        share: float,
        value: Sequence[float],
        amounts: Mapping[str, float],
        rows: Rows,
        grouped: Grouped,
    ) -> Candidate:
        asked, place = grouped.groups[rows.group[row]], rows.places[row]
        why = reasons(
            place, rows.hows[row], value, amounts, asked, grouped, self._country_name, self._store.admin1_name
        )
        found = self._resolver.candidate(place, probability=share, why=why, toponym=asked.surface)
        if rows.hows[row] == "focus":
            found = replace(found, geo_precision="near", radius_m=max(FOCUS_RADIUS_M, place.radius_m))
            if asked.offset is not None and place in grouped.groups[asked.offset[0]].known.places:
                found = moved(found, asked.offset[1])
        return found

    def _name_of_country(self, code: str) -> str:
        hits = self._store.hits(fold(code)) if code else ()
        named = (
            hit.place.name
            for hit in hits
            if hit.place.feature.startswith("PCL") and hit.place.country == code
        )
        return next(named, code)


def _how(at: int, rows: Rows, probability: Floats) -> str:
    """Return how a name stands for its best place, empty when it has none."""
    members = rows.of(at)
    return (
        rows.hows[members.start + int(probability[members].argmax())] if members.start < members.stop else ""
    )


def _few_mentions(asked: Iterable[Asked]) -> Iterator[list[Asked]]:
    """Yield documents, some together as long as their mentions are few."""
    some: list[Asked] = []
    for one in asked:
        if some and sum(len(other.sound) for other in (*some, one)) > RANKED_TOGETHER:
            yield some
            some = []
        some.append(one)
    if some:
        yield some


def problem(mention: Mention, text: str) -> str | None:
    """Return what is wrong with a mention's span, None when nothing is."""
    if not 0 <= mention.start < mention.end:
        return f"start {mention.start} and end {mention.end} should be 0 <= start < end"
    if mention.end > len(text):
        return f"end {mention.end} lies behind the end of the text ({len(text)} characters)"
    return None
