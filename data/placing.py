"""Where an incident lies: the one place where `data` asks `geo`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from data import countries, schema

if TYPE_CHECKING:
    from data.decisions.taught import Taught
    from geo import Gazetteer, Resolution
    from geo.around import Around

_SAME_PLACE_KM = 50.0
_REMEMBERED = 20_000
"""So many different words are kept with their answers: some 10 KB each."""
_CONTEXT = ("place_text", "reported_admin2", "reported_admin1", "reported_country")
_AREAS = ("adm2", "adm1", "country")


class Placed(NamedTuple):
    """What is known of an incident's place."""

    fields: Mapping[str, Any]
    """Fields of the incident."""
    mentions: tuple[Mapping[str, Any], ...] = ()
    """Place mentions with all their candidates, without ids."""
    asked: bool = True
    """False when there was neither a gazetteer to ask nor a position: nothing new is known."""


class Placer:
    """Places incidents by coordinates, by what people decided on the same words before, and by the gazetteer.

    It remembers the words it has seen.
    """

    def __init__(self, gazetteer: Gazetteer | None, taught: Taught | None = None) -> None:
        self._gazetteer = gazetteer
        self._taught = taught
        self._resolve = lru_cache(maxsize=_REMEMBERED)(self._ask)
        self._look_up = lru_cache(maxsize=_REMEMBERED)(self._found_by_words)
        self._names = taught.names if taught else {}
        self._around: Around | None = None

    def look_around(self, events: Iterable[Mapping[str, Any]]) -> None:
        """Let rows of a table say where its places lie: of equal names the one in their company is likelier."""
        if self._gazetteer is not None:
            asked = dict.fromkeys(_words(event) for event in events if event.get("place_text"))
            self._around = self._gazetteer.surroundings(asked)
            self._resolve.cache_clear()
            self._look_up.cache_clear()

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to another process, which opens the same gazetteer."""
        return _again, (self._gazetteer.path if self._gazetteer else None, self._taught, self._around)

    @property
    def can_look_up(self) -> bool:
        """Whether there is a gazetteer to ask."""
        return self._gazetteer is not None

    @property
    def knowledge(self) -> str | None:
        """Name all that its answers rest on; None where they may change unseen, as those of online services do."""
        if self._gazetteer is None:
            return ""
        taught = self._taught.version if self._taught else ""
        return f"{self._gazetteer.version} {taught}" if self._gazetteer.is_offline else None

    def place(self, event: Mapping[str, Any]) -> Placed:
        """Find the position, or say honestly that there is none."""
        if is_placed(event):
            return self._kept(event, self._resolution(event))
        if event.get("lat") is not None:
            return self._given(event, self._resolution(event))
        found = self._look_up(*map(event.get, _CONTEXT))
        return self._taught.applied(event, found) if self._taught else found

    def is_inhabited(self, lat: float, lon: float) -> bool:
        """Say whether there is a settlement within 50 km of a position; where nobody can be asked, there is."""
        return self._gazetteer is None or self._nearest((lat, lon)) is not None

    def place_by(self, event: Mapping[str, Any], resolution: Resolution | None) -> Placed:
        """Find the position by an answer already at hand; None means that the words name no place."""
        found = self._found(event, resolution)
        return self._taught.applied(event, found) if self._taught else found

    def _found_by_words(self, *words: str | None) -> Placed:
        """Ask for the place that words in their context name: nothing else of an incident says anything of it."""
        event = {name: text for name, text in zip(_CONTEXT, words, strict=True) if text is not None}
        asked = self._gazetteer is not None and event.get("place_text")
        return self._found(event, self._ask(*_words(event)) if asked else None)

    def _kept(self, event: Mapping[str, Any], resolution: Resolution | None) -> Placed:
        """Take over what a file says of the place, doubt included; the gazetteer only adds the candidates."""
        known = resolution.relation if resolution else "unknown"
        fields = {
            **{name: event.get(name) for name in ("lat", "lon", "radius_m", "geo_precision", "geo_status")},
            **{name: event.get(name) for name in ("geo_method", "gazetteer_id", "area")},
            "place_relation": event.get("place_relation", known),
        }
        if "country" in event or "admin1" in event:
            fields |= {name: event.get(name) for name in ("country", "admin1", "admin2")}
        else:
            fields |= self._units(event, None)
        here = (event["lat"], event["lon"]) if event.get("lat") is not None else None
        chosen = event.get("gazetteer_id")
        return Placed(fields, _mentions(event["place_text"], resolution, here, chosen))

    def _given(self, event: Mapping[str, Any], resolution: Resolution | None) -> Placed:
        precision = event.get("geo_precision", "settlement")
        here = (event["lat"], event["lon"])
        nearest = None
        if resolution is not None:
            nearest = min(
                (c for c in resolution.candidates if c.geo_precision not in _AREAS),
                key=lambda c: distance_km(here, (c.lat, c.lon)),
                default=None,
            )
        if nearest is not None and distance_km(here, (nearest.lat, nearest.lon)) > _SAME_PLACE_KM:
            nearest = None
        units = self._units(event, nearest)
        if units["country"] is None and self._gazetteer is not None:
            units = self._units(event, self._nearest(here))
        known = nearest.id if nearest and not nearest.id.startswith("coordinates:") else None
        fields = {
            "lat": event["lat"],
            "lon": event["lon"],
            "radius_m": event.get("radius_m", schema.codes("geo_precision")[precision].more["radius_m"]),
            "geo_precision": precision,
            "geo_status": "auto",
            "geo_method": "coordinates_given",
            "place_relation": resolution.relation if resolution else "unknown",
            "gazetteer_id": known,
            "area": event.get("area"),
            **units,
        }
        return Placed(fields, _mentions(event["place_text"], resolution, here, known))

    def _nearest(self, here: tuple[float, float]) -> dict[str, Any] | None:
        """Give the settlement closest to a position, to name the country and region around it."""
        found: Any = self._gazetteer.reverse(here) if self._gazetteer else None
        if found is None or distance_km(here, (found.latitude, found.longitude)) > _SAME_PLACE_KM:
            return None
        return dict(found.raw)

    def _found(self, event: Mapping[str, Any], resolution: Resolution | None) -> Placed:
        if resolution is None:
            fields = {**_nowhere(), **self._units(event, None)}
            return Placed(fields, (_mention(event["place_text"], None),), asked=self.can_look_up)
        best = resolution.candidates[0] if resolution.candidates else None
        sure = resolution.status == "auto" and best is not None
        here = (
            (resolution.lat, resolution.lon)
            if resolution.lat is not None and resolution.lon is not None
            else None
        )
        fields = {
            "lat": round(here[0], 7) if here else None,
            "lon": round(here[1], 7) if here else None,
            "radius_m": round(resolution.radius_m or 0.0) if here else None,
            "geo_precision": resolution.geo_precision,
            "geo_status": resolution.status,
            "geo_method": "gazetteer" if resolution.candidates else None,
            "place_relation": resolution.relation,
            "gazetteer_id": best.id if best and sure else None,
            "area": resolution.area,
            **self._units(event, best if sure else None, resolution),
        }
        chosen = best.id if best and sure else None
        return Placed(fields, _mentions(event["place_text"], resolution, here, chosen))

    def _units(
        self, event: Mapping[str, Any], candidate: Any, resolution: Resolution | None = None
    ) -> dict[str, str | None]:
        """Name country, region and district: of the candidate, else what plausible ones agree on, else as reported."""
        if candidate is not None:
            given = candidate if isinstance(candidate, dict) else _plain(candidate)
            return {name: given[name] for name in ("country", "admin1", "admin2")}
        likely = plausible([_plain(c) for c in resolution.candidates]) if resolution else []
        agreed: dict[str, str | None] = dict.fromkeys(("country", "admin1", "admin2"))
        for name in agreed:
            values = {c[name] for c in likely}
            if len(values) != 1 or None in values:
                break
            (agreed[name],) = values
        country = agreed["country"] or country_code(event)
        admin1 = agreed["admin1"] or self._region(event.get("reported_admin1"), country)
        return {
            "country": country,
            "admin1": admin1,
            "admin2": agreed["admin2"] or (event.get("reported_admin2") if admin1 else None),
        }

    def _region(self, reported: str | None, country: str | None) -> str | None:
        """Call a region as the gazetteer does, so that one region has one name."""
        if not reported or self._gazetteer is None:
            return reported
        answer = self._resolve(reported, (), country)
        best = answer.candidates[0] if answer and answer.candidates else None
        if (
            best
            and answer
            and answer.status == "auto"
            and best.geo_precision == "adm1"
            and best.country == country
        ):
            return best.admin1 or best.name
        return reported

    def _resolution(self, event: Mapping[str, Any]) -> Resolution | None:
        if self._gazetteer is None or not event.get("place_text"):
            return None
        return self._resolve(*_words(event))

    def _ask(self, text: str, within: tuple[str, ...], country: str | None) -> Resolution | None:
        from geo import PlaceTextError, Priors

        assert self._gazetteer is not None
        priors = Priors(elsewhere=self._names, around=self._around)
        try:
            return self._gazetteer.resolve(text, within=within, country=country, priors=priors)
        except PlaceTextError:
            return None


def _words(event: Mapping[str, Any]) -> tuple[str, tuple[str, ...], str | None]:
    within = tuple(name for key in ("reported_admin2", "reported_admin1") if (name := event.get(key)))
    return event["place_text"], within, country_code(event) or event.get("reported_country")


def _again(path: Path | None, taught: Taught | None, around: Around | None) -> Placer:
    from geo import Gazetteer

    placer = Placer(Gazetteer(path) if path else None, taught)
    placer._around = around
    return placer


def is_placed(event: Mapping[str, Any]) -> bool:
    """Say whether a row brings its place decided: status and precision, and a position where the precision has one."""
    status, precision = event.get("geo_status"), event.get("geo_precision")
    if status is None or precision is None or status == "unresolved":
        return False
    return event.get("lat") is not None or precision in ("country", "unlocated") or status == "rejected"


def country_code(event: Mapping[str, Any]) -> str | None:
    """Give the ISO code of the country as reported, None when it is not recognised."""
    reported = event.get("reported_country")
    return countries.code_of(reported) if reported else None


def plausible(candidates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep the candidates that `geo` holds to be plausible."""
    return [candidate for candidate in candidates if candidate["plausible"]]


