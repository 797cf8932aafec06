"""What the public may see, clause by clause."""

from datetime import UTC, datetime, timedelta
from typing import Any

import ibis
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import schema
from data.publication import is_public, public_from

NOW = datetime(2025, 4, 8, 12, 0)
FINE = {"status": "published", "sensitivity": "public", "embargo_until": None}


def test_a_published_public_incident_without_embargo_is_shown() -> None:
    assert is_public(FINE, NOW)


@pytest.mark.parametrize("status", schema.codes("status"))
def test_only_released_statuses_are_shown(status: str) -> None:
    assert is_public({**FINE, "status": status}, NOW) == (status in ("published", "verified", "disputed"))


@pytest.mark.parametrize("sensitivity", schema.codes("sensitivity"))
def test_only_public_sensitivity_is_shown(sensitivity: str) -> None:
    assert is_public({**FINE, "sensitivity": sensitivity}, NOW) == (sensitivity == "public")


def test_an_embargo_holds_until_its_moment_whatever_the_zone() -> None:
    assert not is_public({**FINE, "embargo_until": NOW + timedelta(seconds=1)}, NOW)
    assert is_public({**FINE, "embargo_until": NOW}, NOW)
    assert not is_public({**FINE, "embargo_until": NOW.replace(tzinfo=UTC) + timedelta(hours=1)}, NOW)


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"status": "published"},
        {"sensitivity": "public"},
        {**FINE, "status": None},
        {**FINE, "status": "PUBLISHED"},
        {**FINE, "sensitivity": "unheard-of"},
        {**FINE, "embargo_until": "2020-01-01"},
        {**FINE, "embargo_until": 0},
    ],
)
def test_whatever_is_missing_or_malformed_denies(event: dict[str, Any]) -> None:
    assert not is_public(event, NOW)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "status": st.none() | st.sampled_from([*schema.codes("status"), "x"]),
                "sensitivity": st.none() | st.sampled_from([*schema.codes("sensitivity"), "x"]),
                "embargo_until": st.none() | st.datetimes(datetime(2025, 4, 7), datetime(2025, 4, 10)),
            }
        ),
        min_size=1,
        max_size=20,
    )
)
def test_the_rule_for_one_incident_and_for_a_table_agree(rows: list[dict[str, Any]]) -> None:
    shape = ibis.schema({"status": "string", "sensitivity": "string", "embargo_until": "timestamp"})
    frame = pd.DataFrame(rows, dtype=object)
    connection = ibis.duckdb.connect()
    table = connection.create_table(
        "t", ibis.memtable(frame.assign(n=range(len(rows))), schema=shape | {"n": "int64"})
    )
    shown = set(table.filter(public_from(table) <= NOW.replace(tzinfo=None)).n.to_pandas())
    assert shown == {n for n, row in enumerate(rows) if is_public(row, NOW)}
    connection.disconnect()
