"""Timeline, facets, counts, extent and pages of rows as Ibis expressions, written once for every engine."""

from __future__ import annotations

from datetime import date

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

_UNITS = {"day": ("D", 1), "week": ("W", 7), "month": ("M", 30.4), "year": ("Y", 365.2)}

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
) -> ir.Table:
    """Give rows in a stable order, of these with a `window` only `limit` from `offset` on (blanks).

    Where an engine has no offset of its own the rows are `counted` in that order.
    """
    column = ORDERS.get(order_by.removeprefix("-"))
    if column is None:
        raise InputError(
            column="order_by",
            value=order_by,
            problem="is not known",
            expected=f"use {', '.join(ORDERS)}, or -date",
        )
    direction = ibis.desc if order_by.startswith("-") else ibis.asc
    rows, order = table.filter(condition), (direction(column, nulls_first=False), ibis.asc(_.event_id))
    limit, offset = (number_blank(i) for i, _name in enumerate(WINDOW))
    if window and counted:
        rows = rows.mutate(at=ibis.row_number().over(order_by=order))
        rows = rows.filter((rows.at >= offset) & (rows.at - offset < limit))
        return rows.order_by("at").select(*columns)
    ordered = rows.order_by(*order).select(*columns)
    return ordered.limit(limit, offset=offset) if window else ordered


def numbered(table: ir.Table, columns: tuple[str, ...]) -> ir.Table:
    """Give the rows of some numbers (blank `ns`)."""
    return table.semi_join(listed("ns", "n"), "n").select(*columns)


def counts(table: ir.Table, condition: ir.BooleanValue) -> ir.Table:
    """Count rows, and those of them without a position."""
    rows = table.filter(condition)
    return rows.aggregate(matching=rows.count(), unplaced=rows.count() - rows.lat.count())


def span(table: ir.Table, condition: ir.BooleanValue) -> ir.Table:
    """Give first and last day."""
    return table.filter(condition).aggregate(date_min=_.date_start.min(), date_max=_.date_end.max())


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


def bin_for(first: date, last: date, max_bins: int) -> str:
    """Choose the finest bin of which no more than `max_bins` cover the period."""
    days = (last - first).days + 1
    for name, (_unit, length) in _UNITS.items():
        if days / length + 2 <= max_bins:
            return name
    return "year"


def timeline(table: ir.Table, condition: ir.BooleanValue, bin_name: str) -> ir.Table:
    """Count per bin and type; an incident stands where its earliest day is."""
    dated = table.filter(condition, table.date_start.notnull())
    start = dated.date_start.truncate(_UNITS[bin_name][0])
    return (
        dated.group_by(start=start, event_type=dated.event_type)
        .aggregate(count=_.count())
        .order_by("start", "event_type")
    )


def facet(table: ir.Table, condition: ir.BooleanValue, column: str) -> ir.Table:
    """Count per value of a column."""
    rows = table.filter(condition, table[column].notnull())
    return rows.group_by(value=rows[column]).aggregate(count=_.count())
