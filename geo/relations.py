"""Relation words at the start, in the middle and at the end of a phrase: "near", "15 km north of", "outskirts"."""

from __future__ import annotations

import re
from dataclasses import dataclass

KM_PER_MILE = 1.609344
_POINTS = ["north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"]
BEARINGS = {name: 45.0 * index for index, name in enumerate(_POINTS)} | {
    "n": 0.0, "nne": 22.5, "ne": 45.0, "ene": 67.5, "e": 90.0, "ese": 112.5, "se": 135.0, "sse": 157.5,
    "s": 180.0, "ssw": 202.5, "sw": 225.0, "wsw": 247.5, "w": 270.0, "wnw": 292.5, "nw": 315.0, "nnw": 337.5,
}  # fmt: skip
_WINDS = r"(?:north|south)(?:[- ]?(?:east|west))?|east|west"
_ARTICLE = r"(?:the\s+)?"
_NEAR = (
    r"near(?:by)?(?:\s+to)?|close\s+to|(?:in\s+and\s+)?around|outside(?:\s+of)?|next\s+to|not\s+far\s+from|adjacent\s+to|"
    r"beside|(?:(?:in|on|at)\s+)?(?:the\s+)?(?:(?:near|immediate|north\w*|south\w*|east\w*|west\w*)\s+)?"
    r"(?:vicinity|outskirts|suburbs|surroundings|edge|area)\s+of|just\s+outside|"
    r"біля|поблизу|неподалік(?:\s+від)?|недалеко\s+від|околиц[яі]|околиця|возле|около|близ|вблизи|недалеко\s+от|у\s+района"
)
_TOWARDS = (
    r"towards?|in\s+the\s+direction\s+of|(?:en\s+route|heading|on\s+the\s+way)\s+to|у\s+напрямку|в\s+направлении|"
    r"(?:on\s+|along\s+)?(?:the\s+)?(?:road|highway|motorway)\s+(?:leading\s+)?to(?:wards?)?"
)
_WITHIN = r"within|inside|across|throughout|(?:some|else|any)where\s+in|(?:various\s+)?parts\s+of"
_LOOSE_NOUN = (
    r"(?:(?:an?|the|some|in|at|on)\s+)*(?:(?:unknown|unnamed|unspecified|undisclosed|front-?line|border|small|open)\s+)*"
    r"(?:villages?|fields?|forests?|woods|roads?|highways?|areas?|positions?|location|place|settlements?|somewhere|"
    r"checkpoint|crossing|bridge|airfield|base|frontline|front\s+line|railway|station)"
)

