"""Rows: what passes, and what is said of what does not. The invariants of the method, one test each."""

from typing import Any
from weakref import ref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.importing.mapping import map_columns
from data.importing.rowcheck import Incident, RowCheck, RowProblems

BASE = {"title": "Clash", "place": "Bakhmut", "date": "2023-03-01"}


def check(**cells: str) -> Incident:
    row = {**BASE, **cells}
    mapped = map_columns(list(row))
    return RowCheck(list(row), mapped, {}).check(list(row.values()))


def problem(**cells: str) -> str:
    with pytest.raises(RowProblems) as caught:
        check(**cells)
    return str(caught.value)


@pytest.mark.parametrize(("lat", "lon"), [("48.5", ""), ("", "38.0")])
def test_latitude_and_longitude_come_together(lat: str, lon: str) -> None:
    assert "give both or neither" in problem(lat=lat, lon=lon)


@pytest.mark.parametrize(
    ("lat", "lon", "says"),
    [
        ("91", "38", "-90 to 90"),
        ("-90.1", "0", "-90 to 90"),
        ("48", "181", "-180 to 180"),
        ("138", "48", "swapped"),
    ],
)
def test_coordinates_stay_on_the_globe(lat: str, lon: str, says: str) -> None:
    text = problem(lat=lat, lon=lon)
    assert "out of range" in text
    assert says in text


def test_null_island_is_refused_with_a_message() -> None:
    assert "stands for a missing position" in problem(lat="0", lon="0.0")


def test_the_earliest_day_is_not_after_the_latest() -> None:
    assert "before the earliest day" in problem(date="2023-03-02", date_end="2023-03-01")


def test_precision_day_means_one_day() -> None:
    assert "does not fit" in problem(date="2023-03-01", date_end="2023-03-05", date_precision="day")
    assert check(date="2023-03-01", date_precision="day").event["date_end"].isoformat() == "2023-03-01"


def test_a_wider_precision_widens_a_single_day() -> None:
    event = check(date="2023-03-15", date_precision="month").event
    assert (str(event["date_start"]), str(event["date_end"])) == ("2023-03-01", "2023-03-31")
    assert str(check(date="2023-03-15", date_precision="week").event["date_start"]) == "2023-03-13"


@pytest.mark.parametrize("precision", ["country", "unlocated"])
def test_country_and_no_place_carry_no_coordinates(precision: str) -> None:
    assert "carries no coordinates" in problem(lat="48", lon="38", geo_precision=precision)


@pytest.mark.parametrize(("radius", "says"), [("-1", "is negative"), ("1e17", "farther than any place")])
def test_a_radius_lies_between_nothing_and_half_the_earth(radius: str, says: str) -> None:
    assert says in problem(lat="48", lon="38", radius_m=radius)
    assert check(lat="48", lon="38", radius_m="5000").event["radius_m"] == 5000


def test_low_best_and_high_are_in_order() -> None:
    assert "low <= best <= high" in problem(killed_min="5", killed_best="3")
    assert "low <= best <= high" in problem(captured_min="5", captured_max="3")
    assert check(killed_min="3", killed_best="3", killed_max="9").event["killed_max"] == 9


def test_a_subtype_belongs_to_its_type_and_alone_implies_it() -> None:
    assert "belongs to detention_capture" in problem(event_type="battle", event_subtype="surrender")
    assert check(event_subtype="surrender").event["event_type"] == "detention_capture"


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("event_type", "war", "use one of battle"),
        ("killed_best", "a few", "whole number"),
        ("killed_best", "-1", "whole number"),
        ("protected_persons", "maybe", "yes or no"),
        ("url", "ftp://example.org", "https://"),
        ("url", "javascript:alert(1)", "https://"),
        ("url", "example.org/page", "https://"),
        ("published_at", "2023-03", "not one day"),
        ("lat", "north", "not a number"),
        ("date", "31/31/2024", "no such day"),
        ("date", "2024-02-30", "no such day"),
        ("embargo_until", "soon", "not a date and time"),
        ("credibility", "7", "use one of 1, 2"),
        ("event_id", "a/b", "letters, digits"),
        ("quote", "x" * 301, "shorten it to 300"),
    ],
)
def test_a_wrong_value_is_named_with_what_to_do(column: str, value: str, says: str) -> None:
    text = problem(**{column: value, **({"lon": "1"} if column == "lat" else {})})
    assert column in text
    assert says in text


def test_all_problems_of_a_row_are_told_at_once() -> None:
    text = problem(date="31/31/2024", killed_best="x", url="y")
    assert all(column in text for column in ("date", "killed_best", "url"))


def test_codes_may_be_written_as_labels_or_in_acleds_words() -> None:
    event = check(
        event_type="Explosions/Remote violence", event_subtype="Air/drone strike", credibility="2"
    ).event
    assert (event["event_type"], event["event_subtype"], event["credibility"]) == (
        "explosion_remote",
        "air_drone_strike",
        "2",
    )


