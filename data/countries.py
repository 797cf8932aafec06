"""Country names and ISO 3166-1 alpha-2 codes."""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from pathlib import Path

import pycountry

from data.schema import plain

_ALSO = {
    "russia": "RU", "turkey": "TR", "uk": "GB", "great_britain": "GB", "england": "GB", "usa": "US",
    "united_states_of_america": "US", "syria": "SY", "iran": "IR", "moldova": "MD", "north_korea": "KP",
    "south_korea": "KR", "ivory_coast": "CI", "czech_republic": "CZ", "palestine": "PS", "gaza": "PS",
    "vietnam": "VN", "laos": "LA", "bolivia": "BO", "venezuela": "VE", "tanzania": "TZ", "kosovo": "XK", "xk": "XK",
    "belorussia": "BY", "byelorussia": "BY", "dr_congo": "CD", "drc": "CD", "burma": "MM", "taiwan": "TW",
    "україна": "UA", "украина": "UA", "росія": "RU", "россия": "RU", "білорусь": "BY", "беларусь": "BY",
    "белоруссия": "BY", "молдова": "MD", "польща": "PL", "польша": "PL", "румунія": "RO", "румыния": "RO",
}  # fmt: skip


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for country in pycountry.countries:
        for key in ("name", "common_name", "official_name", "alpha_2", "alpha_3"):
            name = getattr(country, key, None)
            if name:
                names.setdefault(plain(name), country.alpha_2)
    return {**names, **_ALSO}


@lru_cache(4_096)
def code_of(name: str) -> str | None:
    """Find the code for a name, an alpha-2 or an alpha-3 code; None when it is no known country."""
    return _names().get(plain(name))


def codes() -> frozenset[str]:
    """Give every code."""
    return frozenset(_names().values())


@cache
def name_of(code: str) -> str:
    """Give the usual English name of a country code; an unknown code stays itself."""
    country = pycountry.countries.get(alpha_2=code)
    if country is None:
        return "Kosovo" if code == "XK" else code
    return str(getattr(country, "common_name", country.name)).removesuffix(", Republic of")


@cache
def _extents() -> dict[str, tuple[float, float, float, float]]:
    """Read for each code the box around its settlements: west, south, east, north; west > east crosses 180 degrees."""
    with (Path(__file__).parent / "schema" / "extents.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["country"]: (float(row["west"]), float(row["south"]), float(row["east"]), float(row["north"]))
            for row in csv.DictReader(file)
        }


def has_extent(code: str) -> bool:
    """Say whether it is known where a country lies."""
    return code in _extents()


def may_contain(code: str, lat: float, lon: float) -> bool:
    """Say whether a position can lie in a country: in the box around its settlements, with a degree to spare."""
    west, south, east, north = _extents()[code]
    if not (south - 1 <= lat <= north + 1):
        return False
    if west <= east:
        return west - 1 <= lon <= east + 1
    return -180 <= lon <= 180 and (lon >= west - 1 or lon <= east + 1)
