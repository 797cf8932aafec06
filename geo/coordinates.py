"""Coordinates written in a place text: decimal, degrees with minutes and seconds, UTM, MGRS, plus codes."""

from __future__ import annotations

import re

import mgrs
import utm
from openlocationcode import openlocationcode

from geo.errors import PlaceTextError

LONGEST, LONGEST_WITH_NAME = 80, 200
_BRACKETED = re.compile(r"^\s*([^()\[\]]+?)\s*[(\[]([^()\[\]]+)[)\]]\s*$")
_MINUS = str.maketrans(dict.fromkeys("−–—‒‐‑﹣－", "-"))
_LABEL = re.compile(
    r"\b(?:lat(?:itude)?|lon(?:g(?:itude)?)?|coord(?:inate)?s?|широта|долгота|довгота)\b[.:=\s]*", re.I
)
_PART = (
    r"(?P<{0}p>[{1}])?\s*(?P<{0}d>[+-]?\d{{1,3}}(?:\.\d+)?)\s*[°º˚]?\s*"
    r"(?:(?P<{0}m>\d{{1,2}}(?:\.\d+)?)\s*['′’ʹ]?\s*)?"
    r"(?:(?P<{0}s>\d{{1,2}}(?:\.\d+)?)\s*(?:\"|″|”|''|’’|′′)?\s*)?(?P<{0}h>[{1}])?"
)
_LAT, _LON = _PART.format("a", "NSns"), _PART.format("o", "EWew")
_PAIRS = [
    re.compile(rf"^[\s(\[]*{first}\s*[,;/|\s]\s*{second}[\s)\].]*$")
    for first, second in ((_LAT, _LON), (_LON, _LAT))
] + [re.compile(rf"^[\s(\[]*{_LAT}\s*{_LON}[\s)\].]*$")]
_COMMA_DECIMALS = re.compile(
    r"^[\s(\[]*([NSEW]?\s*-?\d{1,3}),(\d+)(\s*°?\s*[NSEW]?\s*[;/|\s]\s*[NSEW]?\s*-?\d{1,3}),(\d+)(.*)$", re.I
)
_UTM = re.compile(
    r"^(?:UTM\s*)?(?P<zone>\d{1,2})\s*(?P<band>[C-HJ-NP-X])\s+(?P<east>\d{6}(?:\.\d+)?)\s*m?\s*E?[\s,;]+"
    r"(?P<north>\d{1,7}(?:\.\d+)?)\s*m?\s*N?$",
    re.I,
)
_MGRS = re.compile(r"^(?:MGRS[:\s]*)?(\d{1,2})\s*([C-HJ-NP-X])\s*([A-HJ-NP-Z]{2})\s*(\d[\d\s]*)$", re.I)
_PLUS = re.compile(r"^[23456789CFGHJMPQRVWX]{2,8}\+[23456789CFGHJMPQRVWX]{0,7}$", re.I)


def find(text: str) -> tuple[float, float] | None:
    """Return (lat, lon) when the text is a position in a usual notation, None when it is something else.

    Raise PlaceTextError when it is a position that cannot be: off the globe, or (0, 0).

    >>> find("48.35, 37.55"), find("48,35; 37,55"), find("N 48°21' E 37°33'"), find("Bakhmut")
    ((48.35, 37.55), (48.35, 37.55), (48.35, 37.55), None)
    """
    if len(text) > LONGEST or not any(char.isdigit() for char in text):
        return None
    text = _LABEL.sub("", text.translate(_MINUS)).strip()
    found = _grid(text) or _degrees(text)
    if found is not None:
        check(*found)
    return found


def beside(text: str) -> tuple[tuple[float, float], str] | None:
    """Return a position that stands in brackets behind a name, or before a name in brackets, and the name.

    >>> beside("Bakhmut (48.5949, 38.0009)"), beside("48.5949, 38.0009 (near Bakhmut)")
    (((48.5949, 38.0009), 'Bakhmut'), ((48.5949, 38.0009), 'near Bakhmut'))
    """
    parts = _BRACKETED.match(text) if len(text) <= LONGEST_WITH_NAME else None
    if parts is None:
        return None
    for position, name in ((2, 1), (1, 2)):
        given = find(parts[position])
        if given is not None:
            return given, parts[name].strip()
    return None


