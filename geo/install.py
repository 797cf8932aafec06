"""Adds GeoNames country dumps to a gazetteer, without building the rest anew."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geo import paths, schema, writer
from geo.assemble import Inputs, Progress, assemble
from geo.build import build, fingerprint, inputs, replacing, silent, write_sources
from geo.errors import GazetteerMissing, SourceError
from geo.fetch import fetch, fetch_admin1
from geo.leftovers import clear_leftovers
from geo.lock import only_one
from geo.relink import relink
from geo.sources.dump import read_admin1_codes
from geo.sources.record import conflict

_CODE = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Installed:
    """What an installation did."""

    country: str
    places: int
    """Places of the country now."""
    before: int
    sha256: str
    origin: str


def install(
    codes: Sequence[str],
    origin: str | None = None,
    *,
    path: Path | None = None,
    dumps: Path | None = None,
    progress: Progress = silent,
) -> list[Installed]:
    """Install the dumps of some countries from a folder, file, zip or address; GeoNames' own when none is given.

    All or nothing: the gazetteer is replaced at the end, and a failure leaves it as it was.
    """
    path = path or paths.gazetteer_path()
    folder = dumps or paths.dumps_path()
    codes = list(dict.fromkeys(code.strip().upper() for code in codes))
    for code in codes:
        if not _CODE.fullmatch(code):
            raise SourceError(f"{code!r} is not a two-letter country code such as UA")
    try:
        schema.check(path)
    except GazetteerMissing:
        progress("there is no gazetteer yet: building it first")
        build(path, progress=progress)
    folder.mkdir(parents=True, exist_ok=True)
    with only_one(path, progress), tempfile.TemporaryDirectory(prefix=".incoming-", dir=folder) as name:
        clear_leftovers(path, folder)
        incoming = Path(name)
        fetched = {}
        for number, code in enumerate(codes, start=1):
            progress(f"{code} ({number} of {len(codes)})")
            fetched[code] = fetch(code, origin, incoming, progress)
        codes_file = fetch_admin1(origin, incoming, progress)
        if codes_file is not None:
            read_admin1_codes(codes_file)
        kept = inputs(dumps=folder)
        given = replace(
            kept,
            dumps=tuple((code, file) for code, (file, _) in fetched.items()),
            admin1_codes=codes_file or kept.admin1_codes,
        )
        return _apply(path, given, codes, fetched, progress, folder, codes_file)


def _apply(
    path: Path,
    given: Inputs,
    codes: Sequence[str],
    fetched: dict[str, tuple[Path, str]],
    progress: Progress,
    folder: Path,
    codes_file: Path | None,
) -> list[Installed]:
    places, rows = assemble(given, progress, countries=codes)
    mark = _mark_after(given, folder)
    with replacing(path) as temporary:
        shutil.copyfile(path, temporary)
        with contextlib.closing(sqlite3.connect(temporary)) as connection:
            connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
            connection.execute("UPDATE meta SET value='no' WHERE name='complete'")
            progress(f"replacing the places of {', '.join(codes)}")
            before = {code: writer.records_of(connection, code) for code in codes}
            for records in before.values():
                writer.delete(connection, records)
            elsewhere = writer.records_by_key(connection, places)
            for record in elsewhere:  # the dump counts them to this country, another source to its neighbour
                if conflict(places[record.key], record):
                    del places[record.key]
                else:
                    places[record.key].absorb(record)
            writer.delete(connection, [record for record in elsewhere if record.key in places])
            writer.insert(connection, places.values())
            writer.insert_divisions(connection, places.values())
            if given.admin1_codes is not None:
                connection.execute("CREATE INDEX towns_of ON places(country, admin1)")
                relink(connection, read_admin1_codes(given.admin1_codes), codes)
                connection.execute("DROP INDEX towns_of")
            added = [
                replace(row, origin=fetched[row.source[-2:]][1])
                for row in rows
                if row.source.startswith("geonames:")
            ]
            write_sources(connection, [*added, *(row for row in rows if row.source == "admin1")])
            writer.finish(connection, mark, mark)
        files = [file for file, _ in fetched.values()]
        for file in files if codes_file is None else [*files, codes_file]:
            os.replace(
                file, folder / file.name
            )  # before the gazetteer: a rebuild then makes up for a crash here
    totals = Counter(place.country for place in places.values())
    by_code = {row.source[-2:]: row for row in added}
    return [
        Installed(code, totals[code], len(before[code]), by_code[code].sha256, by_code[code].origin)
        for code in codes
    ]


def _mark_after(given: Inputs, folder: Path) -> str:
    """Return the fingerprint that a full build would have once the new files are kept."""
    kept = dict(inputs(dumps=folder).dumps) | dict(given.dumps)
    return fingerprint(replace(given, dumps=tuple(sorted(kept.items()))))
