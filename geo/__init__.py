"""Places: names, gazetteer, ranked answers with doubt stated. Offline, and a geopy geocoder.

>>> import geo
>>> gazetteer = geo.open_gazetteer()                                        # doctest: +SKIP
>>> gazetteer.resolve("Bilohorivka, Luhansk Oblast").status                 # doctest: +SKIP
'auto'
"""

from geo.errors import (
    GazetteerBroken,
    GazetteerError,
    GazetteerMissing,
    GeoError,
    PlaceTextError,
    SourceError,
)
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.model import Candidate, Place, Resolution, Toponym
from geo.priors import Priors, decision_key

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
