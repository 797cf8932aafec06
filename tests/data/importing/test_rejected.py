"""The file of rejected rows: where it lies, and that it can be corrected and imported."""

import os
from pathlib import Path

import pytest

from data import Store
from tests.data.conftest import Write
from tests.data.importing.test_import import GOOD, take

pytestmark = pytest.mark.both_databases


def test_corrected_rejects_can_be_imported(empty: Store, table_file: Write) -> None:
    path = table_file([GOOD, {**GOOD, "id": "b1", "title": "=Formula", "date": "31/31/2024"}])
    rejects = Path(str(take(empty, path).rejects_file))
    assert "'=Formula" in rejects.read_text(encoding="utf-8-sig")
    rejects.write_text(
        rejects.read_text(encoding="utf-8-sig").replace("31/31/2024", "2024-03-31", 1), encoding="utf-8"
    )
    summary = take(empty, rejects)
    assert (summary.imported, summary.rejected) == (1, 0)
    event = empty.event("b1")
    assert event is not None
    assert event["title"] == "=Formula"


def test_a_store_in_a_read_only_folder_of_the_file_puts_rejects_at_home(empty: Store, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    path = folder / "rows.csv"
    path.write_text("title,place,date\nx,Kyiv,31/31/2024\n", encoding="utf-8")
    folder.chmod(0o500)
    try:
        if os.access(folder, os.W_OK):
            pytest.skip("this user may write anywhere")
        assert str(take(empty, path).rejects_file).startswith(os.environ["DATELINE_HOME"])
    finally:
        folder.chmod(0o700)


def test_a_rejected_cell_that_is_safe_already_means_the_same_in_the_rejects_file(
    empty: Store, table_file: Write
) -> None:
    titles = ["'=Sum", "=Sum", "'-5"]
    rows = [{**GOOD, "id": f"b{n}", "title": title, "date": "31/31/2024"} for n, title in enumerate(titles)]
    file = Path(str(take(empty, table_file(rows)).rejects_file))
    file.write_text(
        file.read_text(encoding="utf-8-sig").replace("31/31/2024", "2024-03-31"), encoding="utf-8"
    )
    take(empty, file)
    assert sorted(empty.events.frame().title) == ["-5", "=Sum", "=Sum"]
