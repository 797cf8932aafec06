"""Decisions on places: what they change, and that undoing leaves no trace in what the records say."""

import io
import zipfile

import pytest

from data import DecisionRefused, Filters, StaleDecision, Store
from data.decisions import Choice, PlaceDecision, Spot
from data.export import to_bytes
from geo.sphere import distance_km
from tests.data.decisions.conftest import DONETSK_ONE, LUHANSK_ONE, PICK, content, event, exported

pytestmark = pytest.mark.both_databases


def test_one_of_two_names_chosen_and_the_other_left_open_is_an_area_around_what_remains(seed: Store) -> None:
    before = event(seed, "seed")
    decision_id = seed.decide(
        PlaceDecision({"seed": before["version"]}, PICK), user="Ada", reason="the front"
    )
    after = event(seed, "seed")
    assert (after["geo_status"], after["geo_precision"], after["gazetteer_id"]) == ("ambiguous", "near", None)
    chosen, other = after["places"][1], after["places"][0]
    assert (chosen["text"], chosen["chosen_id"]) == ("Bilohorivka", LUHANSK_ONE)
    assert (other["chosen_id"], len(other["candidates"])) == (None, len(before["places"][0]["candidates"]))
    assert {place["decided_by"] for place in after["places"]} == {"Ada"}
    assert {place["reason"] for place in after["places"]} == {"a person decided"}
    for candidate in [
        *(c for c in other["candidates"] if c["plausible"]),
        *(c for c in chosen["candidates"] if c["id"] == LUHANSK_ONE),
    ]:
        away_m = 1000 * distance_km(after["lat"], after["lon"], candidate["lat"], candidate["lon"])
        assert away_m + 4_990 <= after["radius_m"] * 1.001
    assert after["area"] != before["area"]
    assert after["version"] == before["version"] + 1
    assert decision_id == seed.history("seed")[0]["decision_id"]


def test_both_names_chosen_is_confirmed_and_the_same_hull_that_a_sure_answer_would_have(seed: Store) -> None:
    tarasivka = event(seed, "seed")["places"][0]["candidates"][0]["id"]
    choices = (Choice("Tarasivka", tarasivka), Choice("Bilohorivka", DONETSK_ONE))
    seed.decide(PlaceDecision({"seed": None}, choices), user="Ada")
    after = event(seed, "seed")
    assert (after["geo_status"], after["geo_precision"], after["admin1"]) == (
        "confirmed", "near", "Donetsk Oblast",
    )  # fmt: skip
    assert after["area"]["type"] == "Polygon"
    assert 30_000 < after["radius_m"] < 40_000


def test_an_undone_decision_leaves_no_trace_but_in_the_history(seed: Store) -> None:
    before, file, seen = content(seed), exported(seed), event(seed, "seed")
    decision_id = seed.decide(PlaceDecision({"seed": seen["version"]}, PICK), user="Ada", reason="the front")
    assert exported(seed) != file
    seed.undo(decision_id, user="Ben", reason="too hasty")
    assert content(seed) == before
    assert exported(seed) == file
    undoing, decided, imported = seed.history("seed")
    assert (undoing["undoes"], undoing["user"], undoing["reason"]) == (decision_id, "Ben", "too hasty")
    assert (decided["reverted_by"], decided["user"]) == (undoing["decision_id"], "Ada")
    assert decided["after"]["choices"][0]["candidate"]["name"] == "Bilohorivka"
    assert imported["kind"] == "import"


def test_a_click_on_the_map_is_a_circle_and_typed_coordinates_are_a_point(seed: Store) -> None:
    seed.decide(PlaceDecision({"seed": None}, spot=Spot(48.7, 38.1, 3_000)), user="Ada")
    after = event(seed, "seed")
    assert (after["lat"], after["lon"], after["radius_m"]) == (48.7, 38.1, 3_000)
    assert (after["geo_status"], after["geo_precision"], after["geo_method"]) == (
        "confirmed", "near", "map_click",
    )  # fmt: skip
    seed.decide(PlaceDecision({"seed": None}, spot=Spot(48.7, 38.1, 150, "coordinates_given")), user="Ada")
    assert event(seed, "seed")["geo_precision"] == "exact"


