"""What the title and the source say besides the mentions."""

from __future__ import annotations

import re
from collections import defaultdict

from geo.documents.features import Hints
from geo.documents.model import Document
from geo.documents.names import Names
from geo.documents.rows import COUNTRY
from geo.documents.source import source_country

_WORD = re.compile(r"[^\W\d_][\w’'-]+")
MOST_TITLE = 300
LEAST_POPULATION = 100_000


def read_hints(document: Document, names: Names) -> Hints:
    """Return the countries and divisions that the title names, and the country of the source's address."""
    countries: dict[int, float] = defaultdict(float)
    divisions: dict[int, float] = defaultdict(float)
    for name in title_names(document.title[:MOST_TITLE]):
        known = names.known(name)
        if not known.places or "part" in known.hows or "code" in known.hows:
            continue
        place = known.places[0]
        if known.kind[0] != COUNTRY and place.population < LEAST_POPULATION:
            continue
        if known.country[0]:
            countries[int(known.country[0])] += 1.0
        if known.admin1[0]:
            divisions[int(known.admin1[0])] += 1.0
    total = sum(countries.values()) or 1.0
    return Hints(
        {number: votes / total for number, votes in countries.items()},
        {number: votes / total for number, votes in divisions.items()},
        names.number(source_country(document.source)),
    )


def title_names(title: str) -> list[str]:
    """Return what may be names in a title: its capitalised words, one at a time."""
    return [word for word in _WORD.findall(title) if word[0].isupper() and len(word) > 3]
