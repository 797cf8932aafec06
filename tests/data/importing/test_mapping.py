"""Which column gives which field."""

import pytest

from data import FileProblem, InputError
from data.importing.mapping import map_columns


def fields(*header: str, **given: str) -> dict[str, str]:
    return map_columns(header, given).described(header)


def test_the_columns_of_a_real_table_are_understood() -> None:
    header = ("entry", "date", "event_group", "title", "brief description", "lat", "lon", "country", "province",
              "district", "town/city", "arms/munition", "violence level", "link", "geolocation")  # fmt: skip
    mapped = map_columns(header)
    assert mapped.described(header) == {
        "event_id": "entry", "date_start": "date", "title": "title", "summary": "brief description", "lat": "lat",
        "lon": "lon", "reported_country": "country", "reported_admin1": "province", "reported_admin2": "district",
        "place_text": "town/city", "url": "link",
    }  # fmt: skip
    assert list(mapped.unused) == ["event_group", "arms/munition", "violence level", "geolocation"]


def test_names_are_compared_without_case_and_punctuation() -> None:
    assert fields("Event Date", "LOCATION", "Latitude ", "LONGITUDE") == {
        "date_start": "Event Date", "place_text": "LOCATION", "lat": "Latitude ", "lon": "LONGITUDE",
    }  # fmt: skip
    assert fields("Дата", "Місце", "Назва") == {"date_start": "Дата", "place_text": "Місце", "title": "Назва"}


def test_the_fields_own_name_wins_over_a_synonym() -> None:
    assert fields("location", "place_text") == {"place_text": "place_text"}


def test_suffixes_make_further_reports() -> None:
    mapped = fields("title", "publisher", "url", "publisher_2", "url_2", "url_3")
    assert mapped["publisher_2"] == "publisher_2"
    assert mapped["url_3"] == "url_3"


def test_a_given_mapping_wins() -> None:
    assert fields("what", "place", "date", title="what", place_text="date") == {
        "title": "what",
        "place_text": "date",
    }
    assert fields("a", "b", "title", country="a", publisher_2="b") == {
        "title": "title", "reported_country": "a", "publisher_2": "b",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "column"), [("nonsense", "a"), ("title", "b"), ("title_2", "a"), ("", "a")]
)
def test_a_mapping_to_nothing_is_refused(field: str, column: str) -> None:
    with pytest.raises(InputError, match="--map"):
        map_columns(["a", "place"], {field: column})


def test_a_table_without_place_date_or_title_is_refused_with_its_columns() -> None:
    with pytest.raises(FileProblem, match=r"columns: colour, weight.*--map"):
        map_columns(["colour", "weight"])


def test_columns_with_notes_of_ours_are_not_read() -> None:
    assert fields("title", "_row", "_column", "_value", "_problem") == {"title": "title"}


def test_the_columns_of_a_table_of_governorates_are_understood() -> None:
    header = ["Event Date", "Governorate", "District", "Village", "Event Type", "Death Toll", "Reported by"]
    mapped = map_columns(header)
    assert set(mapped.events) == {
        "date_start",
        "reported_admin1",
        "reported_admin2",
        "place_text",
        "event_type",
        "killed_best",
    }
