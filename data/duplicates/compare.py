"""How alike two records are: one row of named numbers for a pair. Pure arithmetic over two frames."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]

PEOPLE = ("killed", "injured", "captured", "displaced", "missing")
FEATURES = {
    "one": "always 1",
    "same_words": "cosine of the words of title and summary but those of the place, rare words counting more",
    "rarest_word": "how telling the rarest of the words is that both have, 1 for one that nothing else has",
    "days_apart": "days between the periods in which they can have happened, 0 where these meet",
    "wide_dates": "natural logarithm of the days from the first to the last of both",
    "wide_place": "natural logarithm of the larger radius in units of 5 km, where it is larger than that",
    "same_type": "of the same type, and it is not “other”",
    "other_type": "of different types, neither of which is “other”",
    "same_actors": "share of the actors that both name",
    "people_agree": "in how many categories of people the numbers can be the same",
    "people_differ": "in how many they cannot",
    "far": "natural logarithm of 1 + kilometres between them beyond both radii",
}
"""Columns in order, each with what it says. Distance between exact positions counts by a table of its own."""

_WORD = re.compile(r"[^\W\d_]{3,}|\d{2,}")
_TELLS_NOTHING = frozenset(
    re.findall(
        r"\w+",
        "the and for with from that this after near says said was were are has have had its their into over about "
        "than more been what appears image video footage showing shows seen reported",
    )
)
_APOSTROPHES = dict.fromkeys(map(ord, "'’ʼ`´"))
_STEM = 6


def words(text: str) -> frozenset[str]:
    """Return the telling words of a text, cut to six letters so that most endings do not count.

    >>> sorted(words("Shelling of the Kherson market"))
    ['kherso', 'market', 'shelli']
    """
    return frozenset(whole_words(text))


def whole_words(text: str) -> dict[str, str]:
    """Return the telling words as they are written, by their beginning."""
    found = _WORD.findall(text.casefold().translate(_APOSTROPHES))
    return {word[:_STEM]: word for word in reversed(found) if word not in _TELLS_NOTHING}


def rarity(texts: Iterable[str]) -> dict[str, float]:
    """Return how telling each word is: inverse document frequency, its natural logarithm."""
    count: dict[str, int] = {}
    total = 0
    for text in texts:
        total += 1
        for word in words(text):
            count[word] = count.get(word, 0) + 1
    return {word: float(np.log((1 + total) / n)) for word, n in count.items()}


def compared(left: pd.DataFrame, right: pd.DataFrame, telling: dict[str, float]) -> Floats:
    """Return FEATURES, one row for each pair of rows of two event frames; `telling` is the `rarity` of words."""
    days_apart, days_together = _periods(left, right)
    types = [frame["event_type"].astype("object").to_numpy() for frame in (left, right)]
    typed = (types[0] != "other") & (types[1] != "other")
    agree, differ = _people(left, right)
    alike, rarest = _words(left, right, telling)
    radius_km = [frame["radius_m"].fillna(0).to_numpy(float) / 1000 for frame in (left, right)]
    beyond_km = np.nan_to_num(distances_km(left, right) - radius_km[0] - radius_km[1])
    columns = {
        "one": np.ones(len(left)),
        "same_words": alike,
        "rarest_word": rarest,
        "days_apart": days_apart,
        "wide_dates": np.log(np.maximum(1.0, days_together)),
        "wide_place": np.log(np.maximum(1.0, np.maximum(*radius_km) / 5.0)),
        "same_type": typed & (types[0] == types[1]),
        "other_type": typed & (types[0] != types[1]),
        "same_actors": np.array([_share(a, b) for a, b in _pairs(left, right, "actors")]),
        "people_agree": agree,
        "people_differ": differ,
        "far": np.log1p(np.maximum(0.0, beyond_km)),
    }
    return np.column_stack([np.asarray(columns[name], float) for name in FEATURES])


def texts(frame: pd.DataFrame) -> list[str]:
    """Return title and summary of each row as one text."""
    return [f"{t}. {s}" for t, s in zip(column(frame, "title"), column(frame, "summary"), strict=True)]


def column(frame: pd.DataFrame, name: str) -> list[str]:
    """Return a column of texts with "" where there is none."""
    return [value if isinstance(value, str) else "" for value in frame[name]]


def both_exact(left: pd.DataFrame, right: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return for which pairs the position of both is exact."""
    one, other = (
        (frame["geo_precision"].astype("object") == "exact").to_numpy(bool) for frame in (left, right)
    )
    return np.asarray(one & other)


