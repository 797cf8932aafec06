"""Finds the spans of a text that name places: the model scores every stretch twice, then cuts each chunk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.mentions import cutting
from geo.mentions.segments import Segment, Segmenter, Segments
from geo.mentions.weights import MentionWeights

ADJECTIVE = 0.9
"""What an adjective such as “Syrian” counts as."""
PIECE = 100_000
"""Characters of a long text that are read together."""
HOPELESS = 0.01
"""A stretch that the first pass believes less than this is not looked at again."""


@dataclass(frozen=True, slots=True)
class Found:
    """A span of the text that names a place."""

    start: int
    end: int
    name: str
    """What it is called there: the nominative, in languages that decline names."""
    probability: float
    adjective: bool
    """Whether it is the adjective of a country or its people: “Syrian”."""


class Finder:
    """Finds place names in text."""

    def __init__(self, segmenter: Segmenter, weights: tuple[MentionWeights, MentionWeights]) -> None:
        self._segmenter = segmenter
        self._first, self._second = weights

    def find(self, text: str, most: int | None = None) -> list[Found]:
        """Return the spans that name places, in order, none over another; at most so many.

        A text longer than a newspaper is read piece by piece, and no further than to the last name asked for.
        """
        found: list[Found] = []
        start = 0
        while start < len(text) and (most is None or len(found) < most):
            end = _piece_end(text, start)
            found += [
                replace(one, start=one.start + start, end=one.end + start) if start else one
                for one in self._find(text[start:end])
            ]
            start = end
        return found[:most]

    def _find(self, text: str) -> list[Found]:
        segments = self._segmenter.segments(text)
        look_again(segments, believe(segments, self._first))
        chosen: list[Found] = []
        for number, items in segments.members().items():
            size, stretches = _stretches(segments, number, items, self._second)
            best = cutting.best(size, stretches)
            sure = cutting.probabilities(size, stretches) if best else []
            chosen += [
                Found(items[at].start, items[at].end, items[at].reading.name, sure[at], False) for at in best
            ]
        return sorted(chosen + _adjectives(segments.adjectives, chosen), key=lambda found: found.start)


def _piece_end(text: str, start: int) -> int:
    """Return where the piece of a text that begins at `start` ends: behind a line, a sentence or a word if it can."""
    end = start + PIECE
    if end >= len(text):
        return len(text)
    cuts = (text.rfind(mark, start + PIECE // 2, end) for mark in ("\n", ". ", " "))
    return next((cut + 1 for cut in cuts if cut >= 0), end)


def _stretches(
    segments: Segments, number: int, items: Sequence[Segment], weights: MentionWeights
) -> tuple[int, list[cutting.Stretch]]:
    """Return the size of a chunk and its segments with their scores."""
    chunk = segments.chunks[number]
    return chunk.last - chunk.first, [
        (item.first - chunk.first, item.last - chunk.first, weights.score(item)) for item in items
    ]


def believe(segments: Segments, weights: MentionWeights) -> list[float]:
    """Return the probability of each segment."""
    believed: list[float] = []
    for number, items in segments.members().items():  # in the order of the segments: they are listed by chunk
        believed += cutting.probabilities(*_stretches(segments, number, items, weights))
    return believed


def _adjectives(adjectives: Sequence[Segment], chosen: Sequence[Found]) -> list[Found]:
    taken = {at for found in chosen for at in range(found.start, found.end)}
    found = []
    for item in sorted(adjectives, key=lambda item: (item.start, -item.end)):
        if item.start not in taken and item.end - 1 not in taken:
            found.append(Found(item.start, item.end, item.reading.name, ADJECTIVE, True))
            taken.update(range(item.start, item.end))
    return found


def look_again(segments: Segments, believed: Sequence[float]) -> None:
    """Drop the hopeless segments, and tell the others what the first pass says of them and of the names around."""
    same: dict[str, list[float]] = defaultdict(list)
    ends: dict[int, float] = defaultdict(float)
    begins: dict[int, float] = defaultdict(float)
    wide_begins: dict[int, float] = defaultdict(float)
    kept = [(item, p) for item, p in zip(segments.items, believed, strict=True) if p >= HOPELESS]
    for item, p in kept:
        same[item.reading.key].append(p)
        ends[item.last] = max(ends[item.last], p)
        begins[item.first] = max(begins[item.first], p)
        if item.reading.group in ("wide", "code"):
            wide_begins[item.first] = max(wide_begins[item.first], p)
    alike = {key: (len(all_p), sum(all_p), *_two_highest(all_p)) for key, all_p in same.items()}
    votes, own = _votes(segments, {key: figures[2] for key, figures in alike.items()})
    total = sum(votes.values())
    for item, p in kept:
        count, total_p, best, next_best = alike[item.reading.key]
        more = [f"p:{_level(p)}"]
        if count > 1:
            most = next_best if p == best else best
            more += [f"same:{_level(most)}", f"mean:{_level((total_p - p) / (count - 1))}"]
        else:
            more.append("same:none")
        mine, weight = own.get(item.reading.key, ("", 0.0))
        rest = total - weight
        shares = [(votes[c] - weight * (c == mine)) / rest for c in item.reading.countries if rest > 0.3]
        more += (
            [f"country:{_share(shares[0])}", f"countries:{_share(max(shares))}"]
            if shares
            else ["country:none"]
        )
        if "lg:," in item.left:
            more.append(f"before,:{_level(ends[item.first])}")
        elif "l:and" in item.left:
            more.append(f"before_and:{_level(ends[item.first - 1])}")
        if "rg:," in item.right:
            more += [
                f"after,:{_level(begins[item.last])}",
                f"wide_after,:{_level(wide_begins[item.last])}",
            ]
        elif "r:and" in item.right:
            more.append(f"after_and:{_level(begins[item.last + 1])}")
        item.believed = tuple(more)
    segments.items = [item for item, _ in kept]


def _two_highest(values: Sequence[float]) -> tuple[float, float]:
    highest = sorted(values, reverse=True)[:2]
    return highest[0], highest[-1]


def _votes(
    segments: Segments, believed: dict[str, float]
) -> tuple[dict[str, float], dict[str, tuple[str, float]]]:
    """Return what each country has of the names believed in, and what each name gave to which."""
    votes: dict[str, float] = defaultdict(float)
    own: dict[str, tuple[str, float]] = {}
    for item in (*segments.items, *segments.adjectives):
        key, countries = item.reading.key, item.reading.countries
        p = 1.0 if item.reading.group == "demonym" else believed.get(key, 0.0)
        if key not in own and countries and p > 0.2:
            own[key] = (countries[0], p)
            votes[countries[0]] += p
    return votes, own


def _level(p: float) -> int:
    return 0 if p < 0.1 else 1 if p < 0.3 else 2 if p < 0.6 else 3 if p < 0.85 else 4


def _share(share: float) -> int:
    return 0 if share <= 0.001 else 1 if share < 0.1 else 2 if share < 0.3 else 3 if share < 0.6 else 4
