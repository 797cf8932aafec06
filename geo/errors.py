"""What can go wrong with places, and what to do about it.

`PlaceTextError` concerns one answer: note it and go on. The `Gazetteer...` errors and `GeocoderUnavailable` concern
every answer: stop.
"""

from __future__ import annotations


class GeoError(Exception):
    """Any error that `geo` raises on purpose; its text can be shown to a user as it is."""


class PlaceTextError(GeoError, ValueError):
    """Raised when a text cannot name a place: empty, far too long, or coordinates off the globe. Mend the text."""


class GazetteerError(GeoError):
    """Any error of the gazetteer file itself."""


class GazetteerMissing(GazetteerError):
    """Raised when no gazetteer has been built yet. Run `python -m geo build`."""


class GazetteerBroken(GazetteerError):
    """Raised when the gazetteer file is damaged, half-written or of another version. Run `python -m geo build`."""


class SourceError(GazetteerError):
    """Raised when a file to build or install from is missing or not in its format. Nothing has been changed."""


class OnlineError(GeoError):
    """Any error of the online geocoders, which are used only when asked for."""


class OnlineRefused(OnlineError, ValueError):
    """Raised before anything is sent: an unknown provider, a sample User-Agent, a missing key. Mend the setting."""


class GeocoderUnavailable(OnlineError):
    """Raised when a provider does not answer, refuses, or asks to wait for long. Stop the run; ask again later.

    A place that the provider does not know raises nothing: the answer is empty and the run goes on.
    """
