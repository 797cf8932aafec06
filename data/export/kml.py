"""KML with a time span for every incident; what is known only as an area is drawn as one, or not at all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from data.export import flat
from data.export.geojson import geometry
from data.export.metadata import Choices, Metadata
from data.export.rows import Row, Selection

BESIDE = False
"""What the rows are is told in the document's description."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_COUNT = b" " * 12
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n'


def write(path: Path, selection: Selection, metadata: Metadata, choices: Choices) -> int:
    """Write all rows; return how many there were. The count, known last, is put into room left for it."""
    names = flat.columns(selection)
    count = 0
    with path.open("wb") as out:
        note = metadata.to_dict(0)
        out.write(_HEAD.encode())
        out.write(f"<name>{_text(note.pop('title'))}</name>\n<description>rows: ".encode())
        room = out.tell()
        note.pop("rows")
        said = "".join(f"\n{name}: {_text(value)}" for name, value in note.items())
        out.write(_COUNT + f"{said}</description>\n".encode())
        for row in selection.rows:
            out.write(_placemark(row, names, selection).encode("utf-8"))
            count += 1
        out.write(b"</Document></kml>\n")
        out.seek(room)
        out.write(str(count).ljust(len(_COUNT)).encode())
    return count


def _text(value: Any) -> str:
    return escape(_UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", str(value)))


def _placemark(row: Row, names: tuple[str, ...], selection: Selection) -> str:
    parts = ["<Placemark>", f"<name>{_text(row['title'])}</name>"]
    if row["summary"]:
        parts.append(f"<description>{_text(row['summary'])}</description>")
    if row["date_start"] is not None:
        parts.append(f"<TimeSpan><begin>{row['date_start']}</begin><end>{row['date_end']}</end></TimeSpan>")
    parts.append("<ExtendedData>")
    for name, value in zip(names, flat.values(row, selection), strict=True):
        if value is not None:
            parts.append(f"<Data name={quoteattr(name)}><value>{_text(flat.as_text(value))}</value></Data>")
    parts.append("</ExtendedData>")
    drawn = geometry(row)
    if drawn is not None:
        parts.append(_shape(drawn))
    return "".join(parts) + "</Placemark>\n"


def _shape(drawn: dict[str, Any]) -> str:
    if drawn["type"] == "Point":
        return f"<Point><coordinates>{_positions([drawn['coordinates']])}</coordinates></Point>"
    if drawn["type"] == "Polygon":
        return _polygon(drawn["coordinates"])
    return f"<MultiGeometry>{''.join(_polygon(part) for part in drawn['coordinates'])}</MultiGeometry>"


def _polygon(rings: list[Any]) -> str:
    sides = ["outerBoundaryIs", *["innerBoundaryIs"] * (len(rings) - 1)]
    drawn = (
        f"<{side}><LinearRing><coordinates>{_positions(ring)}</coordinates></LinearRing></{side}>"
        for side, ring in zip(sides, rings, strict=True)
    )
    return f"<Polygon>{''.join(drawn)}</Polygon>"


def _positions(ring: list[Any]) -> str:
    return " ".join(f"{position[0]!r},{position[1]!r}" for position in ring)
