"""Builds the gazetteer file from the installed packages, the extra places and the installed dumps."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from geo import paths, schema, writer
from geo.assemble import Inputs, Progress, SourceRow, assemble, sha256
from geo.errors import GazetteerError
from geo.lock import only_one
from geo.sources import cities, codifier, extra, iso, localgeocode, own, us
from geo.sources.record import PlaceRecord

ADMIN1_FILE = "admin1CodesASCII.txt"


def silent(_: str) -> None:
    """Report no progress."""


def inputs(extra_places: Path | None = None, dumps: Path | None = None) -> Inputs:
    """Return what there is to build from: the given or bundled extra places and the dumps kept by `geo install`."""
    folder = dumps or paths.dumps_path()
    kept = sorted(folder.glob("??.txt")) if folder.is_dir() else []
    codes = folder / ADMIN1_FILE
    return Inputs(
        extra=extra_places or extra.default_path(),
        dumps=tuple((path.stem, path) for path in kept),
        admin1_codes=codes if codes.is_file() else None,
    )


def fingerprint(given: Inputs) -> str:
    """Return a checksum of all that a build depends on."""
    parts = [
        f"schema {schema.SCHEMA_VERSION}",
        cities.label(),
        localgeocode.label(),
        iso.label(),
        codifier.label(),
        us.label(),
        own.label(),
    ]
    files = [given.extra, given.admin1_codes, *(path for _, path in given.dumps)]
    parts += [sha256(path) for path in files if path is not None]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def stored_fingerprint(path: Path) -> str | None:
    """Return the fingerprint of a whole gazetteer file, None when there is none or it is broken."""
    try:
        schema.check(path)
    except GazetteerError:
        return None
    with contextlib.closing(schema.connect(path)) as connection:
        row = connection.execute("SELECT value FROM meta WHERE name='fingerprint'").fetchone()
    return row[0] if row else None


def write_sources(connection: sqlite3.Connection, rows: Iterable[SourceRow]) -> None:
    """Record what was read."""
    connection.executemany(
        "INSERT OR REPLACE INTO sources VALUES(?,?,?,?,?,?)",
        [(row.source, row.label, row.places, row.sha256, row.origin, row.read_at) for row in rows],
    )


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary file that takes the place of `path` when the block ends well, and vanishes otherwise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def build(
    path: Path | None = None,
    *,
    extra_places: Path | None = None,
    force: bool = False,
    progress: Progress = silent,
) -> bool:
    """Build the gazetteer; return False when the one that is there is whole and up to date."""
    path = path or paths.gazetteer_path()
    if not force and _up_to_date(path, extra_places):
        return False
    with only_one(path, progress):
        if not force and _up_to_date(path, extra_places):
            return False  # the process waited for has built it
        given = inputs(extra_places)
        places, rows = assemble(given, progress)
        progress(f"writing {len(places):,} places")
        with replacing(path) as temporary:
            write(temporary, places.values(), rows, fingerprint(given))
    return True


def _up_to_date(path: Path, extra_places: Path | None) -> bool:
    return stored_fingerprint(path) == fingerprint(inputs(extra_places))


def write(path: Path, records: Iterable[PlaceRecord], rows: Iterable[SourceRow], mark: str) -> None:
    """Write a whole gazetteer into an empty file."""
    records = list(records)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        writer.prepare(connection)
        writer.insert(connection, records)
        writer.insert_divisions(connection, records)
        write_sources(connection, rows)
        writer.finish(connection, mark, mark)
        connection.execute("ANALYZE")
        connection.commit()
