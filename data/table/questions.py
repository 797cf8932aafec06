"""Timeline, counts, extent and pages of rows as Ibis expressions, written once for every engine."""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.types as ir
from ibis import _

from data.errors import InputError
from data.table.template import listed, number_blank

ORDERS = {
    "date": "date_start",
    "title": "title",
    "type": "event_type",
    "region": "admin1",
    "status": "status",
    "place": "place_text",
    "precision": "geo_precision",
}
"""What rows can be ordered by; with a leading minus, descending."""

WINDOW = ("limit", "offset")

OUTERMOST = 0.04
"""Share of the positions on each side that a first look at the map may leave out."""


def page(
    table: ir.Table,
    condition: ir.BooleanValue,
    columns: tuple[str, ...],
    order_by: str,
    *,
    window: bool = False,
    counted: bool = False,
    last: Any = None,
) -> ir.Table:
    """Give rows in a stable order, of these with a `window` only `limit` from `offset` on (blanks).

    Where an engine has no offset of its own the rows are `counted` in that order. No row asked for lies behind the
    value `last` of what is ordered by, if that is given.
    """
    column, descending = ordered_by(order_by)
    direction = ibis.desc if descending else ibis.asc
    rows, order = table.filter(condition), (direction(column, nulls_first=False), ibis.asc(_.event_id))
    limit, offset = (number_blank(i) for i, _name in enumerate(WINDOW))
    if last is not None:
        rows = rows.filter(rows[column] >= last if descending else rows[column] <= last)
    if window and counted:
        rows = rows.mutate(at=ibis.row_number().over(order_by=order))
        rows = rows.filter((rows.at >= offset) & (rows.at - offset < limit))
        return rows.order_by("at").select(*columns)
    ordered = rows.order_by(*order).select(*columns)
    return ordered.limit(limit, offset=offset) if window else ordered


def last_of_page(table: ir.Table, condition: ir.BooleanValue, order_by: str) -> ir.Table:
    """Give the value `last` of what is ordered by in the row at `offset` (blank), none if there are fewer rows."""
    column, descending = ordered_by(order_by)
    direction = ibis.desc if descending else ibis.asc
    rows = table.filter(condition).order_by(direction(column, nulls_first=False))
    return rows.select(last=column).limit(1, offset=number_blank(0))


def ordered_by(order_by: str) -> tuple[str, bool]:
    """Read an order: the column, and whether the largest comes first."""
    column = ORDERS.get(order_by.removeprefix("-"))
    if column is None:
        raise InputError(
            column="order_by",
            value=order_by,
            problem="is not known",
            expected=f"use {', '.join(ORDERS)}, or -date",
        )
    return column, order_by.startswith("-")


def numbered(table: ir.Table, columns: tuple[str, ...]) -> ir.Table:
    """Give the rows of some numbers (blank `ns`)."""
    return table.semi_join(listed("ns", "n"), "n").select(*columns)


def counts(table: ir.Table, condition: ir.BooleanValue) -> ir.Table:
    """Count rows, and those of them without a position."""
    rows = table.filter(condition)
    return rows.aggregate(matching=rows.count(), unplaced=rows.count() - rows.lat.count())


def extent(table: ir.Table, condition: ir.BooleanValue) -> ir.Table:
    """Give first and last day and the box around all positions."""
    return table.filter(condition).aggregate(
        date_min=_.date_start.min(),
        date_max=_.date_end.max(),
        west=_.lon.min(),
        south=_.lat.min(),
        east=_.lon.max(),
        north=_.lat.max(),
    )


def core(table: ir.Table, condition: ir.BooleanValue) -> ir.Table:
    """Give the box around all positions but the outermost."""
    return table.filter(condition).aggregate(
        core_west=_.lon.quantile(OUTERMOST),
        core_south=_.lat.quantile(OUTERMOST),
        core_east=_.lon.quantile(1 - OUTERMOST),
        core_north=_.lat.quantile(1 - OUTERMOST),
    )


def days(table: ir.Table, condition: ir.BooleanValue) -> ir.Table:
    """Count per day."""
    return table.filter(condition).group_by("date_start").aggregate(rows=_.count())


def timeline(table: ir.Table, condition: ir.BooleanValue) -> ir.Table:
    """Count per day and type; an incident stands where its earliest day is."""
    rows = table.filter(condition).group_by("date_start", "event_type")
    return rows.aggregate(count=_.count(), date_end=_.date_end.max())