OFFSET = re.compile(
    r"^(?:(?:about|around|some|approximately|approx\.?|roughly|nearly|almost|just|up\s+to|within|less\s+than|~|ca?\.?)\s*)*"
    r"(?P<low>\d{1,4}(?:[.,]\d{1,3})?)(?:\s*(?:-|–|to)\s*(?P<high>\d{1,4}(?:[.,]\d{1,3})?))?\s*"
    r"(?P<unit>km|kms|kilomet(?:er|re)s?|mi|miles?|км|кілометр\w*|километр\w*|m|met(?:er|re)s?)\b\.?\s*"
    rf"(?:(?:to\s+the|in\s+the|due)\s+)?(?P<wind>{_WINDS}|[nsew]{{1,3}})?\s*"
    r"(?:of|from|away\s+from|outside(?:\s+of)?|off|від|от)\s+" + _ARTICLE,
    re.IGNORECASE,
)
WIND = re.compile(
    rf"^(?:(?:just|to\s+the|immediately|further)\s+)*(?P<wind>{_WINDS})\s+(?:of|from)\s+{_ARTICLE}", re.I
)
BETWEEN = re.compile(
    r"^(?:(?:somewhere|halfway|half-way|midway|about|on|in|along|at)\s+)*"
    r"(?:(?:the\s+)?(?:area|road|line|section|highway|motorway|railway|territory|contact\s+line)\s+)?"
    r"(?:between|между|між)\s+",
    re.I,
)
ALONG = re.compile(
    r"^(?:along|(?:on|at|near)\s+(?:the\s+)?(?:(?:left|right|north\w*|south\w*|east\w*|west\w*)\s+)?(?:banks?|shores?|coast)\s+of|"
    r"(?:the\s+)?(?:(?:left|right|north\w*|south\w*|east\w*|west\w*)\s+)?(?:banks?|shores?)\s+of|вздовж|вдоль)\s+"
    + _ARTICLE,
    re.IGNORECASE,
)
COMPASS = re.compile(
    r"^(?:[Tt]he\s+)?(?:(?:(?:[Nn]or|[Ss]ou)th(?:[- ]?(?:east|west))?|[EeWw](?:ast|est))ern(?:most)?|[Cc]entral|"
    r"(?:north|south)(?:[- ]?(?:east|west))?|east|west)[ -]+(?=\S)"
)
"""“northern Syria”, “south Kharkiv region”: less than the whole, but nothing narrower has a position. "West Memphis" is
a town of its own."""
CAPITAL = re.compile(
    rf"^{_ARTICLE}(?:(?:administrative|regional|provincial|state)\s+)?(?:capital|seat|cent(?:re|er)|largest\s+city)\s+of\s+"
    + _ARTICLE,
    re.IGNORECASE,
)
"""“the capital of Ukraine” behind a name says where the place lies."""
ON_THE = re.compile(r"^on\s+the\s+(?=\w)", re.IGNORECASE)
"""“on the Dnipro”: no town has an article."""
BORDER = re.compile(
    rf"^(?:(?:{_NEAR}|along|on|at|to)\s+)?(?:the\s+)?(?:state\s+|international\s+|administrative\s+)?"
    r"(?:border(?:line)?|boundary|кордон\w*|границ\w*)\s+"
    r"(?:(?P<both>between|of|між|между)|(?P<one>with|з|із|с|со))\s+(?:the\s+)?",
    re.IGNORECASE,
)
BORDER_END = re.compile(r"[\s-]+(?:state\s+)?(?:border|boundary)(?:\s+(?:area|region|zone))?$", re.IGNORECASE)
ROAD_OF_TWO = re.compile(
    r"^(?P<first>[^\W\d][\w'’ʼ ]+?)\s*[-–—]\s*(?P<second>[^\W\d][\w'’ʼ ]+?)\s+"
    r"(?:road|highway|motorway|railway|line|route|rail\s+line|(?P<border>border))$",
    re.IGNORECASE,
)
NEAR = re.compile(rf"^(?:{_NEAR})\s+{_ARTICLE}", re.IGNORECASE)
TOWARD = re.compile(rf"^(?:{_TOWARDS})\s+{_ARTICLE}", re.IGNORECASE)
FROM = re.compile(rf"^from\s+{_ARTICLE}", re.IGNORECASE)
WITHIN = re.compile(rf"^(?:{_WITHIN})\s+{_ARTICLE}", re.IGNORECASE)
AT = re.compile(rf"^(?:in|at|on|inside\s+of|в|у|на)\s+{_ARTICLE}", re.IGNORECASE)
LOOSE = re.compile(
    rf"^{_LOOSE_NOUN}\s+(?=(?:{_NEAR}|{_TOWARDS}|{_WITHIN}|between|in|{_WINDS}|\d)\b)", re.IGNORECASE
)
MIDDLE = re.compile(
    rf"(?<!local government)\s+(?=(?:{_NEAR}|{_TOWARDS})\s+\S|(?:\d{{1,4}}\s*(?:km|mi)\w*\s+)?(?:{_WINDS})\s+of\s+\S)",
    re.IGNORECASE,
)
END_NEAR = re.compile(
    r"\s+(?:outskirts|countryside|suburbs|surroundings|vicinity|area|environs)$", re.IGNORECASE
)
END_TOWARD = re.compile(r"\s+(?:direction|axis|front(?:line)?|sector)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Offset:
    """A distance, and a bearing when one is given."""

    km: float
    bearing: float | None
    """Degrees clockwise from north."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation read at the start of a phrase."""

    name: str
    length: int
    """How many characters of the phrase it takes."""
    offset: Offset | None = None


def bearing_of(wind: str | None) -> float | None:
    """Return the bearing of "north-east", "NNE" and the like."""
    return BEARINGS.get(re.sub(r"[\s-]", "", wind.casefold())) if wind else None


def leading(text: str) -> Relation | None:
    """Return the relation that a phrase begins with.

    >>> leading("15 km north of Kupiansk").offset
    Offset(km=15.0, bearing=0.0)
    >>> leading("on the outskirts of Bakhmut").name, leading("Bakhmut")
    ('near', None)
    """
    loose = LOOSE.match(text)
    skipped = loose.end() if loose else 0
    rest = text[skipped:]
    found = OFFSET.match(rest)
    if found:
        return Relation("near", skipped + found.end(), Offset(_km(found), bearing_of(found["wind"])))
    for name, pattern in (
        ("between", BETWEEN), ("along", ALONG), ("near", NEAR), ("toward", TOWARD), ("from", FROM)
    ):  # fmt: skip
        found = pattern.match(rest)
        if found:
            return Relation(name, skipped + found.end())
    found = WIND.match(rest)
    if found:
        return Relation("near", skipped + found.end())
    for name, pattern in (("within", WITHIN), ("within" if loose else "at", AT)):
        found = pattern.match(rest)
        if found:
            return Relation(name, skipped + found.end())
    return None


def trailing(text: str) -> Relation | None:
    """Return the relation that a phrase ends with; `length` counts from the end."""
    for name, pattern in (("near", END_NEAR), ("toward", END_TOWARD)):
        found = pattern.search(text)
        if found and found.start() > 1:
            return Relation(name, len(text) - found.start())
    return None


def _km(found: re.Match[str]) -> float:
    low = float(found["low"].replace(",", "."))
    high = float(found["high"].replace(",", ".")) if found["high"] else low
    unit = found["unit"].casefold()
    scale = KM_PER_MILE if unit.startswith("mi") else 0.001 if unit == "m" or unit.startswith("met") else 1.0
    return (low + high) / 2 * scale
