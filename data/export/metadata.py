"""What every export says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from data.filters import Filters
from data.records.write import now

METHOD = (
    "Incidents as reported by their sources, not verified facts. Each position carries its precision (geo_precision), "
    "status (geo_status) and radius of uncertainty in metres (radius_m); areas are never reduced to a point. "
    "Dates are earliest and latest possible day."
)
LICENCE = (
    "Compiled from published reports named with each incident; their own terms apply to them. "
    "Place names and positions: GeoNames (CC BY 4.0)."
)


@dataclass(frozen=True)
class Choices:
    """What may be asked for beside the rows."""

    bom: bool = False
    """Begin a text file with a byte order mark, which some spreadsheets need."""
    hxl: bool = False
    """Put a row of HXL hashtags below the names of the columns."""

    @property
    def encoding(self) -> str:
        """How a text file is written."""
        return "utf-8-sig" if self.bom else "utf-8"


@dataclass(frozen=True)
class Metadata:
    """Filters in words and as parameters, data version, day, method and licence."""

    sentence: str
    filters: Filters
    version: str

    def to_dict(self, rows: int) -> dict[str, Any]:
        """Give the note as plain values."""
        return {
            "title": self.sentence,
            "filters": self.filters.to_query(),
            "rows": rows,
            "data_version": self.version,
            "exported_at": now().isoformat() + "Z",
            "rounding": "coordinates as recorded, at most 7 decimals",
            "method": METHOD,
            "licence": LICENCE,
        }
