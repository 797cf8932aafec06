"""Rows in an order, some of them: first found by number, then read."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from data.table import questions
from data.table.asking import Ask, Build
from data.table.template import blank

_ALL = 1 << 60
_OF_MANY_VALUES = ("date_start", "title")
"""Few rows have the same."""


def page_question(
    columns: tuple[str, ...], order_by: str, limit: int | None, offset: int, *, counted: bool = False
) -> tuple[tuple[Any, ...], Build, tuple[str, ...], dict[str, int]]:
    """Say a page as a question: its name, how it is built, its blanks and what goes into them.

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
