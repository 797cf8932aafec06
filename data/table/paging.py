"""Rows in an order, some of them: first found by number, then read."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from data.table import questions
from data.table.asking import Ask, Build

_ALL = 1 << 60


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


def page(
    ask: Ask,
    columns: tuple[str, ...],
    order_by: str,
    limit: int | None,
    offset: int,
    *,
    counted: bool = False,
) -> pa.Table:
    """Ask for rows in an order, of these only `limit` from `offset` on."""
    name, build, numbers, values = page_question(columns, order_by, limit, offset, counted=counted)
    return ask(name, build, numbers, **values)


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