def distances_km(left: pd.DataFrame, right: pd.DataFrame) -> Floats:
    """Return great-circle distances between the rows of two frames; nan where either has no position."""
    lat1, lon1, lat2, lon2 = (
        np.radians(frame[axis].astype("Float64").to_numpy(float, na_value=np.nan))
        for frame in (left, right)
        for axis in ("lat", "lon")
    )
    half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return np.asarray(2 * 6371.0088 * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))


def _pairs(left: pd.DataFrame, right: pd.DataFrame, name: str) -> Iterable[tuple[str, str]]:
    return zip(column(left, name), column(right, name), strict=True)


def shared_words(left: pd.DataFrame, right: pd.DataFrame) -> list[frozenset[str]]:
    """Return the telling words that both records of each pair have, but those of their places."""
    return [a & b for a, b in _without_place(left, right)]


def _without_place(left: pd.DataFrame, right: pd.DataFrame) -> list[tuple[frozenset[str], frozenset[str]]]:
    places = [words(f"{a} {b}") for a, b in _pairs(left, right, "place_text")]
    said = zip(map(words, texts(left)), map(words, texts(right)), places, strict=True)
    return [(a - place, b - place) for a, b, place in said]


def _words(left: pd.DataFrame, right: pd.DataFrame, telling: dict[str, float]) -> tuple[Floats, Floats]:
    def square(of: frozenset[str]) -> float:
        return sum(telling.get(word, 0.0) ** 2 for word in of)

    most = max(telling.values(), default=1.0)
    alike, rarest = np.zeros(len(left)), np.zeros(len(left))
    for i, (one, other) in enumerate(_without_place(left, right)):
        if both := one & other:
            alike[i] = square(both) / np.sqrt(square(one) * square(other))
            rarest[i] = max(telling.get(word, 0.0) for word in both) / most
    return alike, rarest


def _periods(left: pd.DataFrame, right: pd.DataFrame) -> tuple[Floats, Floats]:
    day = np.timedelta64(1, "D")
    starts = [frame["date_start"].to_numpy("datetime64[D]") for frame in (left, right)]
    ends = [frame["date_end"].to_numpy("datetime64[D]") for frame in (left, right)]
    apart = (np.maximum(*starts) - np.minimum(*ends)) / day
    together = (np.maximum(*ends) - np.minimum(*starts)) / day + 1.0
    return np.maximum(0.0, np.nan_to_num(apart)), np.nan_to_num(together, nan=1.0)


def _share(one: str, other: str) -> float:
    a, b = ({part.strip().casefold() for part in text.split(";") if part.strip()} for text in (one, other))
    return len(a & b) / len(a | b) if a and b else 0.0


def _people(left: pd.DataFrame, right: pd.DataFrame) -> tuple[Floats, Floats]:
    agree, differ = np.zeros(len(left)), np.zeros(len(left))
    for category in PEOPLE:
        (low1, high1), (low2, high2) = (_range(frame, category) for frame in (left, right))
        stated = ~np.isnan(low1) & ~np.isnan(low2)
        meet = (low1 <= high2) & (low2 <= high1)
        agree += stated & meet
        differ += stated & ~meet
    return agree, differ


def _range(frame: pd.DataFrame, category: str) -> tuple[Floats, Floats]:
    least, best, most = (
        frame[f"{category}_{which}"].astype("Float64").to_numpy(float, na_value=np.nan)
        for which in ("min", "best", "max")
    )
    return np.fmin(np.fmin(least, best), most), np.fmax(np.fmax(least, best), most)
