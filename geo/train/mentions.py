"""Learns the weights of the mention model from documents whose places are marked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from geo.mentions.finding import believe, look_again
from geo.mentions.lexicon import RIGHT
from geo.mentions.segments import Segmenter, Segments
from geo.mentions.weights import MentionWeights
from geo.train.corpora import Example
from geo.train.descent import Floats, minimise

Ints = npt.NDArray[np.int64]
RIDGE = 2.0
"""Pull of every weight towards 0."""
EXPECTED = {
    "abbreviated": 3.0,
    "before_plural": -2.0,
    "r:cap_media_words": -2.0,
    "l2:institution_noun:of": -2.0,
    "before_offset": 5.0,
    "before_region": 4.0,
    "within_known": -2.0,
    "no_name": -2.0,
    "given_then_surname": -4.0,
    "person|given_then_surname": -1.0,
    "l:first2": -2.0,
    "l:first1": -1.0,
    "l:initial": -1.5,
    "l:titles": -1.0,
    "person|l:titles": -1.5,
    "town|l:titles": -1.0,
    "person|person_mostly": -1.5,
    "person_mostly": -1.0,
    "person|r:,:digit": -1.5,
    "town|r:,:digit": -1.0,
    "person|r:verb_of_people": -0.5,
    "person|r:says": -1.0,
    "town|r:says": -0.5,
}
"""What a reader expects of a feature before any corpus: people who bear the names of places are rare in them."""
LEAST_DOCUMENTS = 3
"""A feature met in fewer documents is not learned: it would memorise them."""
FOLDS = 5
LEAST_WEIGHT = 0.02


LEAVES_OUT_PARTS = ("geovirus",)
"""Corpora that do not mark places inside the names of organisations and offices, which are then not learned from."""
_PARTS = frozenset({"organisation_words", "media_words", "team_words", "facility_words", "titles"})


@dataclass(slots=True, eq=False)
class Marked:
    """A document's segments, and which of them are marked as places."""

    segments: Segments
    gold: frozenset[tuple[int, int]]
    unused: frozenset[int]
    """Chunks that say nothing: their marks no cutting can give, or the corpus does not mark such places."""
    source: str


def mark(example: Example, segmenter: Segmenter) -> Marked:
    """Return a document's segments with the marked ones told."""
    segments = segmenter.segments(example.document.text)
    gold = frozenset((m.start, m.end) for m in example.document.mentions)
    reached = {(item.start, item.end) for item in (*segments.items, *segments.adjectives)}
    unused = set()
    for number, chunk in enumerate(segments.chunks):
        start, end = segments.words[chunk.first].start, segments.words[chunk.last - 1].end
        if any(left < end and start < stop for left, stop in gold - reached):
            unused.add(number)
    if example.corpus in LEAVES_OUT_PARTS:
        for item in segments.items:
            chunk = segments.chunks[item.chunk]
            said = {
                c
                for word in segments.words[chunk.first : chunk.last]
                for c in RIGHT.get(word.text.casefold(), ())
            }
            if (
                item.reading.group in ("wide", "code", "city")
                and (item.start, item.end) not in gold
                and said & _PARTS
            ):
                unused.add(item.chunk)
    return Marked(segments, gold, frozenset(unused), example.document.source)


