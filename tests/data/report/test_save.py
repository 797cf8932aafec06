"""Drafts in the records: all or none, the same ones once, each with its report."""

from dataclasses import replace

import pytest

from data import InputError, Store
from data.publication import is_public
from data.records import write
from data.report import extract, read, read_all
from data.report.save import Saved

TEXT = (
    "Shelling killed two people in Kherson on 3 March 2023. On 4 March 2023 a drone struck a bus in Nikopol."
)


@pytest.fixture
def article():
    return read(TEXT, name="made up", publisher="Made-up Paper", url="https://example.org/a")


@pytest.fixture
def drafts(article, gazetteer):
    found = extract(article, gazetteer)
    assert len(found) == 2
    return found


def test_saved_drafts_are_there_with_report_and_place(empty: Store, article, drafts):
    ids = empty.save_drafts(article, drafts, user="ana").ids
    event = empty.event(ids[0], audience="analyst")
    assert event is not None
    assert (event["status"], event["killed_best"], event["date_start"]) == ("draft", 2, "2023-03-03")
    (report,) = event["reports"]
    assert (report["publisher"], report["url"]) == ("Made-up Paper", "https://example.org/a")
    assert report["text_sha256"] == article.sha256
    assert report["quote"] == "Shelling killed two people in Kherson on 3 March 2023."
    (place,) = event["places"]
    assert event["place_text"][place["start"] : place["end"]] == place["text"] == "Kherson"


def test_the_link_of_an_archived_copy_is_kept(empty: Store, gazetteer):
    copy = "https://archive.example/a"
    (article,) = read_all(TEXT, name="made up", publisher="Made-up Paper", archive_url=copy)
    ids = empty.save_drafts(article, extract(article, gazetteer), user="ana").ids
    event = empty.event(ids[0], audience="analyst")
    assert event is not None
    assert event["reports"][0]["archive_url"] == copy


def test_a_draft_is_not_public(empty: Store, article, drafts):
    ids = empty.save_drafts(article, drafts, user="ana").ids
    assert empty.event(ids[0]) is None
    assert not is_public(empty.event(ids[0], audience="analyst"), write.now())


def test_saving_the_same_again_changes_nothing(empty: Store, article, drafts):
    ids = empty.save_drafts(article, drafts, user="ana").ids
    version = empty.events.version
    assert empty.save_drafts(article, drafts, user="bo") == Saved(ids, 0, None)
    assert empty.events.version == version
    assert len(empty.history()) == 1


def test_one_bad_field_saves_none_of_them(empty: Store, article, drafts):
    wrong = replace(drafts[1], fields={**drafts[1].fields, "lat": 99.0, "lon": 0.0, "geo_precision": "exact"})
    with pytest.raises(InputError, match="lat"):
        empty.save_drafts(article, [drafts[0], wrong], user="ana")
    assert empty.history() == []


def test_saving_is_one_decision_and_can_be_undone_and_done_again(empty: Store, article, drafts):
    ids = empty.save_drafts(article, drafts, user="ana").ids
    (decision,) = empty.history()
    assert (decision["kind"], decision["user"], decision["changed"]) == ("import", "ana", 2)
    empty.undo(decision["decision_id"], user="bo")
    assert [empty.event(name, audience="analyst") for name in ids] == [None, None]
    assert empty.save_drafts(article, drafts, user="ana").ids == ids
    assert empty.event(ids[0], audience="analyst") is not None


def test_the_name_of_a_captured_person_is_kept_nowhere(empty: Store, gazetteer):
    article = read(
        "Ukrainian forces captured Private Ivan Petrenko near Bakhmut on 3 March 2023.", name="made up"
    )
    drafts = extract(article, gazetteer)
    (saved,) = empty.save_drafts(article, drafts, user="ana").ids
    event = empty.event(saved, audience="analyst")
    assert event is not None
    assert "Petrenko" not in str(event)
    assert event["flags"][0]["kind"] == "name"
