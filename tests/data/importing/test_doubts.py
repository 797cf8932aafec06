"""A row with an unknown name is taken, and the person is told which row, which name and what to do."""

from pathlib import Path

import pytest

from data import open_store

TABLE = """title,date,place,country
Unknown village,2023-01-01,Qwertyville,UA
Unknown country,2023-01-02,Kyiv,Nowhereland
Known town,2023-01-03,Bakhmut,Ukraine
"""


@pytest.fixture
def told(tmp_path: Path, gazetteer) -> tuple[str, ...]:
    path = tmp_path / "rows.csv"
    path.write_text(TABLE, encoding="utf-8")
    with open_store(f"sqlite:///{tmp_path / 'r.sqlite'}", gazetteer=gazetteer, sample=False) as store:
        summary = store.import_file(path)
        assert (summary.imported, summary.rejected) == (3, 0)
        return summary.warnings


def test_an_unknown_place_is_said_with_its_row_and_what_to_do(told):
    (said,) = [warning for warning in told if "Qwertyville" in warning]
    assert said.startswith("row 2, place:")
    assert "geo install" in said


def test_an_unknown_country_is_said_with_its_row(told):
    (said,) = [warning for warning in told if "Nowhereland" in warning]
    assert said.startswith("row 3, country:")


def test_a_known_place_is_not_worth_a_word(told):
    assert not [warning for warning in told if "Bakhmut" in warning]


def test_corrections_in_an_older_rejects_file_are_not_overwritten(tmp_path, gazetteer):
    path = tmp_path / "rows.csv"
    path.write_text("title,date,place\nA,31/31/2024,Kyiv\nB,2023-01-01,Kyiv\n", encoding="utf-8")
    with open_store(f"sqlite:///{tmp_path / 'r.sqlite'}", gazetteer=gazetteer, sample=False) as store:
        first = Path(store.import_file(path).rejects_file)
        assert Path(store.import_file(path).rejects_file) == first
        first.write_text(
            first.read_text(encoding="utf-8").replace("31/31/2024", "2024-01-31"), encoding="utf-8"
        )
        corrected = first.read_text(encoding="utf-8")
        second = Path(store.import_file(path).rejects_file)
    assert second != first
    assert first.read_text(encoding="utf-8") == corrected
