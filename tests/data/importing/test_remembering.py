"""What a person chose for a file counts for the next file with the same columns, until chosen otherwise."""

from data import Options, Store
from tests.data.conftest import Write
from tests.data.importing.test_import import content

OURS = {"Was": "Clash", "Wo": "Bakhmut", "date": "05/06/2023"}
CHOSEN = Options({"title": "Was", "place_text": "Wo"}, country="Ukraine", dates="dmy")


def rows(number: int) -> list[dict[str, str]]:
    return [{**OURS, "Was": f"Clash {number}"}]


def test_the_next_file_of_the_same_columns_is_read_the_same(empty: Store, table_file: Write) -> None:
    empty.import_file(table_file(rows(1), "monday.csv"), CHOSEN, geocode=False)
    with empty.plan_import(table_file(rows(2), "tuesday.csv"), geocode=False) as plan:
        event = plan.sample[0].event
        assert plan.remembered is not None
        assert plan.remembered.file_name == "monday.csv"
        assert (event["title"], event["place_text"]) == ("Clash 2", "Bakhmut")
        assert (event["reported_country"], str(event["date_start"])) == ("Ukraine", "2023-06-05")


def test_the_order_of_columns_does_not_matter_and_other_columns_do(empty: Store, table_file: Write) -> None:
    empty.import_file(table_file(rows(1), "monday.csv"), CHOSEN, geocode=False)
    turned = [dict(reversed(row.items())) for row in rows(2)]
    assert empty.look_at(table_file(turned, "turned.csv")).remembered is not None
    assert empty.look_at(table_file([{**OURS, "more": "x"}], "more.csv")).remembered is None


def test_what_is_given_now_overrules_what_is_remembered(empty: Store, table_file: Write) -> None:
    empty.import_file(table_file(rows(1), "monday.csv"), CHOSEN, geocode=False)
    with empty.plan_import(
        table_file(rows(2), "tuesday.csv"), Options({"summary": "Was"}, dates="mdy"), geocode=False
    ) as plan:
        event = plan.sample[0].event
        assert (event["summary"], event["place_text"]) == ("Clash 2", "Bakhmut")
        assert str(event["date_start"]) == "2023-05-06"


def test_asked_to_start_anew_the_choice_is_forgotten(empty: Store, table_file: Write) -> None:
    path = table_file([{"Was": "Clash", "Wo": "Bakhmut", "date": "2023-06-05"}], "monday.csv")
    empty.import_file(path, Options({"place_text": "Wo"}), geocode=False)
    with empty.plan_import(path, Options(remembered=False), geocode=False) as plan:
        assert "place_text" not in plan.mapped.events
        empty.commit_plan(plan)
    assert empty.look_at(path).remembered is None


def test_a_column_left_out_on_purpose_stays_left_out(empty: Store, table_file: Write) -> None:
    row = {"title": "A", "place": "Kyiv", "notes": "for us only"}
    options = Options({"title": "title", "place_text": "place"}, guess=False)
    empty.import_file(table_file([row], "1.csv"), options, geocode=False)
    with empty.plan_import(table_file([{**row, "title": "B"}], "2.csv"), geocode=False) as plan:
        assert "summary" not in plan.mapped.events
        assert list(plan.mapped.unused) == ["notes"]


def test_a_file_read_by_its_own_names_leaves_nothing_to_remember(empty: Store, table_file: Write) -> None:
    path = table_file([{"title": "A", "place": "Kyiv"}])
    empty.import_file(path, geocode=False)
    assert empty.look_at(path).remembered is None


def test_the_same_choice_again_changes_nothing(empty: Store, table_file: Write) -> None:
    path = table_file(rows(1))
    empty.import_file(path, CHOSEN, geocode=False)
    before = content(empty)
    empty.import_file(path, CHOSEN, geocode=False)
    assert content(empty) == before


def test_a_first_look_shows_what_columns_hold_and_seem_to_mean(empty: Store, table_file: Write) -> None:
    path = table_file([{"title": "A", "Wo": "Kyiv", "x": ""}, {"title": "B", "Wo": "Kyiv", "x": ""}])
    columns = {column.name: column for column in empty.look_at(path).columns}
    assert (columns["title"].field, columns["title"].samples) == ("title", ("A", "B"))
    assert (columns["Wo"].field, columns["Wo"].samples) == (None, ("Kyiv",))