def possible(mention: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give the places that a mention may still be: the one chosen, else the plausible candidates."""
    candidates = mention["candidates"] or []
    if mention.get("chosen_id"):
        return [candidate for candidate in candidates if candidate["id"] == mention["chosen_id"]]
    return plausible(candidates)


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Measure along the great circle between two positions given as latitude, longitude."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(lat), math.radians(lon)) for lat, lon in (one, other))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * 6371.0088 * math.asin(math.sqrt(min(1.0, half)))


def _nowhere() -> dict[str, Any]:
    return {
        "lat": None,
        "lon": None,
        "radius_m": None,
        "geo_precision": "unlocated",
        "geo_status": "unresolved",
        "geo_method": None,
        "place_relation": "unknown",
        "gazetteer_id": None,
        "area": None,
    }


def _plain(candidate: Any) -> dict[str, Any]:
    kept: dict[str, Any] = candidate.to_dict()
    kept.pop("names", None)
    return kept


def _mention(text: str, start: int | None) -> dict[str, Any]:
    return {
        "text": text,
        "start": start,
        "end": None if start is None else start + len(text),
        "role": "event",
        "candidates": [],
        "chosen_id": None,
        "reason": None,
    }


def _mentions(
    text: str, resolution: Resolution | None, here: tuple[float, float] | None, chosen: str | None
) -> tuple[dict[str, Any], ...]:
    """One mention per name in the phrase; names of areas around a smaller place are context."""
    if resolution is None or not resolution.toponyms:
        return (_mention(text, None),)
    sizes = [t.candidates[0].geo_precision in _AREAS if t.candidates else False for t in resolution.toponyms]
    rows = []
    for toponym, is_area in zip(resolution.toponyms, sizes, strict=True):
        candidates = [_plain(candidate) for candidate in toponym.candidates]
        for candidate in candidates:
            position = (candidate["lat"], candidate["lon"])
            candidate["distance_km"] = round(distance_km(here, position), 1) if here else None
        picked = next((c for c in candidates if c["id"] == chosen), None)
        rows.append(
            {
                "text": toponym.text,
                "start": toponym.start,
                "end": toponym.end,
                "role": "context" if is_area and not all(sizes) else "event",
                "candidates": candidates,
                "chosen_id": picked["id"] if picked else None,
                "reason": "; ".join(picked["reasons"]) if picked else None,
            }
        )
    return tuple(rows)
