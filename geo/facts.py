"""Places of our own list stand there because reports mean them: "Vistula" is the river, not a town once called so."""

from __future__ import annotations

from collections.abc import Sequence

from geo.model import FIPS_KEYS, OWN_KEYS, Place
from geo.precision import precision_of
from geo.search import Match

RIVER = "STM"


def is_fact(place: Place) -> bool:
    """Tell whether a place is a sea, region, river or building of our own list."""
    return OWN_KEYS <= place.key < FIPS_KEYS and precision_of(place.feature) == "feature"


def without_borrowers(found: Sequence[Match], country: str = "") -> list[Match]:
    """Leave out what only bears now and then the name that a place of our own list always bears.

    Nothing where that place lies in another country than the one given.
    """
    if any(
        m.how == "main" and is_fact(m.place) and m.place.country in (country or m.place.country, "")
        for m in found
    ):
        return [m for m in found if m.how == "main" or is_fact(m.place)]
    return list(found)


def is_rivalled(found: Sequence[Match]) -> bool:
    """Tell whether the first of some places has a namesake of our own list: Lake Geneva is a town, too.

    Not where that is a river: villages are called after those beside them.
    """
    rivals = (m.place for m in found[1:] if m.how == "main" and is_fact(m.place))
    return not is_fact(found[0].place) and any(place.feature != RIVER for place in rivals)
