"""A row that was not taken is mended by a person: the same checks, recorded, undone without a trace."""

from pathlib import Path
from typing import Any

import pytest

from data import DecisionRefused, InputError, Options, Store
from data.decisions import RowDecision, queue
from data.importing.mending import Mended
from tests.data.decisions.conftest import SEED, content, event, exported

pytestmark = pytest.mark.both_databases
BAD = {**SEED, "id": "bad", "date": "31/31/2025"}


def waiting(store: Store) -> dict[str, Any]:
    found = queue.next_of(store, "reject")
    assert found is not None
    assert found.reject is not None
    return found.reject


def mended(store: Store, **cells: str) -> Mended:
    row = waiting(store)
    return store.mend_row(row["file_sha256"], row["row"], cells, user="Ada", reason="a slip of the pen")


@pytest.fixture
def bad(seed: Store, table_file: Any) -> Store:
    seed.import_file(table_file([BAD], "bad.csv"))
    return seed


def test_a_mended_row_is_taken_in_with_who_and_why_and_waits_no_more(bad: Store) -> None:
    before, file = content(bad), exported(bad)
    done = mended(bad, date="2025-04-09")
    assert done.event_id == "bad"
    after = event(bad, "bad")
    assert (after["date_start"], after["geo_status"], after["import_row"]) == ("2025-04-09", "ambiguous", 2)
    (row,) = bad.history(limit=1)
    assert (row["kind"], row["user"], row["reason"]) == ("import", "Ada", "a slip of the pen")
    assert row["file_name"] == "bad.csv, row 2"
    assert "reject" not in queue.left(bad)

    bad.undo(str(done.decision_id), user="Ada")
    assert (content(bad), exported(bad)) == (before, file)
    assert queue.left(bad)["reject"] == 1


def test_a_row_that_is_still_wrong_says_in_which_cell_and_changes_nothing(bad: Store) -> None:
    before = content(bad)
    done = mended(bad, date="9 April", lat="95")
    assert done.decision_id is None
    assert done.faults[0].startswith("date: '9 April' is not a date")
    assert content(bad) == before


def test_a_mended_row_is_read_as_its_file_was(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "Was,Wann,Ort,Wann\nMade-up clash,13/06/2023,Bakhmut,a\nMade-up fight,99/06/2023,Bakhmut,b\n",
        encoding="utf-8",
    )
    columns = {"title": "Was", "date_start": "Wann", "place_text": "Ort"}
    store.import_file(path, Options(columns=columns, guess=False, country="UA"))
    assert waiting(store)["original"] == {
        "Was": "Made-up fight", "Wann": "99/06/2023", "Ort": "Bakhmut", "Wann (2)": "b",
    }  # fmt: skip
    done = mended(store, Wann="05/06/2023")
    after = event(store, str(done.event_id))
    assert (after["date_start"], after["country"]) == ("2023-06-05", "UA")


def test_a_row_is_mended_or_dismissed_once(bad: Store) -> None:
    row = waiting(bad)
    mended(bad, date="2025-04-09")
    with pytest.raises(DecisionRefused, match=r"row 2 was taken in already by Ada \(import:"):
        bad.mend_row(row["file_sha256"], row["row"], {"date": "2025-04-10"}, user="Ben")
    with pytest.raises(DecisionRefused, match="taken in already"):
        bad.decide(RowDecision(row["file_sha256"], row["row"]), user="Ben")


def test_an_import_is_not_undone_under_a_row_of_it_that_was_mended(bad: Store) -> None:
    first = bad.history(limit=1)[0]["decision_id"]
    done = mended(bad, date="2025-04-09")
    with pytest.raises(DecisionRefused, match=f"{done.decision_id} by Ada .*row 2"):
        bad.undo(first, user="Ada")
    bad.undo(first, user="Ada", with_later=True)
    assert bad.event("bad", audience="analyst") is None
    assert "reject" not in queue.left(bad)


def test_a_row_mended_into_what_is_there_already_adds_nothing_and_waits_no_more(bad: Store) -> None:
    before = exported(bad)
    done = mended(bad, id="seed", date=SEED["date"])
    assert done.event_id == "seed"
    assert exported(bad) == before
    assert "reject" not in queue.left(bad)


def test_a_cell_that_was_too_long_to_be_kept_is_not_taken_in_cut(seed: Store, table_file: Any) -> None:
    seed.import_file(table_file([{**BAD, "summary": "word " * 3_000}], "long.csv"))
    with pytest.raises(InputError, match="not kept whole"):
        mended(seed, date="2025-04-09")
    assert mended(seed, date="2025-04-09", summary="Short.").event_id == "bad"


def test_a_row_whose_import_was_undone_cannot_be_mended(seed: Store) -> None:
    with pytest.raises(DecisionRefused, match="no such row any more"):
        seed.mend_row("0" * 64, 2, {}, user="Ada")