def _grid(text: str) -> tuple[float, float] | None:
    """Return the position of a UTM or MGRS reference or of a full plus code."""
    try:
        if found := _UTM.match(text):
            lat, lon = utm.to_latlon(
                float(found["east"]), float(found["north"]), int(found["zone"]), found["band"].upper()
            )
            return round(float(lat), 6), round(float(lon), 6)
        if found := _MGRS.match(text):
            digits = re.sub(r"\s", "", found[4])
            if len(digits) % 2 or len(digits) > 10:
                raise PlaceTextError(
                    f"an MGRS reference has an even number of digits, at most 10, not {len(digits)}"
                )
            lat, lon = mgrs.MGRS().toLatLon(f"{found[1]}{found[2]}{found[3]}{digits}".upper())
            return round(lat, 6), round(lon, 6)
    except (mgrs.core.MGRSError, utm.OutOfRangeError) as error:
        raise PlaceTextError(f"“{text}” is no position on the UTM or MGRS grid ({error})") from error
    if _PLUS.match(text) and openlocationcode.isFull(text):
        area = openlocationcode.decode(text)
        return round(area.latitudeCenter, 6), round(area.longitudeCenter, 6)
    return None


def split_short_code(text: str) -> tuple[str, str] | None:
    """Return a short plus code and the place it is near, None when the text is something else.

    >>> split_short_code("V75V+8Q Paris"), split_short_code("Paris")
    (('V75V+8Q', 'Paris'), None)
    """
    code, _, rest = text.strip().partition(" ")
    code = code.rstrip(",")
    if not rest.strip() or not _PLUS.match(code) or not openlocationcode.isShort(code):
        return None
    return code.upper(), rest.strip(" ,")


def recover(code: str, lat: float, lon: float) -> tuple[float, float]:
    """Return the position that a short plus code means near a point.

    >>> recover("V75V+8Q", 48.8, 2.3)
    (48.858312, 2.294437)
    """
    area = openlocationcode.decode(openlocationcode.recoverNearest(code, lat, lon))
    return round(area.latitudeCenter, 6), round(area.longitudeCenter, 6)


def _degrees(text: str) -> tuple[float, float] | None:
    """Return the position written in degrees, with hemispheres before or after, or as signed decimals."""
    comma = _COMMA_DECIMALS.match(text)
    if comma:
        text = f"{comma[1]}.{comma[2]}{comma[3]}.{comma[4]}{comma[5]}"
    for pattern in _PAIRS:
        found = pattern.match(text)
        if found and _is_position(found, text):
            return _value(found, "a"), _value(found, "o")
    return None


def _is_position(found: re.Match[str], text: str) -> bool:
    """Tell coordinates from two numbers: both have decimals, a degree sign or a hemisphere, or a comma between."""
    if any(found[f"{part}p"] and found[f"{part}h"] for part in "ao"):
        return False
    hemispheres = all(found[f"{part}p"] or found[f"{part}h"] for part in "ao")
    if found["am"] or found["om"]:
        return hemispheres
    return (
        hemispheres
        or all("." in found[f"{part}d"] for part in "ao")
        or ("," in text and text[0].isdigit())
        or "°" in text
    )


def _value(found: re.Match[str], part: str) -> float:
    degrees = float(found[f"{part}d"])
    minutes, seconds = float(found[f"{part}m"] or 0), float(found[f"{part}s"] or 0)
    if minutes >= 60 or seconds >= 60:
        raise PlaceTextError(f"minutes and seconds go up to 60, not {minutes:g}'{seconds:g}\"")
    value = abs(degrees) + minutes / 60 + seconds / 3600
    hemisphere = found[f"{part}p"] or found[f"{part}h"]
    negative = hemisphere in tuple("SsWw") if hemisphere else degrees < 0
    return -value if negative else value


def check(lat: float, lon: float) -> None:
    """Raise PlaceTextError unless the position is on the globe and not (0, 0)."""
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        swapped = " (latitude comes first)" if abs(lat) <= 180 and abs(lon) <= 90 else ""
        raise PlaceTextError(
            f"{lat:g}, {lon:g} is not on the globe: latitude is -90..90, longitude -180..180{swapped}"
        )
    if lat == 0 and lon == 0:
        raise PlaceTextError(
            "0, 0 is a place in the Atlantic that stands for missing coordinates: leave it empty"
        )
