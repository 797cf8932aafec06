"""What the names right beside a name say of its candidates: “X, Y”, “X in Y”, “Y's X”, and longer names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from geo.documents.columns import AT
from geo.documents.groups import Grouped
from geo.documents.names import Floats, Ints
from geo.documents.rows import ADMIN1, COUNTRY, NEAR, Booleans, Rows, inside

STRICT, LOOSE = ("inside_next", "outside_next"), ("inside_phrase", "outside_phrase")
LEAST_INSIDE = 0.3
"""A place of the name is in the region when the region's candidates that it lies in are believed this much."""
MOST_PAIRS = 50
"""Pairs of names that are looked at in the same steps: a bound on memory."""


class Side(NamedTuple):
    """The candidates of the first or of the second names of some pairs, a line for each, pair after pair."""

    row: Ints
    """Each line's row."""
    pair: Ints
    """Each line's pair of names."""
    starts: Ints
    """The first line of each pair."""
    line: Ints
    """The line of each combination of two candidates of a pair."""

    def sums(self, amounts: Floats) -> Floats:
        """Return for each line the sum over the combinations that it is part of."""
        result: Floats = np.bincount(self.line, amounts, len(self.row)).astype(float, copy=False)
        return result

    def lacks(self, amounts: Floats) -> Floats:
        """Return what each line's amount lacks of the most in its pair."""
        result: Floats = np.maximum.reduceat(amounts, self.starts)[self.pair] - amounts
        return result

    def fill(self, values: Floats, amounts: Floats, agrees: Ints, differs: Ints) -> None:
        """Fill in each line's amount, and what it lacks of the most in its pair; the columns are each pair's own."""
        np.maximum.at(values, (self.row, agrees[self.pair]), amounts)
        np.maximum.at(values, (self.row, differs[self.pair]), self.lacks(amounts))


def fill_beside(values: Floats, rows: Rows, grouped: Grouped, belief: Floats) -> None:
    """Fill in what the names right beside a name say."""
    holders = [
        (at, holder, *(AT[name] for name in (STRICT if holder in group.holders else LOOSE)))
        for at, group in enumerate(grouped.groups)
        for holder in (*group.holders, *group.loose_holders)
    ]
    widest = np.array([-1 if "part" in one.known.hows else one.known.widest for one in grouped.groups])
    for pairs, inner, outer in _sides(rows, holders):
        one, other = inner.row[inner.line], outer.row[outer.line]
        stands_in = (rows.alone[one, AT["known"]] == 0) & (rows.kind[other] > widest[rows.group[one]])
        narrower = (rows.kind[one] < rows.kind[other]) | stands_in
        held = inside(rows, one, other) & narrower
        holding = inner.sums(held * belief[other])
        inner.fill(values, holding, pairs[:, 2], pairs[:, 3])
        shortened = np.array([grouped.groups[holder].shortened for holder in pairs[:, 1]])
        np.maximum.at(values[:, AT["outside_state"]], inner.row, inner.lacks(holding) * shortened[inner.pair])
        _fill_outside(values, rows, pairs, inner, outer, held, belief)
        holds, holds_not = (
            np.full(len(pairs), AT[name]) for name in ("holds_previous", "holds_not_previous")
        )
        outer.fill(values, outer.sums(held * belief[one]), holds, holds_not)
    _fill_listed(values, rows, grouped, belief)
    longer = [(at, other) for at, group in enumerate(grouped.groups) for other in group.longer]
    for _, short, long in _sides(rows, longer):
        one, other = short.row[short.line], long.row[long.line]
        close = np.einsum("ij,ij->i", rows.unit[one], rows.unit[other]) >= NEAR
        np.maximum.at(values[:, AT["longer_name"]], short.row, short.sums(close * belief[other]))


def _fill_outside(
    values: Floats, rows: Rows, pairs: Ints, inner: Side, outer: Side, held: Booleans, belief: Floats
) -> None:
    """Fill in how surely a place lies outside the region named right after it, when no place of its name is inside."""
    one, other = inner.row[inner.line], outer.row[outer.line]
    region = belief[other] * (rows.kind[other] >= ADMIN1)
    held = held | (np.einsum("ij,ij->i", rows.unit[one], rows.unit[other]) >= rows.reach[other])
    named = rows.alone[inner.row, AT["known"]] > 0
    within = inner.sums(held * region)
    lacking = np.maximum.reduceat(within * named, inner.starts)[inner.pair] < LEAST_INSIDE
    strict = (pairs[:, 2] == AT[STRICT[0]])[inner.pair]
    narrow = rows.kind[inner.row] < ADMIN1
    outside = (inner.sums(region) - within) * (strict & narrow & named & lacking)
    np.maximum.at(values[:, AT["outside_region"]], inner.row, outside)


def _fill_listed(values: Floats, rows: Rows, grouped: Grouped, belief: Floats) -> None:
    """Fill in how many of the names in one list with a name are like it: "Georgia, Alabama and Florida"."""
    listed = [(at, other) for at, group in enumerate(grouped.groups) for other in group.listed]
    share = np.array([1 / max(1, len(group.listed)) for group in grouped.groups])
    for pairs, own, others in _sides(rows, listed):
        one, other = own.row[own.line], others.row[others.line]
        alike = (rows.kind[one] == rows.kind[other]) & (rows.kind[one] >= ADMIN1)
        alike &= (rows.kind[one] == COUNTRY) | (rows.country[one] == rows.country[other])
        np.add.at(
            values[:, AT["listed_alike"]],
            own.row,
            own.sums(alike * belief[other]) * share[pairs[own.pair, 0]],
        )


def _sides(rows: Rows, pairs: Sequence[tuple[int, ...]]) -> Iterator[tuple[Ints, Side, Side]]:
    """Yield some pairs of groups at a time, of those where both have candidates, and both sides of them."""
    starts = np.array(rows.starts)
    for first in range(0, len(pairs), MOST_PAIRS):
        some = np.array(pairs[first : first + MOST_PAIRS])
        begins = starts[some[:, :2]]
        sizes = starts[some[:, :2] + 1] - begins
        both = sizes.all(axis=1)
        some, begins, sizes = some[both], begins[both], sizes[both]
        if len(some):
            of_pair = sizes.prod(axis=1)
            pair = np.arange(len(some)).repeat(of_pair)
            at = divmod(_counted(of_pair), sizes[pair, 1])
            yield some, *(_side(begins[:, k], sizes[:, k], pair, at[k]) for k in (0, 1))


def _side(begins: Ints, sizes: Ints, pair: Ints, at: Ints) -> Side:
    """Return one side of pairs: where each one's rows begin, how many, and which each combination has."""
    starts = sizes.cumsum() - sizes
    of_line = np.arange(len(sizes)).repeat(sizes)
    return Side(begins[of_line] + _counted(sizes), of_line, starts, starts[pair] + at)


def _counted(sizes: Ints) -> Ints:
    """Return the numbers from 0 up to each size, one after the other."""
    return np.arange(sizes.sum()) - (sizes.cumsum() - sizes).repeat(sizes)
