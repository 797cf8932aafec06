"""Country names and ISO 3166-1 alpha-2 codes."""

from __future__ import annotations

from functools import cache

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


def code_of(name: str) -> str | None:
    """Find the code for a name, an alpha-2 or an alpha-3 code; None when it is no known country."""
    return _names().get(plain(name))


@cache
def name_of(code: str) -> str:
    """Give the usual English name of a country code; an unknown code stays itself."""
    country = pycountry.countries.get(alpha_2=code)
    if country is None:
        return "Kosovo" if code == "XK" else code
    return str(getattr(country, "common_name", country.name)).removesuffix(", Republic of")
