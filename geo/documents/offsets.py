"""“Kibumba, 20 km north of Goma”: how far, and which way, a name lies from the name after it."""

from __future__ import annotations

import re
from dataclasses import replace

from geo import relations
from geo.area import destination
from geo.model import Candidate
from geo.precision import offset_radius_m
from geo.relations import Offset

BARE_KM, BARE_RADIUS_M = 15.0, 20_000.0
"""“north of Goma”, without a distance: so far away, and within so much."""
_ASIDE = re.compile(r"\([^()]*\)\s*")
_LEADING = re.compile(r"^,?\s+(?:(?:which\s+)?(?:is|lies)\s+|(?:located|situated)\s+)?")


def offset_between(between: str) -> Offset | None:
    """Return what the words between two names say of the first one's distance and direction from the second.

    >>> offset_between(", about 20 miles (32 km) north of ").bearing, offset_between(" and ")
    (0.0, None)
    """
    said = _LEADING.sub("", _ASIDE.sub("", between))
    wind = relations.WIND.fullmatch(said)
    if wind:
        return Offset(BARE_KM, relations.bearing_of(wind["wind"]))
    found = relations.leading(said)
    return found.offset if found is not None and found.length == len(said) else None


def moved(candidate: Candidate, offset: Offset) -> Candidate:
    """Return a place that stands in for one that lies away from it, moved there."""
    first, *rest = candidate.reasons
    candidate = replace(
        candidate, reasons=(first, "the text says how far or which way it lies from there", *rest)
    )
    radius_m = BARE_RADIUS_M if offset.km == BARE_KM else offset_radius_m(offset.km)
    if offset.bearing is None:
        return replace(candidate, radius_m=1000 * offset.km + radius_m)
    lat, lon = destination(candidate.lat, candidate.lon, offset.bearing, offset.km)
    return replace(candidate, lat=lat, lon=lon, radius_m=radius_m)