def test_what_the_file_does_not_say_is_filled_in_no_more_closely_than_known() -> None:
    event = check(
        title="", notes="A bridge was hit. More followed.", date="", place="", country="Ukraine"
    ).event
    assert event["title"] == "A bridge was hit"
    assert event["event_type"] == "other"
    assert event["date_precision"] == "unknown"
    assert event["place_text"] == "Ukraine"
    assert event["status"] == "published"


def test_captured_people_are_protected_persons_unless_the_file_says_otherwise() -> None:
    assert check(event_type="detention_capture").event["protected_persons"] is True
    assert check(event_type="detention_capture", protected_persons="no").event["protected_persons"] is False


def test_a_flagged_text_waits_for_review_unless_the_file_gives_a_status() -> None:
    assert check(title="Forces captured Ivan Petrenko").event["status"] == "in_review"
    assert check(title="Forces captured Ivan Petrenko", status="draft").event["status"] == "draft"


def test_a_publisher_is_taken_from_the_link_and_one_of_them_is_needed() -> None:
    assert check(url="https://www.example.org/a").reports[0]["publisher"] == "example.org"
    assert "no publisher" in problem(source_title="A headline", publisher="")
    assert check(publisher_2="Paper", url_2="https://example.org").reports[0]["publisher"] == "Paper"


def test_an_id_follows_from_the_content() -> None:
    assert check().event["event_id"] == check().event["event_id"] != check(title="Other").event["event_id"]


@given(
    st.dictionaries(
        st.sampled_from(["date", "lat", "lon", "url", "killed", "event_type", "status"]), st.text()
    )
)
def test_any_cells_are_an_incident_or_row_problems(cells: dict[str, Any]) -> None:
    try:
        event = check(**cells).event
    except RowProblems as caught:
        assert caught.problems  # noqa: PT017 - either outcome is fine
        return
    assert (event.get("lat") is None) == (event.get("lon") is None)
    assert "date_start" not in event or event["date_start"] <= event["date_end"]


class Cells(list[str]):
    """A row that can be watched."""


def test_what_is_said_of_many_different_faults_keeps_no_rows_in_memory() -> None:
    header = list(BASE)
    checks = RowCheck(header, map_columns(header), {})
    watched = []
    for number in range(50):
        rows = [Cells(["Clash", "Bakhmut", f"day {number} or {n}"]) for n in range(3)]
        watched += [ref(row) for row in rows]
        assert all(isinstance(found, RowProblems) for found in checks.check_all(rows))
        del rows
    assert [row for row in watched if row() is not None] == []


@pytest.mark.parametrize(
    ("said", "event_type", "event_subtype"),
    [
        ("shelling", "explosion_remote", "shelling_artillery_missile"),
        ("Air strike", "explosion_remote", "air_drone_strike"),
        ("Armed clash", "battle", "armed_clash"),
        ("Arrest", "detention_capture", None),
        ("Обстріл", "explosion_remote", "shelling_artillery_missile"),
        ("fighting", "battle", None),
    ],
)
def test_a_type_may_be_said_in_the_words_of_an_investigator(
    said: str, event_type: str, event_subtype: str | None
) -> None:
    event = check(type=said).event
    assert (event["event_type"], event.get("event_subtype")) == (event_type, event_subtype)


def test_a_type_in_words_and_another_subtype_contradict_each_other() -> None:
    assert "belongs to battle" in problem(type="protest", subtype="armed_clash")
    assert "is not a known code" in problem(type="party")


def test_an_incident_without_words_of_its_own_is_called_by_what_happened_and_where() -> None:
    row = {"type": "air strike", "place": "Bakhmut", "date": "2023-03-01"}
    mapped = map_columns(list(row))
    event = RowCheck(list(row), mapped, {}).check(list(row.values())).event
    assert event["title"] == "Air or drone strike, Bakhmut"


@pytest.mark.parametrize(
    ("said", "low", "best", "high"),
    [
        ("3-5", 3, None, 5),
        ("between 3 and 5", 3, None, 5),
        ("10+", 10, None, None),
        ("at least 1,200", 1200, None, None),
        ("about 20", None, 20, None),
        ("~20", None, 20, None),
        ("up to 7", None, None, 7),
        ("понад 10", 10, None, None),
        ("12", None, 12, None),
    ],
)
def test_a_number_of_people_may_be_less_than_a_number(
    said: str, low: int | None, best: int | None, high: int | None
) -> None:
    event = check(killed=said).event
    assert [event.get(f"killed_{name}") for name in ("min", "best", "max")] == [low, best, high]


def test_a_number_told_twice_is_told_alike() -> None:
    assert "is not 3" in problem(killed="3-5", killed_min="2")
    assert "low <= best <= high" in problem(killed="5-3")
    assert "is not a whole number" in problem(killed="many")
