"""Coordinates written in a place text, decimal or in degrees, minutes and seconds, latitude first."""

from __future__ import annotations

import re

from geo.errors import PlaceTextError

_DECIMAL = re.compile(
    r"^[\s(\[]*(?:lat(?:itude)?[:=\s]*)?(?P<lat>[+-−]?\d{1,3}(?:\.\d+)?)\s*°?\s*(?P<ns>[NSns])?\s*[,;/\s]\s*"
    r"(?:lon(?:g|gitude)?[:=\s]*)?(?P<lon>[+-−]?\d{1,3}(?:\.\d+)?)\s*°?\s*(?P<ew>[EWew])?[\s)\].]*$"
)
_PART = (
    r"(?P<{0}d>\d{{1,3}})\s*[°º]\s*(?:(?P<{0}m>\d{{1,2}}(?:\.\d+)?)\s*['′’ʹ]\s*)?"
    r"(?:(?P<{0}s>\d{{1,2}}(?:\.\d+)?)\s*(?:\"|″|”|''|’’)\s*)?(?P<{0}h>[{1}])"
)
_SEXAGESIMAL = re.compile(
    rf"^[\s(\[]*{_PART.format('a', 'NSns')}\s*[,;/]?\s*{_PART.format('o', 'EWew')}[\s)\].]*$"
)
LONGEST = 80


def find(text: str) -> tuple[float, float] | None:
    """Return (lat, lon) when the text is a pair of coordinates, None when it is something else.

    Raise PlaceTextError when they are coordinates that cannot be: off the globe, or (0, 0).

    >>> find("48.35, 37.55"), find("Bakhmut")
    ((48.35, 37.55), None)
    """
    if len(text) > LONGEST:
        return None
    found = _DECIMAL.match(text)
    if found:
        decimals = "." in found["lat"] and "." in found["lon"]
        if not (decimals or found["ns"] or found["ew"] or "," in text):
            return None
        lat = _signed(float(found["lat"].replace("−", "-")), found["ns"])
        lon = _signed(float(found["lon"].replace("−", "-")), found["ew"])
    else:
        found = _SEXAGESIMAL.match(text)
        if not found:
            return None
        lat, lon = _sexagesimal(found, "a"), _sexagesimal(found, "o")
    check(lat, lon)
    return lat, lon


def check(lat: float, lon: float) -> None:
    """Raise PlaceTextError unless the position is on the globe and not (0, 0)."""
    if abs(lat) > 90 or abs(lon) > 180:
        swapped = " (latitude comes first)" if abs(lat) <= 180 and abs(lon) <= 90 else ""
        raise PlaceTextError(
            f"{lat:g}, {lon:g} is not on the globe: latitude is -90..90, longitude -180..180{swapped}"
        )
    if lat == 0 and lon == 0:
        raise PlaceTextError(
            "0, 0 is a place in the Atlantic that stands for missing coordinates: leave it empty"
        )


def _signed(value: float, hemisphere: str | None) -> float:
    return -abs(value) if hemisphere and hemisphere in "SsWw" else value


def _sexagesimal(found: re.Match[str], part: str) -> float:
    minutes, seconds = float(found[f"{part}m"] or 0), float(found[f"{part}s"] or 0)
    if minutes >= 60 or seconds >= 60:
        raise PlaceTextError(f"minutes and seconds go up to 60, not {minutes:g}'{seconds:g}\"")
    return _signed(float(found[f"{part}d"]) + minutes / 60 + seconds / 3600, found[f"{part}h"])
