"""Run an export into a file, which appears whole or not at all, or into memory."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from data.errors import InputError
from data.export import csv, geojson, gpkg, kml, parquet, xlsx
from data.export.metadata import Choices, Metadata
from data.export.rows import select
from data.filters import Filters
from data.publication import Audience

if TYPE_CHECKING:
    from data.store import Store

FORMATS: dict[str, ModuleType] = {
    "csv": csv,
    "geojson": geojson,
    "xlsx": xlsx,
    "kml": kml,
    "gpkg": gpkg,
    "parquet": parquet,
}
"""Each has `write(path, selection, metadata, choices)` and `BESIDE`: whether the note goes into a file of its own."""
TAGGED = ("csv", "xlsx")
"""Formats that can have a row of HXL hashtags."""


@dataclass(frozen=True)
class Exported:
    """What was written."""

    rows: int
    version: str
    sentence: str


def to_file(
    store: Store,
    filters: Filters,
    path: Path,
    kind: str | None = None,
    *,
    audience: Audience = "public",
    bom: bool = False,
    hxl: bool = False,
) -> Exported:
    """Write an export; its kind follows from the name unless given. CSV gets a `.meta.json` beside it."""
    kind = kind or path.suffix.lstrip(".").lower()
    writer = _writer(kind, path, hxl)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        done, metadata = _write(store, filters, audience, writer, temporary, Choices(bom, hxl))
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
        temporary.with_name(temporary.name + "-journal").unlink(missing_ok=True)
    if writer.BESIDE:
        note = json.dumps(metadata.to_dict(done.rows), ensure_ascii=False, indent=2)
        path.with_name(path.name + ".meta.json").write_text(note + "\n", encoding="utf-8")
    return done


def to_bytes(
    store: Store,
    filters: Filters,
    kind: str,
    *,
    audience: Audience = "public",
    bom: bool = False,
    hxl: bool = False,
) -> bytes:
    """Give an export as bytes, for a download button."""
    writer = _writer(kind, Path(f"export.{kind}"), hxl)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"export.{kind}"
        _write(store, filters, audience, writer, path, Choices(bom, hxl))
        return path.read_bytes()


def _write(
    store: Store, filters: Filters, audience: Audience, writer: ModuleType, path: Path, choices: Choices
) -> tuple[Exported, Metadata]:
    with select(store, filters, audience=audience) as selection:
        sentence = filters.sentence(store.events.counts(filters, audience=audience))
        metadata = Metadata(sentence, filters, selection.version)
        rows = writer.write(path, selection, metadata, choices)
    return Exported(rows, selection.version, sentence), metadata


def _writer(kind: str, path: Path, hxl: bool) -> ModuleType:
    if kind not in FORMATS:
        expected = f"name the file .{' or .'.join(FORMATS)}"
        raise InputError(column="export", value=path.name, problem="is of no known format", expected=expected)
    if hxl and kind not in TAGGED:
        expected = f"ask for {' or '.join(TAGGED)}"
        raise InputError(column="--hxl", value=kind, problem="has no row for hashtags", expected=expected)
    return FORMATS[kind]
