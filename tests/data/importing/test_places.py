"""Places of imported rows: what the gazetteer knows, what the file gives, what a person decided."""

import pytest

from data import Store
from data.placing import Placer
from data.records import tables
from geo import Gazetteer
from tests.data.conftest import Write
from tests.data.importing.test_import import GOOD, take

pytestmark = pytest.mark.both_databases


def test_a_persons_decision_on_a_place_stays(empty: Store, table_file: Write) -> None:
    path = table_file([{**GOOD, "lat": "48.6", "lon": "38.0"}])
    take(empty, path)
    with empty.engine.begin() as connection:
        connection.execute(
            tables.events.update().values(geo_status="confirmed", lat=48.7, gazetteer_id="x:1")
        )
    take(empty, table_file([{**GOOD, "title": "Changed", "lat": "48.6", "lon": "38.0"}], "second.csv"))
    event = empty.event("g1")
    assert event is not None
    assert (event["title"], event["lat"], event["geo_status"]) == ("Changed", 48.7, "confirmed")


def test_a_place_that_no_gazetteer_knows_is_kept_and_counted(
    empty: Store, table_file: Write, gazetteer: Gazetteer
) -> None:
    empty.gazetteer = gazetteer
    summary = empty.import_file(table_file([{**GOOD, "place": "Qwertyuiop Asdf"}]))
    assert (summary.imported, summary.rejected, summary.unresolved) == (1, 0, 1)
    event = empty.event("g1")
    assert event is not None
    assert (event["geo_precision"], event["geo_status"], event["lat"]) == ("unlocated", "unresolved", None)


def test_rows_first_taken_in_without_places_get_them_later(
    empty: Store, table_file: Write, gazetteer: Gazetteer
) -> None:
    path = table_file([{**GOOD, "country": "Ukraine", "admin1": "Donetsk Oblast"}])
    take(empty, path)
    empty.gazetteer = gazetteer
    assert empty.import_file(path).updated == 1
    event = empty.event("g1")
    assert event is not None
    assert (event["geo_status"], event["geo_precision"], event["country"]) == ("auto", "settlement", "UA")
    assert event["places"][0]["candidates"][0]["name"] == "Bakhmut"
    assert take(empty, path).unchanged == 1


def test_the_seed_place_is_in_doubt_and_keeps_all_candidates(gazetteer: Gazetteer) -> None:
    words = "near the villages of Tarasivka and Bilohorivka in Donetsk Oblast"
    placed = Placer(gazetteer).place({"place_text": words, "reported_country": "Ukraine"})
    assert (placed.fields["geo_status"], placed.fields["geo_precision"]) == ("ambiguous", "near")
    assert placed.fields["place_relation"] == "near"
    texts = {mention["text"]: mention for mention in placed.mentions}
    assert len(texts["Tarasivka"]["candidates"]) >= 2
    assert texts["Tarasivka"]["chosen_id"] is None


def test_coordinates_of_the_file_are_kept_and_called_exact_only_if_it_says_so(
    empty: Store, table_file: Write, gazetteer: Gazetteer
) -> None:
    empty.gazetteer = gazetteer
    given = {**GOOD, "lat": "48,59", "lon": "37.99", "country": "Ukraine"}
    empty.import_file(table_file([given, {**given, "id": "g2", "geo_precision": "exact"}]))
    frame = empty.events.frame().set_index("event_id")
    assert list(frame.geo_precision) == ["settlement", "exact"]
    assert set(frame.geo_method) == {"coordinates_given"}
    assert set(frame.lat) == {48.59}
    assert set(frame.admin1) == {"Donetsk Oblast"}
