"""What must hold for an incident, whichever way it comes: each rule raises `InputError` with what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data import countries, schema
from data.errors import InputError
from data.importing.values import Span

_DECIMALS = 7
_FARTHEST_M = 20_040_000
"""Half way around the Earth; the event table could not hold a radius of many more."""
COUNTS = frozenset(f"{group}_{name}" for group in schema.PEOPLE for name in ("min", "best", "max"))
"""Numbers of people."""
_BEST = [(group, f"{group}_best") for group in schema.PEOPLE]
_IN_ORDER = [
    (f"{group}_{low}", f"{group}_{high}")
    for group in schema.PEOPLE
    for low, high in (("min", "best"), ("best", "max"), ("min", "max"))
]


def position(event: dict[str, Any]) -> None:
    """Accept a position on the globe or none at all, rounded to what is exported."""
    lat, lon = event.get("lat"), event.get("lon")
    if (lat is None) != (lon is None):
        missing, other = ("lat", "lon") if lat is None else ("lon", "lat")
        refuse(missing, "", f"is missing though {other} is given", "give both or neither")
    if lat is None or lon is None:
        return
    event["lat"] = lat = round(lat, _DECIMALS) + 0.0  # no zero below zero
    event["lon"] = lon = round(lon, _DECIMALS) + 0.0
    if not -90 <= lat <= 90:
        advice = "give degrees north, -90 to 90" + ("; are lat and lon swapped?" if -90 <= lon <= 90 else "")
        refuse("lat", lat, "is out of range", advice)
    if not -180 <= lon <= 180:
        refuse("lon", lon, "is out of range", "give degrees east, -180 to 180")
    if lat == 0 and lon == 0:
        refuse(
            "lat, lon", "0, 0", "is a point in the sea that stands for a missing position", "leave both empty"
        )
    if event.get("geo_precision") in ("country", "unlocated"):
        precision = event["geo_precision"]
        refuse(
            "geo_precision",
            precision,
            "carries no coordinates",
            "leave lat and lon empty or state the precision",
        )
    if (event.get("radius_m") or 0) < 0:
        refuse("radius_m", event["radius_m"], "is negative", "give metres, 0 or more")
    if (event.get("radius_m") or 0) > _FARTHEST_M:
        refuse("radius_m", event["radius_m"], "is farther than any place on Earth", "give metres")


def check_values(event: dict[str, Any]) -> None:
    """Check an incident that was not read from a row: codes, days, position, people, type; raise `InputError`."""
    for name, field in schema.fields("events").items():
        value = event.get(name)
        if field.codes and value is not None and value not in schema.codes(field.codes):
            refuse(
                name,
                value,
                f"is not a code of {field.label}",
                f"give one of {', '.join(schema.codes(field.codes))}",
            )
    start, end = event.get("date_start"), event.get("date_end")
    if start and end and start > end:
        refuse("date_end", end, f"is before the earliest day {start}", "give the earlier day first")
    for rule in (position, people, types):
        rule(event)


def units(event: dict[str, Any]) -> None:
    """Check a country code that a file of ours gives."""
    given = event.get("country")
    if given is None:
        return
    code = countries.code_of(given)
    if code is None:
        refuse("country", given, "is no country", "give its ISO 3166 code, like UA")
    event["country"] = code


def people(event: dict[str, Any]) -> None:
    """Lay "3-5" out as low and high numbers; check that low, best and high numbers of people are in that order."""
    if COUNTS.isdisjoint(event):
        return
    get = event.get
    for group, best in _BEST:
        if isinstance(told := get(best), Span):
            del event[best]
            for name, number in told._asdict().items():
                if number is not None and event.setdefault(f"{group}_{name}", number) != number:
                    refuse(
                        f"{group}_{name}",
                        get(f"{group}_{name}"),
                        f"is not {number}, as the best number says",
                        "give one",
                    )
    for low, high in _IN_ORDER:
        if (less := get(low)) is not None and (more := get(high)) is not None and less > more:
            refuse(low, less, f"is above {high} = {more}", "low <= best <= high")


def types(event: dict[str, Any]) -> None:
    """Check that the subtype belongs to the type, and give the type where only the subtype is said."""
    said = event.get("event_type")
    if said in schema.codes("event_subtype"):
        del event["event_type"]
        event.setdefault("event_subtype", said)
    subtype = event.get("event_subtype")
    if subtype is None:
        return
    belongs = schema.codes("event_subtype")[subtype].more["event_type"]
    if event.setdefault("event_type", belongs) != belongs:
        refuse(
            "event_subtype",
            subtype,
            f"belongs to {belongs}",
            f"change one of them; type is {event['event_type']}",
        )


def check_incident(event: Mapping[str, Any]) -> None:
    """Check a whole incident, as it would stand in the records after a correction; raise `InputError`."""
    start, end, precision = event["date_start"], event["date_end"], event["date_precision"]
    if (start is None) != (end is None) or (start is None) != (precision == "unknown"):
        refuse(
            "date_precision", precision, "does not fit the dates", "give both days and a precision, or none"
        )
    if start is not None and start > end:
        refuse("date_end", end, f"is before the earliest day {start}", "give the earlier day first")
    if precision in ("day", "exact_time") and start != end:
        refuse(
            "date_precision", precision, f"does not fit {start} to {end}", "use range, week, month or year"
        )
    people(dict(event))
    types(dict(event))


def refuse(column: str, value: object, problem: str, expected: str) -> None:
    """Raise `InputError`: what is wrong with a value, and what to do."""
    raise InputError(column=column, value=value, problem=problem, expected=expected)
