"""Reads tables of incidents: distinct place strings as written, and where their incidents lie."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from geo.admin_words import split_kind
from geo.errors import SourceError
from geo.precision import AREA_CLASSES
from geo.sphere import distance_km

NAMES = ("town/city", "district", "province")
NEEDED = (*NAMES, "country", "lat", "lon")
RIGHT_KM = 25.0


@dataclass(frozen=True, slots=True)
class Question:
    """A place as somebody wrote it, and the middle of its incidents."""

    country: str
    place: str
    within: tuple[str, ...]
    lat: float
    lon: float

    def is_right(self, lat: float, lon: float, precision: str, radius_m: float) -> bool:
        """Tell whether an answer is right: within 25 km, or inside the area when nothing but an area is named."""
        only_area = precision in AREA_CLASSES and (
            not self.within or split_kind(self.place).kind in ("adm1", "adm2")
        )
        reach = radius_m / 1000 if only_area else 0.0
        return distance_km(self.lat, self.lon, lat, lon) <= max(RIGHT_KM, reach)


def questions(path: Path) -> list[Question]:
    """Return each distinct string of a table's place columns once; raise SourceError for a table without them."""
    asked: dict[tuple[str, ...], list[tuple[float, float]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
        if missing:
            raise SourceError(
                f"{path.name} has no column {missing[0]!r}: a table of incidents needs {', '.join(NEEDED)}"
            )
        for row in reader:
            names = [name for column in NAMES if (name := row[column].strip())]
            if names and row["lat"] and row["lon"]:
                asked[(row["country"].strip(), *names)].append((float(row["lat"]), float(row["lon"])))
    return [
        Question(key[0], key[1], key[2:], median(p[0] for p in at), median(p[1] for p in at))
        for key, at in asked.items()
    ]
