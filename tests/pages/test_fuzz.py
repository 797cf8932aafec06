"""Schemathesis reads our own description and tries to break what it promises."""

import re
from datetime import date, datetime
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import unsupported_method

from pages.api.openapi import document

DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31)).map(date.isoformat)
MOMENTS = st.datetimes(datetime(1000, 1, 1), datetime(2999, 12, 31)).map(
    lambda moment: f"{moment.isoformat()}Z"
)
EDGES = DAYS | MOMENTS
OPEN = st.sampled_from(["..", ""])
INTERVALS = st.one_of(
    EDGES,
    st.tuples(OPEN, EDGES).map("/".join),
    st.tuples(EDGES, OPEN).map("/".join),
    st.tuples(EDGES, EDGES).map(sorted).map("/".join),
)
schemathesis.openapi.format("datetime-interval", INTERVALS)


described = schemathesis.openapi.from_dict(document())
described.config.phases.coverage.enabled = False  # thousands of cases where an address takes fifty parameters


@schemathesis.hook
def map_query(context: Any, query: dict[str, Any] | None) -> dict[str, Any] | None:
    """Make a right box one on the globe: that north is not south of south, no schema can say."""
    try:
        box = [float(edge) for edge in str((query or {})["bbox"]).split(",")]
    except (KeyError, ValueError):
        return query
    if query and len(box) in (4, 6) and all(-180 <= edge <= 180 for edge in box):
        north = len(box) // 2 + 1
        box[1], box[north] = sorted((box[1] / 2, box[north] / 2))
        query["bbox"] = ",".join(map(repr, box))
    return query


@schemathesis.hook
def filter_query(context: Any, query: dict[str, Any] | None) -> bool:
    """Leave out lists in which something is empty: no schema says so, but here that is forgiven."""
    return not any(re.search("(^|,)(,|$)", str(value)) for value in (query or {}).values())


@described.parametrize()
@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_the_interface_keeps_what_its_description_promises(case: schemathesis.Case, served: str) -> None:
    # at the root the dashboard answers everything that does not ask for JSON
    beside = [unsupported_method] if case.path == "/" else []
    case.call_and_validate(base_url=served, headers={"Accept": "application/json"}, excluded_checks=beside)