def test_a_rejected_place_leaves_no_position(seed: Store) -> None:
    seed.decide(PlaceDecision({"seed": None}, rejected=True), user="Ada")
    after = event(seed, "seed")
    assert (after["lat"], after["geo_precision"], after["geo_status"]) == (None, "unlocated", "rejected")
    assert after["country"] == "UA"
    assert after["areas"] == []


def test_a_place_that_is_no_candidate_is_taken_from_the_gazetteer_and_joins_them(seed: Store) -> None:
    bakhmut = seed.gazetteer.resolve("Bakhmut", country="UA").candidates[0].id  # type: ignore[union-attr]
    seed.decide(PlaceDecision({"seed": None}, (Choice("Tarasivka", bakhmut),)), user="Ada")
    mention = event(seed, "seed")["places"][0]
    assert (mention["chosen_id"], mention["candidates"][-1]["id"]) == (bakhmut, bakhmut)
    with pytest.raises(DecisionRefused, match="not in the gazetteer"):
        seed.decide(PlaceDecision({"seed": None}, (Choice("Tarasivka", "geonames:1"),)), user="Ada")


def test_incidents_with_the_same_words_are_decided_and_undone_together(seed: Store) -> None:
    before = content(seed)
    decision_id = seed.decide(PlaceDecision({"seed": 1, "again": 1}, PICK), user="Ada")
    seed_area, again_area = (event(seed, event_id)["area"] for event_id in ("seed", "again"))
    assert seed_area == again_area
    assert seed.history()[0]["changed"] == 2
    seed.undo(decision_id, user="Ada")
    assert content(seed) == before


def test_a_decision_on_what_somebody_else_changed_meanwhile_is_refused_and_says_who(seed: Store) -> None:
    seed.decide(PlaceDecision({"seed": 1}, rejected=True), user="Ben")
    before = content(seed)
    with pytest.raises(StaleDecision, match=r"Two foreign fighters.*by Ben at .*place"):
        seed.decide(PlaceDecision({"again": 1, "seed": 1}, PICK), user="Ada")
    assert content(seed) == before


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        (PlaceDecision({}), "name at least one"),
        (PlaceDecision({"nobody": None}, PICK), "no incident 'nobody'"),
        (PlaceDecision({"seed": None}), "either choices, or a position"),
        (PlaceDecision({"seed": None}, PICK, rejected=True), "either choices, or a position"),
        (PlaceDecision({"seed": None}, (Choice("Kyiv", None),)), "no name in .*Bilohorivka, Tarasivka"),
        (PlaceDecision({"seed": None}, spot=Spot(0, 0)), "missing coordinates"),
        (PlaceDecision({"seed": None}, spot=Spot(148, 38)), "latitude comes first"),
        (PlaceDecision({"seed": None}, spot=Spot(48, 38, -1)), "no sensible radius"),
    ],
)
def test_what_cannot_be_decided_is_refused_with_a_reason_and_changes_nothing(
    seed: Store, decision: PlaceDecision, says: str
) -> None:
    before = content(seed)
    with pytest.raises(DecisionRefused, match=says):
        seed.decide(decision, user="Ada")
    assert content(seed) == before
    assert len(seed.history()) == 1


def test_a_decision_without_a_name_is_refused(seed: Store) -> None:
    with pytest.raises(DecisionRefused, match="say who"):
        seed.decide(PlaceDecision({"seed": None}, PICK), user="  ")


@pytest.mark.parametrize("kind", ["csv", "geojson", "kml", "xlsx", "gpkg"])
def test_who_decided_and_in_which_words_stands_in_the_history_and_in_nothing_public(
    seed: Store, kind: str
) -> None:
    before = to_bytes(seed, Filters(), kind)
    seed.decide(PlaceDecision({"seed": 1}, PICK), user="Made-up Analyst", reason="Made-up Witness told us")
    public = to_bytes(seed, Filters(), kind)
    assert public != before
    for told in ("Made-up Analyst", "Made-up Witness told us"):
        assert told.encode() not in unpacked(public)
        assert told not in str(seed.event("seed"))
        assert told in str(seed.history("seed"))


def unpacked(content: bytes) -> bytes:
    """Give a file's bytes, with those of the files inside it where it is a ZIP archive."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())
