"""What is known before reading, for place strings and documents alike: country, regions, decisions already made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo.around import Around
from geo.normalize import fold


@dataclass(frozen=True, slots=True)
class Priors:
    """What is known before reading. All but a decision only leans: what the text says itself weighs more."""

    country: str = ""
    """Code or name of the country of interest."""
    near: tuple[float, float] | None = None
    """(lat, lon) of the region of interest."""
    source_area: tuple[float, float] | None = None
    """(lat, lon) of where the source is at home; counts only while the text does not point elsewhere."""
    confirmed: Mapping[str, str] | None = None
    """Decisions of people: `decision_key` of a place text -> id of the place that it was."""
    elsewhere: Mapping[str, str] | None = None
    """What people chose for names in other contexts: `decision_key` of the name alone -> id of the place."""
    around: Around | None = None
    """Where the other places of the same table or store lie."""

    def decided(self, place: str, within: Sequence[str], country: str | None) -> str:
        """Return the id of the place that a person chose for the same words in the same context, empty if none."""
        return self.confirmed.get(decision_key(place, within, country), "") if self.confirmed else ""

    def leaning(self, name: str) -> str:
        """Return the id that a person chose for a name without any context, or in another one, empty if none."""
        key = fold(name)
        return (self.confirmed or {}).get(key) or (self.elsewhere or {}).get(key, "")


NO_PRIORS = Priors()


def decision_key(place: str, within: Sequence[str] = (), country: str | None = None) -> str:
    """Return the key of a place text in its context, under which a decision about it is kept.

    Without any context it is the folded name, which holds in every context, but there it only leans.

    >>> decision_key("Tarasivka", ["Donets'k Oblast"], "Ukraine"), decision_key("Тарасівка")
    ('tarasivka | donetsk oblast | ukraine', 'тарасівка')
    """
    keys = (fold(text) for text in (place, *within, country or ""))
    return " | ".join(key for key in keys if key)
