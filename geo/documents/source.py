"""Where a source is at home, read from its address."""

from __future__ import annotations

import re

from geo.documents.names import Names

_HOST = re.compile(r"^(?:\w+://)?(?:[\w-]+\.)+([a-z]{2})(?=[:/?#]|$)", re.IGNORECASE)
_DOMAINS = {
    "UK": "GB",
    "EU": "",
    "TV": "",
    "CO": "",
    "ME": "",
    "IO": "",
    "FM": "",
    "AI": "",
    "LY": "",
    "CC": "",
}
"""Endings that are no country code, or are used by everybody."""
_SITE = re.compile(r"^(?:\w+://)?(?:www\.)?([a-z-]{5,40})\.[a-z.]+(?=[:/?#]|$)", re.IGNORECASE)
_PAPER = re.compile(
    r"-?(?:daily|sunday|morning|evening|weekly|news|times|herald|tribune|gazette|press|post|journal|chronicle|democrat|"
    r"republican|eagle|star|advocate|courier|dispatch|enterprise|examiner|independent|leader|ledger|messenger|monitor|"
    r"observer|record|register|reporter|review|sentinel|standard|telegram|telegraph|today|extra|online|now|citizen|"
    r"banner|bulletin|argus|echo|globe|mercury|mirror|pilot|sun|-)+$|$"
)
"""What a newspaper adds to its town's name, or nothing."""
SHORTEST_TOWN, LEAST_TOWN = 4, 1_000


def source_country(source: str) -> str:
    """Return the country whose code ends a source's address, empty when there is none.

    >>> source_country("https://www.example.co.uk/news"), source_country("www.example.ca"), source_country("Example")
    ('GB', 'CA', '')
    """
    found = _HOST.match(source.strip())
    if not found:
        return ""
    code = found[1].upper()
    return _DOMAINS.get(code, code)


def source_town(source: str, names: Names) -> str:
    """Return the town in a source's address ("lemarssentinel.com": Le Mars), empty when there is none."""
    found = _SITE.match(source.strip())
    if not found:
        return ""
    site = found[1].lower()
    for paper in _PAPER.finditer(site):
        core = site[: paper.start()].removeprefix("the").strip("-").replace("-", " ")
        if len(core) < SHORTEST_TOWN:
            break
        for at in range(len(core) - 2):
            name = (f"{core[:at]} {core[at:]}" if at else core).title()
            known = names.known(name)
            for place, how in zip(known.places, known.hows, strict=True):
                if how == "main" and place.feature.startswith("PPL") and place.population >= LEAST_TOWN:
                    return name
    return ""
