"""Rows in an order: some of them first found by number, then read; all of them a period at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from data.table import questions
from data.table.asking import Ask, Build
from data.table.template import blank

_ALL = 1 << 60
_AT_A_TIME = 50_000
"""About so many rows are put in order at once."""
_OF_MANY_VALUES = ("date_start", "title")
"""Few rows have the same."""
_PERIOD = ("first_day", "last_day")
Period = tuple[date, date]
Question = tuple[tuple[Any, ...], Build, tuple[str, ...], dict[str, Any]]
"""Name, how it is built, its blanks for whole numbers and what goes into its blanks."""


def page_question(
    columns: tuple[str, ...], order_by: str, limit: int | None, offset: int, *, counted: bool = False
) -> Question:
    """Say a page as a question.

    `counted` is for engines without an offset.
    """
    window = limit is not None or offset > 0
    name = ("page", columns, order_by, window)
    values = {"limit": _ALL if limit is None else limit, "offset": offset}
    return (
        name,
        lambda t, c: questions.page(t, c, columns, order_by, window=window, counted=counted),
        questions.WINDOW if window else (),
        values,
    )


def periods(days: Iterable[tuple[date | None, int]], *, descending: bool) -> list[Period | None]:
    """Divide days, each with a number of rows, into periods to read one after the other; those without a day last."""
    rows_on = dict(days)
    undated = [None] if rows_on.pop(None, 0) else []
    found: list[Period] = []
    held = _AT_A_TIME
    for day, rows in sorted((day, rows) for day, rows in rows_on.items() if day is not None):
        if held + rows > _AT_A_TIME:
            found.append((day, day))
            held = 0
        found[-1] = (found[-1][0], day)
        held += rows
    return [*(reversed(found) if descending else found), *undated]


def period_question(columns: tuple[str, ...], order_by: str, period: Period | None) -> Question:
    """Say all rows of a period, None for those without a day, as a question."""
    values = {} if period is None else dict(zip(_PERIOD, period, strict=True))

    def build(t: ir.Table, c: ir.BooleanValue) -> ir.Table:
        day = t.date_start
        within = day.between(*(blank(name, values[name]) for name in _PERIOD)) if values else day.isnull()
        return questions.page(t, c & within, columns, order_by)

    return ("period", columns, order_by, period is None), build, (), values


def first_found(ask: Ask, order_by: str, limit: int, offset: int) -> list[int]:
    """Give the numbers of the rows of a page.

    Which of equal days or titles come first is a matter of their ids, the longest column of all. So the last day or
    title of the page is asked for first, and ids are read of no rows behind it.
    """
    column, _descending = questions.ordered_by(order_by)
    last = None
    if limit and column in _OF_MANY_VALUES:
        at = ask(
            ("last of page", order_by),
            lambda t, c: questions.last_of_page(t, c, order_by),
            questions.WINDOW[1:],
            offset=offset + limit - 1,
        )
        last = at["last"][0].as_py() if len(at) else None
    name, build, numbers, values = page_question(("n",), order_by, limit, offset)
    if last is None:
        return list(ask(name, build, numbers, **values)["n"].to_pylist())
    found = ask(
        (*name, "to the last"),
        lambda t, c: questions.page(t, c, ("n",), order_by, window=True, last=blank("last", last)),
        numbers,
        **values,
        last=last,
    )
    return list(found["n"].to_pylist())


def named(ask: Ask, ns: list[int], columns: tuple[str, ...]) -> pa.Table:
    """Look rows up by their numbers, in the order of these: only so many texts are read as are shown."""
    wanted = tuple(dict.fromkeys(("n", *columns)))
    found = ask(
        ("numbered", wanted),
        lambda t, _c: questions.numbered(t, wanted),
        ns=",".join(map(str, ns or [_ALL])),
    )
    at = {n: i for i, n in enumerate(found["n"].to_pylist())}
    return found.take(pa.array([at[n] for n in ns if n in at], pa.int64())).select(list(columns))
