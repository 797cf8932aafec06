"""KML and KMZ: placemarks with their time and data; nothing is fetched, nothing is expanded."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from data.errors import FileProblem
from data.importing.table_file import Row
from data.readers import archive
from data.readers.geojson import from_geometry
from data.readers.table import Table, as_text, sha256_of

NAME = "kml"
_SHAPES = ("Point", "LineString", "LinearRing", "Polygon")


def recognises(path: Path, head: bytes) -> bool:
    """Know KML by its root, KMZ by the KML inside."""
    if head.startswith(archive.SIGNATURE) and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as file:
            return any(name.lower().endswith(".kml") for name in file.namelist())
    return (
        re.match(rb"(\xef\xbb\xbf)?\s*<", head) is not None
        and re.search(rb"<(\w+:)?kml[\s>]", head) is not None
    )


def open_table(path: Path) -> Table:
    """Open a document; its columns are all data that placemarks have."""
    names: dict[str, None] = {}
    try:
        for cells, _problem in _placemarks(path):
            names |= dict.fromkeys(cells)
    except ParseError as error:
        if not names:
            raise FileProblem(f"{path.name} is broken XML ({error}); nothing was imported") from error
    if not names:
        raise FileProblem(f"{path.name} has no placemarks; nothing was imported")
    header = tuple(names)

    def rows() -> Iterator[Row]:
        number = 0
        try:
            for number, (cells, problem) in enumerate(_placemarks(path), start=1):
                yield Row(number, tuple(cells.get(name, "") for name in header), problem)
        except ParseError:
            problem = "the file is cut off or broken here; get the whole file"
            yield Row(number + 1, ("",) * len(header), problem)

    ours = {"geo_status", "reported_country"} <= set(header)
    return Table(path, sha256_of(path), NAME, header, rows, frozenset(() if ours else {"area"}))


@contextmanager
def _document(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as file:
        if not file.read(4).startswith(archive.SIGNATURE):
            file.seek(0)
            yield file
            return
    with archive.opened(path) as packed:
        inside = [name for name in packed.namelist() if name.lower().endswith(".kml")]
        main = next((name for name in inside if name.lower() == "doc.kml"), inside[0])
        with packed.open(main) as document:
            yield document


def _placemarks(path: Path) -> Iterator[tuple[dict[str, str], str | None]]:
    try:
        with _document(path) as document:
            open_elements: list[Element] = []
            parse: Any = iterparse(document, events=("start", "end"), forbid_dtd=True)
            for event, element in parse:
                if event == "start":
                    open_elements.append(element)
                    continue
                open_elements.pop()
                if _tag(element) == "Placemark":
                    try:
                        yield _cells(element), None
                    except ValueError as error:
                        yield {}, f"its geometry {error}"
                if _tag(element) in ("Placemark", "Style", "StyleMap", "Schema") and open_elements:
                    open_elements[-1].remove(element)
    except DefusedXmlException as error:
        raise FileProblem(
            f"{path.name} has a document type or entities, which KML does not need; it was not read"
        ) from error
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise FileProblem(f"{path.name} is a broken archive ({error}): get the whole file") from error


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _cells(placemark: Element) -> dict[str, str]:
    cells: dict[str, str] = {}
    data: dict[str, str] = {}
    shapes: list[dict[str, Any]] = []
    for element in placemark.iter():
        tag, text = _tag(element), (element.text or "").strip()
        if tag == "Data":
            value = next((child.text for child in element if _tag(child) == "value"), None)
            data[element.get("name") or "data"] = as_text((value or "").strip())
        elif tag == "SimpleData":
            data[element.get("name") or "data"] = as_text(text)
        elif tag in ("begin", "when"):
            cells["date_start"] = _day(text)
        elif tag == "end":
            cells["date_end"] = _day(text)
        elif tag in _SHAPES[:2] or tag == "Polygon":
            shapes.append(_shape(element, tag))
    if {"geo_status", "reported_country"} <= set(data):
        return data
    for child in placemark:
        if _tag(child) == "name" and child.text:
            cells["title"] = as_text(child.text.strip())
        elif _tag(child) == "description" and child.text:
            cells["summary"] = as_text(" ".join(unescape(re.sub(r"<[^>]*>", " ", child.text)).split()))
    if placemark.get("id"):
        cells["event_id"] = str(placemark.get("id"))
    if shapes:
        cells |= from_geometry(shapes[0] if len(shapes) == 1 else _together(shapes))
    return {**cells, **{("area (data)" if name == "area" else name): text for name, text in data.items()}}


def _day(text: str) -> str:
    """Take the day as written: the zone of a time is that of the writer's clock, not of the incident."""
    return text.partition("T")[0]


def _shape(element: Element, tag: str) -> dict[str, Any]:
    if tag == "Polygon":
        rings = [_positions(part) for part in element.iter() if _tag(part) == "LinearRing"]
        return {"type": tag, "coordinates": rings}
    line = _positions(element)
    return {"type": tag, "coordinates": line[0] if tag == "Point" and line else line}


def _positions(element: Element) -> list[list[float]]:
    text = next((part.text or "" for part in element.iter() if _tag(part) == "coordinates"), "")
    return [[float(n) for n in position.split(",")[:2]] for position in text.split()]


def _together(shapes: list[dict[str, Any]]) -> dict[str, Any]:
    if all(shape["type"] == "Polygon" for shape in shapes):
        return {"type": "MultiPolygon", "coordinates": [shape["coordinates"] for shape in shapes]}
    return {"type": "GeometryCollection", "geometries": shapes}