class Lattices:
    """The chunks of many documents as arrays, chunks of one length together."""

    def __init__(self, documents: Sequence[Marked], names: Sequence[str]) -> None:
        number = {name: at for at, name in enumerate(names)}
        columns: list[int] = []
        sizes: list[int] = []
        right: list[bool] = []
        chunks: dict[int, list[list[tuple[int, int, int]]]] = defaultdict(list)
        for one in documents:
            members: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
            for item in one.segments.items:
                if item.chunk in one.unused:
                    continue
                chunk = one.segments.chunks[item.chunk]
                members[item.chunk].append((len(sizes), item.first - chunk.first, item.last - chunk.first))
                mine = [number[f] for f in item.features() if f in number]
                columns += mine
                sizes.append(len(mine))
                right.append((item.start, item.end) in one.gold)
            for at, inside in members.items():
                chunk = one.segments.chunks[at]
                chunks[chunk.last - chunk.first].append(inside)
        self.columns = np.array(columns, dtype=np.int64)
        self.rows = np.repeat(np.arange(len(sizes)), sizes)
        self.right = np.array(right, dtype=float)
        self.width = len(names)
        self._shaped = [(size, *_places(inside)) for size, inside in sorted(chunks.items())]

    def scores(self, weights: Floats) -> Floats:
        """Return each segment's score."""
        scores: Floats = np.bincount(self.rows, weights[self.columns], len(self.right)).astype(float)
        return scores

    def loss(self, weights: Floats, expected: Floats) -> tuple[float, Floats]:
        """Return the negative log-likelihood of the right cuttings and its gradient."""
        scores = self.scores(weights)
        total = -float(scores @ self.right)
        marginal = np.zeros(len(scores))
        for size, count, item, chunk, first, last in self._shaped:
            table = np.full((count, size + 1, size + 1), -np.inf)
            table[chunk, first, last] = scores[item]
            forward, backward = np.zeros((count, size + 1)), np.zeros((count, size + 1))
            with np.errstate(divide="ignore"):
                for at in range(1, size + 1):
                    options = np.concatenate(
                        [forward[:, at - 1 : at], forward[:, :at] + table[:, :at, at]], axis=1
                    )
                    forward[:, at] = np.logaddexp.reduce(options, axis=1)
                for at in range(size - 1, -1, -1):
                    options = np.concatenate(
                        [backward[:, at + 1 : at + 2], backward[:, at + 1 :] + table[:, at, at + 1 :]], axis=1
                    )
                    backward[:, at] = np.logaddexp.reduce(options, axis=1)
            whole = forward[:, size]
            total += float(whole.sum())
            marginal[item] = np.exp(
                forward[chunk, first] + scores[item] + backward[chunk, last] - whole[chunk]
            )
        gradient = np.bincount(self.columns, (marginal - self.right)[self.rows], self.width)
        pulled = weights - expected
        return total + 0.5 * RIDGE * float(pulled @ pulled), gradient + RIDGE * pulled


def _places(
    chunks: Sequence[Sequence[tuple[int, int, int]]],
) -> tuple[int, Ints, Ints, Ints, Ints]:
    flat = [(item, at, first, last) for at, inside in enumerate(chunks) for item, first, last in inside]
    item, chunk, first, last = np.array(flat, dtype=np.int64).T
    return len(chunks), item, chunk, first, last


def fit(documents: Sequence[Marked]) -> dict[str, float]:
    """Return the weights of the features that enough documents have."""
    met: Counter[str] = Counter()
    for one in documents:
        met.update({f for item in one.segments.items for f in item.features()})
    names = sorted(name for name, count in met.items() if count >= LEAST_DOCUMENTS)
    lattices = Lattices(documents, names)
    expected = np.array([EXPECTED.get(name, 0.0) for name in names])
    weights = minimise(partial(lattices.loss, expected=expected), expected)
    return {
        name: round(float(w), 2) for name, w in zip(names, weights, strict=True) if abs(w) >= LEAST_WEIGHT
    }


def learn(
    documents: Sequence[Marked], fold_of: Callable[[str], int]
) -> tuple[MentionWeights, MentionWeights]:
    """Return the weights of both passes; the second sees what the first says of documents it has not learned."""
    first = MentionWeights(fit(documents))
    seen: list[Marked] = []
    for fold in range(FOLDS):
        inside = [one for one in documents if fold_of(one.source) == fold]
        outside = [one for one in documents if fold_of(one.source) != fold]
        if not inside or not outside:
            continue
        held_out = MentionWeights(fit(outside))
        for one in inside:
            segments = replace(one.segments, items=[replace(item) for item in one.segments.items])
            look_again(segments, believe(segments, held_out))
            seen.append(replace(one, segments=segments))
    return first, MentionWeights(fit(seen))
