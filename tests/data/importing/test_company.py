"""The places of one file: the sure ones lean the choice for the others, and make nothing sure."""

from collections.abc import Sequence
from typing import Any

import pytest

from data import Store
from geo import Gazetteer
from tests.data.conftest import Write
from tests.geo.test_around import TOWNS


@pytest.fixture
def store(empty: Store, gazetteer: Gazetteer) -> Store:
    empty.gazetteer = gazetteer
    return empty


def tarasivka(store: Store, write: Write, with_places: Sequence[str]) -> dict[str, Any]:
    """Import a file with these places and one that stands for several, and give what became of this one."""
    name = f"with {len(with_places)}"
    row = {"title": "Clash", "date": "2023-03-01", "source": "Paper", "country": "Ukraine"}
    rows = [{**row, "id": f"{name} {n}", "place_text": place} for n, place in enumerate(with_places)]
    rows.append({**row, "id": name, "place_text": "Tarasivka", "admin1": "Donetsk Oblast"})
    store.import_file(write(rows, f"{name}.csv"))
    event = store.event(name)
    assert event is not None
    return event


def test_company_in_the_file_makes_a_candidate_likelier_and_says_so(store: Store, table_file: Write) -> None:
    alone, together = tarasivka(store, table_file, ()), tarasivka(store, table_file, TOWNS)
    before, after = (event["places"][0]["candidates"][0] for event in (alone, together))
    assert after["probability"] > before["probability"]
    assert any("other places" in reason for reason in after["reasons"])
    assert together["geo_status"] == "ambiguous"


def test_a_handful_of_places_is_no_company(store: Store, table_file: Write) -> None:
    alone, together = tarasivka(store, table_file, ()), tarasivka(store, table_file, TOWNS[:5])
    assert together["places"][0]["candidates"] == alone["places"][0]["candidates"]
