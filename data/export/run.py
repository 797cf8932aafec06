"""Run an export into a file, which appears whole or not at all, or into memory."""

from __future__ import annotations

import io
import json
import os
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import IO, TYPE_CHECKING

from data.errors import InputError
from data.export import csv, geojson
from data.export.metadata import Metadata
from data.export.rows import select
from data.filters import Filters
from data.publication import Audience

if TYPE_CHECKING:
    from data.store import Store

FORMATS: dict[str, ModuleType] = {"csv": csv, "geojson": geojson}
"""Each has `write(out, selection, metadata)` and `BESIDE`: whether the note goes into a file of its own."""


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
) -> Exported:
    """Write an export; its kind follows from the name unless given. CSV gets a `.meta.json` beside it."""
    writer = _writer(kind or path.suffix.lstrip(".").lower(), path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as out:
            done, metadata = _write(store, filters, audience, writer, out)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    if writer.BESIDE:
        note = json.dumps(metadata.to_dict(done.rows), ensure_ascii=False, indent=2)
        path.with_name(path.name + ".meta.json").write_text(note + "\n", encoding="utf-8")
    return done


def to_bytes(
    store: Store, filters: Filters, kind: str, *, audience: Audience = "public", bom: bool = False
) -> bytes:
    """Give an export as bytes, for a download button."""
    out = io.StringIO(newline="")
    _write(store, filters, audience, _writer(kind, Path(f"export.{kind}")), out)
    return out.getvalue().encode("utf-8-sig" if bom else "utf-8")


def _write(
    store: Store, filters: Filters, audience: Audience, writer: ModuleType, out: IO[str]
) -> tuple[Exported, Metadata]:
    with select(store, filters, audience=audience) as selection:
        sentence = filters.sentence(store.events.counts(filters, audience=audience))
        metadata = Metadata(sentence, filters, selection.version)
        rows = writer.write(out, selection, metadata)
    return Exported(rows, selection.version, sentence), metadata


def _writer(kind: str, path: Path) -> ModuleType:
    if kind not in FORMATS:
        expected = f"name the file .{' or .'.join(FORMATS)}"
        raise InputError(column="export", value=path.name, problem="is of no known format", expected=expected)
    return FORMATS[kind]
