"""A GeoNames country dump: 19 tab-separated columns, no header (CC BY 4.0), and the code files beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from geo.errors import SourceError
from geo.sources.record import PlaceRecord, clean_name, split_codes

COLUMNS = 19
KEPT_CLASSES = frozenset("APHLTSRV")


def _number(value: str, path: Path, line: int, column: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise SourceError(
            f"{path.name}, line {line}: {column} should be a number, not {value[:40]!r}"
        ) from None


def read(path: Path) -> Iterator[PlaceRecord]:
    """Yield the places of a dump; raise SourceError naming the first line that is not one."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        try:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    record = _record(line.rstrip("\r\n").split("\t"), path, number)
                    if record is not None:
                        yield record
        except UnicodeDecodeError as error:
            raise SourceError(
                f"{path.name} is not a GeoNames dump: it is not UTF-8 text ({error.reason})"
            ) from error


def _record(cells: list[str], path: Path, line: int) -> PlaceRecord | None:
    if len(cells) != COLUMNS:
        raise SourceError(
            f"{path.name}, line {line}: a GeoNames dump has {COLUMNS} tab-separated columns, this line has "
            f"{len(cells)}; the file may be half downloaded"
        )
    if not cells[0].isdigit():
        raise SourceError(
            f"{path.name}, line {line}: geonameid should be a whole number, not {cells[0][:40]!r}"
        )
    name = clean_name(cells[1]) or clean_name(cells[2])
    if name is None or cells[6] not in KEPT_CLASSES:
        return None
    lat, lon = _number(cells[4], path, line, "latitude"), _number(cells[5], path, line, "longitude")
    if abs(lat) > 90 or abs(lon) > 180:
        raise SourceError(f"{path.name}, line {line}: {cells[4]}, {cells[5]} is not a position on the globe")
    names = {cleaned for raw in (cells[2], *cells[3].split(",")) if (cleaned := clean_name(raw))}
    names, codes = split_codes(names)
    return PlaceRecord(
        key=int(cells[0]),
        name=name,
        lat=lat,
        lon=lon,
        feature=cells[7] or cells[6],
        country=cells[8],
        admin1=cells[10],
        population=int(_number(cells[14] or "0", path, line, "population")),
        source="geonames",
        alternates=names - {name},
        codes=codes,
    )


def read_admin1_codes(path: Path) -> dict[tuple[str, str], tuple[str, int]]:
    """Read `admin1CodesASCII.txt`: (country, code) -> (name, geonameid)."""
    codes = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        cells = line.split("\t")
        if len(cells) != 4 or "." not in cells[0] or not cells[3].isdigit():
            raise SourceError(f"{path.name}, line {number}: expected code, name, ASCII name, geonameid")
        country, code = cells[0].split(".", 1)
        codes[country, code] = (cells[1], int(cells[3]))
    return codes
