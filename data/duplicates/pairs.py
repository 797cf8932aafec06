"""Which pairs of incidents are worth comparing: dates that nearly meet, and places that can be the same."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

SLACK_DAYS = 1
"""The same night is told under two dates."""
WIDEST_DAYS = 31
"""An incident known only to a wider period than this is not compared: it would meet everything."""
SLACK_KM = 3.0
WIDEST_KM = 60.0
"""The same for a place, by its radius."""
MOST_PAIRS = 20_000
"""Of more pairs than this the nearest are compared: a town and day of thousands of records has millions of pairs."""
_EARTH_KM, _WORLD = 40_075.016686, 1 << 30
_NOT_COMPARED = ("duplicate", "retracted")


def near_in_time_and_place(
    table: ir.Table, condition: ir.BooleanValue, among: Sequence[str] | None
) -> ir.Table:
    """Give `event_id, other_id` (the smaller id first) of the pairs; with `among`, one of the two is in that list."""
    km = _WORLD / _EARTH_KM
    span = table.date_end.delta(table.date_start, unit="day")
    rows = table.filter(
        condition, table.date_start.notnull(), span <= WIDEST_DAYS, ~table.status.isin(_NOT_COMPARED)
    ).select(
        "event_id",
        "mx",
        "my",
        "date_start",
        "date_end",
        place=table.place_text.lower(),
        reach=(table.mr + SLACK_KM * km).cast("int64"),
        comparable=table.lat.notnull() & (table.mr <= WIDEST_KM * km * 2),
    )
    one = rows if among is None else rows.filter(rows.event_id.isin(list(among)))
    other = rows.view()
    slack = ibis.interval(days=SLACK_DAYS)
    reach = one.reach + other.reach
    beside = (
        one.comparable
        & other.comparable
        & ((one.mx - other.mx).abs() <= reach)
        & ((one.my - other.my).abs() <= reach)
    )
    found = one.join(
        other,
        [
            one.date_start <= other.date_end + slack,
            other.date_start <= one.date_end + slack,
            one.event_id != other.event_id,
            beside | (one.place == other.place),
        ],
    )
    pairs = found.select(
        event_id=ibis.least(one.event_id, other.event_id),
        other_id=ibis.greatest(one.event_id, other.event_id),
        apart=((one.mx - other.mx).abs() + (one.my - other.my).abs()),
    ).distinct()
    return pairs.order_by("apart", "event_id", "other_id").limit(MOST_PAIRS).select("event_id", "other_id")
