"""Places: names, gazetteer, ranked answers with doubt stated. Offline, and a geopy geocoder.

>>> import geo
>>> gazetteer = geo.open_gazetteer()                                        # doctest: +SKIP
>>> gazetteer.resolve("Bilohorivka, Luhansk Oblast").status                 # doctest: +SKIP
'auto'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from geo.errors import (
    GazetteerBroken,
    GazetteerError,
    GazetteerMissing,
    GeoError,
    PlaceTextError,
    SourceError,
)
from geo.model import Candidate, Place, Resolution, Toponym
from geo.priors import Priors, decision_key

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer, open_gazetteer

__all__ = [
    "Candidate",
    "Gazetteer",
    "GazetteerBroken",
    "GazetteerError",
    "GazetteerMissing",
    "GeoError",
    "Place",
    "PlaceTextError",
    "Priors",
    "Resolution",
    "SourceError",
    "Toponym",
    "decision_key",
    "open_gazetteer",
]


def __getattr__(name: str) -> Any:
    """Load the gazetteer when it is asked for: whoever only needs a path or an error starts quickly."""
    if name not in ("Gazetteer", "open_gazetteer"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("geo.gazetteer"), name)
