"""The report that Dateline was made for: one capture, four things told to explain it, nothing in Beijing."""

from datetime import date
from pathlib import Path

import pytest

import geo
from data.report import Article, Draft, extract, read


@pytest.fixture(scope="module")
def article(shared: Path) -> Article:
    path = shared / "reports" / "seed-article.txt"
    if not path.is_file():
        pytest.skip("the seed report is not on this machine")
    return read(path)


@pytest.fixture(scope="module")
def drafts(article: Article, gazetteer: geo.Gazetteer) -> list[Draft]:
    return extract(article, gazetteer)


def test_there_is_one_incident_and_the_rest_is_background(drafts):
    assert [draft.background for draft in drafts] == [False, True, True, True, True]
    assert all(("background" in draft.fields.get("tags", "")) == draft.background for draft in drafts)


def test_the_capture_says_what_is_known_and_no_more(drafts):
    capture = drafts[0].fields
    assert (capture["event_type"], capture["event_subtype"]) == ("detention_capture", "combatant_captured")
    assert capture["modality"] == "claimed_by_party"
    assert capture["date_end"] == date(2025, 4, 8)
    assert capture["date_basis"] == "inferred_from_publication"
    assert (capture["captured_min"], capture["captured_best"], capture["captured_max"]) == (2, 2, 2)
    assert capture["protected_persons"] is True


def test_its_place_is_in_doubt_with_the_candidates_of_both_villages(drafts):
    capture = drafts[0]
    assert capture.fields["place_text"] == "near the villages of Tarasivka and Bilohorivka in Donetsk Oblast"
    assert (capture.fields["geo_status"], capture.fields["place_relation"]) == ("ambiguous", "near")
    assert capture.fields["geo_precision"] == "near"
    named = {place["text"]: [c["id"] for c in place["candidates"]] for place in capture.places}
    assert {"geonames:712588", "geonames:712589"} <= set(named["Bilohorivka"])
    assert {"geonames:691877", "geonames:9529726"} <= set(named["Tarasivka"])


def test_every_part_points_at_the_words_it_was_read_from(drafts, article):
    capture = drafts[0]
    assert article.cut(capture.spans["event_type"]) == "captured"
    assert article.cut(capture.spans["captured"]) == "captured 2 Chinese nationals"
    assert article.cut(capture.spans["date_start"]) == "on April 8"
    for place in capture.places:
        assert article.text[place["start"] : place["end"]] == place["text"]


@pytest.mark.parametrize(
    ("number", "kind", "place", "start", "end"),
    [
        (1, "strategic_development", "Kursk Oblast", date(2024, 10, 1), date(2024, 12, 31)),
        (2, "battle", "town of Sudzha", date(2024, 1, 1), date(2024, 12, 31)),
        (3, "battle", "not stated", date(2024, 10, 1), date(2025, 4, 8)),
        (4, "strategic_development", "not stated", date(2025, 1, 1), date(2025, 3, 31)),
    ],
)
def test_what_explains_it_has_dates_of_its_own(drafts, number, kind, place, start, end):
    fields = drafts[number].fields
    assert (fields["event_type"], fields["place_text"]) == (kind, place)
    assert (fields["date_start"], fields["date_end"]) == (start, end)


def test_the_casualties_are_a_claim_and_its_figure_is_not_made_exact(drafts):
    claim = drafts[3].fields
    assert claim["modality"] == "claimed_by_party"
    assert claim["killed_best"] == 2700
    assert "killed_min" not in claim


def test_nothing_happens_in_beijing(drafts):
    assert all("Beijing" not in draft.fields["place_text"] for draft in drafts)


def test_no_private_person_is_kept(drafts, article):
    kept = str([draft.to_dict() for draft in drafts])
    assert "Wever" not in kept
    assert article.text.count("Sybiha") > 0
    assert "Sybiha" not in kept
