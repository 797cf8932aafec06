"""What `geo` answers with: frozen dataclasses, made once and passed around."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Geometry = dict[str, Any]
"""A GeoJSON geometry: `[lon, lat]`, WGS84."""

CAPITAL = "PPLC"
"""GeoNames' feature code of the seat of a country's government."""
OWN_KEYS, FIPS_KEYS, ZIP_KEYS, CODIFIER_KEYS = 10**12, 2 * 10**12, 3 * 10**12, 10**15
"""Keys from here on are not GeoNames ids: facts of our own, US counties, US post offices, Ukraine's codifier."""
_SCHEMES = (
    ("katottg", "UA", CODIFIER_KEYS, 0, 17),
    ("zip", "", ZIP_KEYS, ZIP_KEYS, 5),
    ("fips", "", FIPS_KEYS, FIPS_KEYS, 5),
    ("dateline", "", OWN_KEYS, OWN_KEYS, 1),
    ("geonames", "", 0, 0, 1),
)
"""Source, prefix, first key, what is taken off a key, digits; highest first."""


def place_id(key: int) -> str:
    """Return the public identifier of a key.

    >>> place_id(712589), place_id(14020090010053316), place_id(FIPS_KEYS + 1001)
    ('geonames:712589', 'katottg:UA14020090010053316', 'fips:01001')
    """
    if 0 <= key < OWN_KEYS:
        return f"geonames:{key}"
    source, prefix, _, offset, digits = next(scheme for scheme in _SCHEMES if key >= scheme[2])
    return f"{source}:{prefix}{key - offset:0{digits}d}"


def place_key(identifier: str) -> int | None:
    """Return the key of a public identifier, None when it is not one.

    >>> [place_key(text) for text in ("geonames:712589", "katottg:UA14020090010053316", "fips:01001", "x:1")]
    [712589, 14020090010053316, 2000000001001, None]
    """
    name, _, rest = identifier.partition(":")
    for source, prefix, _, offset, _ in _SCHEMES:
        digits = rest.removeprefix(prefix)
        if source == name and rest.startswith(prefix) and digits.isascii() and digits.isdecimal():
            return int(digits) + offset if len(digits) <= 17 else None
    return None


class Place(NamedTuple):
    """One place as the gazetteer holds it: a tuple, since thousands are made for each one that is shown."""

    key: int
    """GeoNames id."""
    name: str
    lat: float
    lon: float
    feature: str
    """GeoNames feature code: PPL, ADM1, PCLI, ..."""
    country: str
    """ISO 3166-1 alpha-2, empty for what belongs to none."""
    admin1: str
    """Code of the first-level division inside the country."""
    admin2: str
    """Name of the second-level division, where known."""
    population: int
    radius_m: float
    """Circle around (lat, lon) that the place fills."""
    name_count: int
    """How many names the place is known by."""
    own_names: str = ""
    """Its names in the languages that their letters tell, a line each: "uk Білогорівка"."""

    @property
    def id(self) -> str:
        """Return the public identifier, e.g. `geonames:712589`."""
        return place_id(self.key)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible answer for a name."""

    id: str
    name: str
    names: Mapping[str, str]
    """Names by language code, where the language is known."""
    lat: float
    lon: float
    geo_precision: str
    radius_m: float
    country: str | None
    admin1: str | None
    admin2: str | None
    population: int
    probability: float
    """Between 0 and 1, among the candidates of the same toponym and the chance that it is none of them."""
    reasons: tuple[str, ...]
    toponym: str
    """The name in the phrase that this candidate answers."""
    plausible: bool = True
    """Whether it belongs to the few that together hold nearly all the probability; an area in doubt covers them."""
    method: str = "gazetteer"
    """How it was found: `gazetteer`, or the name of an online provider."""
    attribution: str = ""
    """What must be shown beside an online provider's answer."""

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        row = {
            "id": self.id,
            "name": self.name,
            "names": dict(self.names),
            "lat": round(self.lat, 7),
            "lon": round(self.lon, 7),
            "geo_precision": self.geo_precision,
            "radius_m": round(self.radius_m),
            "country": self.country,
            "admin1": self.admin1,
            "admin2": self.admin2,
            "population": self.population,
            "probability": round(self.probability, 4),
            "reasons": list(self.reasons),
            "toponym": self.toponym,
            "plausible": self.plausible,
        }
        if self.attribution:
            row |= {"method": self.method, "attribution": self.attribution}
        return row


@dataclass(frozen=True, slots=True)
class Toponym:
    """One name in the phrase with its candidates, best first."""

    text: str
    start: int
    end: int
    """`phrase[start:end] == text`."""
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer for one place phrase."""

    text: str
    status: str
    """`auto`, `ambiguous` or `unresolved`."""
    relation: str
    """`at`, `near`, `between`, `toward`, `from`, `within` or `unknown`."""
    toponyms: tuple[Toponym, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    """The candidates of all toponyms, best first."""
    geo_precision: str = "unlocated"
    lat: float | None = None
    lon: float | None = None
    radius_m: float | None = None
    area: Geometry | None = None
    reasons: tuple[str, ...] = ()
    problem: str | None = field(default=None)
    """Why the text could not be read at all, when it could not."""

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON: a line of `geo batch` without its id."""
        line: dict[str, Any] = {
            "status": self.status,
            "relation": self.relation,
            "candidates": [candidate.to_dict() for candidate in self.candidates],
            "area": self.area,
            "toponyms": [{"text": t.text, "start": t.start, "end": t.end} for t in self.toponyms],
            "geo_precision": self.geo_precision,
            "lat": None if self.lat is None else round(self.lat, 7),
            "lon": None if self.lon is None else round(self.lon, 7),
            "radius_m": None if self.radius_m is None else round(self.radius_m),
            "reasons": list(self.reasons),
        }
        if self.problem is not None:
            line["error"] = self.problem
        return line
