"""The offline gazetteer as a geopy geocoder, with the richer `resolve` beside it."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from geo import paths, weights
from geo.around import Around, around_of
from geo.coordinates import check
from geo.country import Countries
from geo.documents import weights as document_weights
from geo.documents.answering import Documents
from geo.documents.model import Document, MentionAnswer
from geo.errors import PlaceTextError
from geo.mentions import weights as mention_weights
from geo.mentions.finding import Finder
from geo.mentions.parsing import Parser
from geo.mentions.reading import Readings
from geo.mentions.segments import Segmenter
from geo.model import Candidate, Place, Resolution, place_key
from geo.priors import NO_PRIORS, Priors
from geo.resolve import Resolver
from geo.store import Store
from geo.suggest import Suggest

if TYPE_CHECKING:
    from geo.online import Online


class Gazetteer(Geocoder):
    """Places known offline. Immutable after opening; share one between threads.

    Use it like any geopy geocoder (`geocode`, `reverse`), or ask `resolve` for ranked candidates with reasons.
    """

    def __init__(self, path: Path | str | None = None, *, online: str | Sequence[str] | None = None) -> None:
        """Open the gazetteer file; raise GazetteerMissing or GazetteerBroken when it cannot be used.

        `online` names online geocoders to ask for what the file does not know, instead of `DATELINE_ONLINE`'s.
        """
        # geopy would read all certificates of the machine, which takes longer than all else; nobody is asked anything
        super().__init__(ssl_context=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        self._store = Store(Path(path) if path is not None else paths.gazetteer_path())
        self._resolver = Resolver(self._store, weights.load())
        self._countries = Countries(self._store)
        self._suggest = Suggest(self._store)
        self._online = _online(online)
        self._documents = Documents(self._resolver, document_weights.load())
        self._parser = Parser(
            Finder(Segmenter(Readings(self._store)), mention_weights.load()), self._documents
        )

    @property
    def path(self) -> Path:
        """The gazetteer file."""
        return self._store.path

    @property
    def count(self) -> int:
        """How many places there are."""
        return self._store.count

    @property
    def version(self) -> str:
        """A checksum that changes when the content changes."""
        return self._store.version

    @property
    def is_offline(self) -> bool:
        """Whether answers come from the file alone, and so stay the same as long as it does."""
        return self._online is None

    def sources(self) -> list[dict[str, Any]]:
        """Return what the gazetteer was built from: source, label, places, sha256, origin, read_at."""
        return self._store.sources()

    def resolve(
        self,
        place: str,
        *,
        within: Sequence[str] = (),
        country: str | None = None,
        near: tuple[float, float] | None = None,
        priors: Priors = NO_PRIORS,
        limit: int = 10,
        provider: str | Sequence[str] | None = None,
    ) -> Resolution:
        """Answer a place phrase with ranked candidates, status, position and area.

        `within` holds containing names as reported, narrow to wide; `country` a code or a name; `near` a (lat, lon)
        that the place is probably close to. `priors` lean where the text leaves a choice; a person's decision for the
        same words in the same context decides. `provider` names online geocoders to ask for what the gazetteer does not
        know; without it and without `DATELINE_ONLINE` nothing leaves the machine.
        """
        found = self._resolver.resolve(place, within, country, near, limit, priors)
        online = self._online if provider is None else _online(provider)
        if online is None:
            return found
        from geo.online.fallback import ask_online

        reading = self._countries.read(country) if country else None
        return ask_online(
            online,
            found,
            place,
            within=within,
            country=reading.code if reading else "",
            limit=limit,
            known=self._store.has,
        )

    def surroundings(self, rows: Iterable[tuple[str, Sequence[str], str | None]]) -> Around | None:
        """Return where the sure places of a table's rows (place, within, country) lie, for `Priors(around=...)`.

        None when too few are sure. A row that cannot be read is passed over.
        """
        points: list[tuple[float, float]] = []
        for place, within, country in rows:
            with suppress(PlaceTextError):
                points += self._resolver.sure_points(place, within, country)
        return around_of(points)

    def resolve_document(
        self, document: Document, *, priors: Priors = NO_PRIORS, limit: int = 5
    ) -> list[MentionAnswer]:
        """Answer every mention of a document, in the order given, with all the others as witnesses.

        A mention that cannot be read is answered with its `problem`; it does not touch the others.
        """
        return self._documents.answer(document, priors, limit)

    def resolve_documents(
        self, documents: Sequence[Document], *, priors: Priors = NO_PRIORS, limit: int = 5
    ) -> list[list[MentionAnswer]]:
        """Answer some documents as `resolve_document` does, each as if it were alone, in less time."""
        return self._documents.answer_all(documents, priors, limit)

    def parse_document(
        self, document: Document, priors: Priors | None = None, *, limit: int = 5
    ) -> list[MentionAnswer]:
        """Find the place names in a document's text and answer each, by start; marks it has are not looked at."""
        return self._parser.parse(document, priors or NO_PRIORS, limit)

    def parse_documents(
        self, documents: Sequence[Document], *, priors: Priors = NO_PRIORS, limit: int = 5
    ) -> list[list[MentionAnswer]]:
        """Find and answer the place names of some documents as `parse_document` does, in less time."""
        return self._parser.parse_all(documents, priors, limit)

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        limit: int = 10,
        country: str | None = None,
        within: Sequence[str] = (),
        provider: str | Sequence[str] | None = None,
    ) -> Location | list[Location] | None:
        """Return the best location, or all with `exactly_one=False`; None when there is none (as geopy does).

        `location.raw` is the candidate as a dict, its `probability` and `geo_precision` included.
        """
        resolution = self.resolve(str(query), within=within, country=country, limit=limit, provider=provider)
        found = resolution.candidates
        if not found:
            return None
        locations = [_location(candidate) for candidate in found]
        return locations[0] if exactly_one else locations

    def reverse(
        self, query: Any, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL, limit: int = 10
    ) -> Location | list[Location] | None:
        """Return the settlement nearest to a point, or the nearest few with `exactly_one=False`.

        `location.raw["distance_m"]` is how far it is from the point.
        """
        point = Point(query)
        check(point.latitude, point.longitude)
        nearest = self._store.nearest(point.latitude, point.longitude, 1 if exactly_one else limit)
        locations = [
            _location(
                self._resolver.candidate(
                    place,
                    probability=1.0,
                    why=(f"{km:.1f} km from the point",),
                    toponym=f"{point.latitude:g}, {point.longitude:g}",
                ),
                distance_m=round(1000 * km),
            )
            for km, place in nearest
        ]
        if not locations:
            return None
        return locations[0] if exactly_one else locations

    def towns(self, bbox: tuple[float, float, float, float], limit: int = 50) -> list[Place]:
        """Return the most populous settlements in (west, south, east, north), largest first, for map labels."""
        west, south, east, north = bbox
        return self._store.towns(west, south, east, north, limit)

    def suggest(self, prefix: str, limit: int = 10) -> list[Candidate]:
        """Return places with a name that begins with what has been typed, in any script, most populous first."""
        return [
            self._resolver.candidate(
                place, probability=1.0, why=(f"“{name}” begins with “{prefix}”",), toponym=name
            )
            for name, place in self._suggest.places(prefix, limit)
        ]

    def damage(self) -> list[str]:
        """Read the whole file and return what is wrong with it, nothing when it is whole; takes some seconds."""
        return self._store.damage()

    def place(self, place_id: str) -> Candidate | None:
        """Return the place with an id such as `geonames:712589`, None when it is not in this gazetteer."""
        key = place_key(place_id)
        found = self._store.place(key) if key is not None else None
        if found is None:
            return None
        return self._resolver.candidate(
            found, probability=1.0, why=("asked for by its id",), toponym=place_id
        )

    def close(self) -> None:
        """Close this thread's connection to the file."""
        self._store.close()


def _online(providers: str | Sequence[str] | None) -> Online | None:
    """Return the online geocoders named, or those of `DATELINE_ONLINE`; nothing of them is even loaded without."""
    if providers is None and not os.environ.get("DATELINE_ONLINE", "").strip():
        return None
    from geo.online import Online, from_environment

    return from_environment() if providers is None else Online(providers)


def _location(candidate: Candidate, **more: Any) -> Location:
    address = ", ".join(part for part in (candidate.name, candidate.admin1, candidate.country) if part)
    return Location(address, (candidate.lat, candidate.lon, 0.0), candidate.to_dict() | more)


def open_gazetteer(path: Path | None = None, *, online: str | Sequence[str] | None = None) -> Gazetteer:
    """Open the gazetteer of `DATELINE_HOME`, or another file; the errors' messages hold the command that mends it."""
    return Gazetteer(path, online=online)
