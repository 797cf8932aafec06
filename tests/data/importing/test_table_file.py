"""Files as they come: encodings, delimiters, headers, damage."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import FileProblem
from data.importing.table_file import open_table
from tests.data.conftest import Write

TEXT = "Назва;Місце;Дата\nОбстріл міста вночі;Бахмут, Донецька область;2023-03-01\n"
RUSSIAN = "Заголовок;Место;Дата\nОбстрел города ночью;Бахмут, Донецкая область;2023-03-01\nКолонна;Изюм;2022-04-01\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "koi8-u", "cp866"],
)
@pytest.mark.parametrize("text", [TEXT, RUSSIAN])
def test_cyrillic_is_read_in_any_usual_encoding(table_file: Write, text: str, encoding: str) -> None:
    if encoding == "cp866" and text == TEXT:
        pytest.skip("cp866 has no Ukrainian і")
    table = open_table(table_file(text.encode(encoding)))
    rows = list(table.rows())
    assert table.header == tuple(text.splitlines()[0].split(";"))
    assert rows[0].cells == tuple(text.splitlines()[1].split(";"))


def test_western_letters_are_read(table_file: Write) -> None:
    table = open_table(
        table_file("title,place\nManifestação à São Tomé,Besançon près de Zürich\n".encode("cp1252"))
    )
    assert next(table.rows()).cells == ("Manifestação à São Tomé", "Besançon près de Zürich")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_even_when_others_stand_in_the_text(table_file: Write, delimiter: str) -> None:
    lines = [
        ("title", "place", "date"),
        ('"One; two, three | four"', "Kyiv", "2023-01-01"),
        ("x", "y", "2023"),
    ]
    table = open_table(table_file("\r\n".join(delimiter.join(line) for line in lines)))
    assert table.header == ("title", "place", "date")
    assert [row.number for row in table.rows()] == [2, 3]


def test_rows_are_numbered_as_in_a_spreadsheet_and_blank_ones_skipped(table_file: Write) -> None:
    table = open_table(table_file('title,place\n\n"two\nlines",Kyiv\n,\nlast,Lviv\n'))
    assert [(row.number, row.cells[1]) for row in table.rows()] == [(3, "Kyiv"), (5, "Lviv")]


def test_a_stray_null_byte_does_not_make_a_table_unreadable(table_file: Write) -> None:
    table = open_table(table_file(b"title,place\n" + b"Shelling,Izium\n" * 20 + b"Air\x00 strike,Kyiv\n"))
    assert len(list(table.rows())) == 21


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \r\n\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b";;;\n;;;\n", "is empty"),
        (b"PK\x03\x04rest of a spreadsheet", "save it as CSV"),
        (b"%PDF-1.7 ...", "PDF"),
        (bytes(range(256)) * 20, "not a text file"),
        (b"\x00\x01\x02\x03" * 50, "not a text file"),
        ("title,place\nКиїв,Киї".encode()[:-1], "cut off"),
        (
            b"2023-01-01,48.5,38.0,https://example.org\n2023-01-02,48.6,38.1,https://example.org\n",
            "no header",
        ),
    ],
)
def test_what_is_no_table_is_refused_in_one_line(table_file: Write, content: bytes, says: str) -> None:
    with pytest.raises(FileProblem, match=says) as caught:
        open_table(table_file(content))
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="does not exist"):
        open_table(tmp_path / "none.csv")
    with pytest.raises(FileProblem, match="is a folder"):
        open_table(tmp_path)


def test_a_cut_off_quotation_is_noticed_and_the_rows_before_it_are_read(table_file: Write) -> None:
    rows = list(open_table(table_file('title,place\nok,Kyiv\nbad,"Khar\nkiv')).rows())
    assert rows[0].problem is None
    assert "ends inside a quoted value" in str(rows[1].problem)
    assert len(rows) == 2


def test_a_row_with_too_few_or_too_many_cells_is_noticed(table_file: Write) -> None:
    rows = list(open_table(table_file("title,place,date\na,b\na,b,2023,extra\na,b,2023,,\n")).rows())
    assert ["2 of 3 columns" in str(rows[0].problem), "4 of 3 columns" in str(rows[1].problem)] == [
        True,
        True,
    ]
    assert rows[2].problem is None


def test_a_quotation_that_swallows_a_large_file_is_refused(table_file: Write) -> None:
    with pytest.raises(FileProblem, match="never closed"):
        list(open_table(table_file('title,place\n"never closed,' + "x,y\n" * 400_000)).rows())


def test_ten_thousand_columns_are_no_trouble(table_file: Write) -> None:
    header = ["title", "place", *(f"extra {n}" for n in range(10_000))]
    table = open_table(table_file(",".join(header) + "\n" + ",".join("x" for _ in header)))
    assert len(next(table.rows()).cells) == 10_002


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_file_problem(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.csv"
    path.write_bytes(content)
    said = ""
    try:
        for row in open_table(path).rows():
            assert len(row.cells) >= 1
    except FileProblem as problem:
        said = str(problem)
    assert codecs.BOM_UTF8.decode() not in said
