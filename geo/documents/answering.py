"""Answers the mentions of a document: group, look up, rank, say why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial

import numpy as np

from geo.documents.features import Rows, rows_of
from geo.documents.given import Given
from geo.documents.groups import Grouped, group
from geo.documents.hints import read_hints
from geo.documents.model import Document, Mention, MentionAnswer
from geo.documents.names import Floats, Ints, Names
from geo.documents.ranking import rank
from geo.documents.reasons import carried, reasons
from geo.documents.roles import CONTEXT, roles
from geo.documents.weights import DocumentWeights
from geo.model import Candidate
from geo.priors import Priors
from geo.resolve import Resolver
from geo.sphere import distance_km

FOCUS_RADIUS_M = 50_000.0
WORTH_SHOWING = 0.001


class Documents:
    """Answers documents against a gazetteer."""

    def __init__(self, resolver: Resolver, weights: DocumentWeights) -> None:
        self._store, self._weights, self._read_country = resolver.store, weights, resolver.country_code
        self._names = Names(resolver.search)
        self._candidate = lru_cache(maxsize=20_000)(
            partial(resolver.candidate, probability=0.0, why=(), toponym="")
        )
        self._country_names: dict[str, str] = {}

    def answer(self, document: Document, priors: Priors, limit: int) -> list[MentionAnswer]:
        """Return one answer a mention, in the order given; a mention outside the text is answered with its problem."""
        problems = [problem(mention, document.text) for mention in document.mentions]
        sound = [m for m, wrong in zip(document.mentions, problems, strict=True) if wrong is None]
        answers = iter(self._answer(document, sound, priors, limit))
        return [
            next(answers)
            if wrong is None
            else MentionAnswer(mention.start, mention.end, "", CONTEXT, "unresolved", (), wrong)
            for mention, wrong in zip(document.mentions, problems, strict=True)
        ]

    def _answer(
        self, document: Document, mentions: Sequence[Mention], priors: Priors, limit: int
    ) -> list[MentionAnswer]:
        if not mentions:
            return []
        grouped = group(document, mentions, self._names)
        country = self._read_country(priors.country or document.country)
        given = Given(priors, self._names.number(country))
        hints = read_hints(document, self._names)
        rows, values, probability = rank(rows_of(grouped), grouped, self._weights.model, hints, given)
        answers = [
            self._group_answer(at, rows, values, probability, grouped, limit)
            for at in range(len(grouped.groups))
        ]
        best = [answers[at][1][0].geo_precision if answers[at][1] else "" for at in grouped.of_mention]
        held = [bool(grouped.groups[at].held) for at in grouped.of_mention]
        parts = roles(document.text, mentions, best, held)
        return [
            MentionAnswer(
                mention.start,
                mention.end,
                document.text[mention.start : mention.end],
                role,
                *answers[at],
            )
            for mention, at, role in zip(mentions, grouped.of_mention, parts, strict=True)
        ]

    def _group_answer(
        self, at: int, rows: Rows, values: Floats, probability: Floats, grouped: Grouped, limit: int
    ) -> tuple[str, tuple[Candidate, ...]]:
        """Return status and candidates of one name."""
        asked = grouped.groups[at]
        members = np.flatnonzero(rows.group == at)
        if not len(members) or not asked.mentions:
            return "unresolved", ()
        members = members[np.lexsort((members, -probability[members]))]
        said = probability[members]
        sure = self._weights.calibrated(float(said[0]))
        shares = np.minimum(said * (1.0 - sure) / max(1e-9, 1.0 - float(said[0])), sure)
        shares[0] = sure
        shown = [i for i in range(min(limit, len(members))) if i == 0 or shares[i] >= WORTH_SHOWING]
        typical = said @ values[members] / max(1e-9, float(said.sum()))
        told = carried(values[members[shown]], typical, self._weights.model.second)
        candidates = tuple(
            self._row_candidate(
                int(members[i]), float(shares[i]), asked.surface, rows, values, amounts, grouped
            )
            for i, amounts in zip(shown, told, strict=True)
        )
        return self._status(members, shares, rows), candidates

    def _status(self, members: Ints, shares: Floats, rows: Rows) -> str:
        limits = self._weights.limits
        if rows.hows[members[0]] == "focus" or float(shares.sum()) < limits.resolved:
            return "unresolved"
        best = rows.places[members[0]]
        same = sum(
            float(share)
            for i, share in zip(members[:20], shares[:20], strict=False)
            if distance_km(best.lat, best.lon, rows.places[i].lat, rows.places[i].lon) <= limits.same_place_km
        )
        return "auto" if same >= limits.auto else "ambiguous"

    def _row_candidate(
        self,
        row: int,
        share: float,
        text: str,
        rows: Rows,
        values: Floats,
        amounts: Mapping[str, float],
        grouped: Grouped,
    ) -> Candidate:
        place = rows.places[row]
        why = reasons(row, text, rows, values, amounts, grouped, self._country_name, self._store.admin1_name)
        found = replace(self._candidate(place), probability=share, reasons=why, toponym=text)
        if rows.hows[row] == "focus":
            found = replace(found, geo_precision="near", radius_m=max(FOCUS_RADIUS_M, place.radius_m))
        return found

    def _country_name(self, code: str) -> str:
        if not self._country_names:
            for name, country in self._store.country_names():
                self._country_names.setdefault(country, name)
        return self._country_names.get(code, code)


def problem(mention: Mention, text: str) -> str | None:
    """Return what is wrong with a mention's span, None when nothing is."""
    if not 0 <= mention.start < mention.end:
        return f"start {mention.start} and end {mention.end} should be 0 <= start < end"
    if mention.end > len(text):
        return f"end {mention.end} lies behind the end of the text ({len(text)} characters)"
    return None
