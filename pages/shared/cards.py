"""The card of one incident as plain words: what, when, where with its certainty, why this place, who says so.

A card is a value (kicker, title, sections); the map's script and the table's page both only draw it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from data.countries import name_of
from data.placing import possible
from data.schema import PEOPLE, codes, label
from pages.shared.words import day, days, distance, number_of, people, percent

Event = Mapping[str, Any]
Section = dict[str, Any]

MARKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def card(event: Event) -> dict[str, Any]:
    """Return the card of an event as the store tells it, with its reports and places."""
    sections = [
        {"text": event.get("summary")},
        when(event),
        where(event),
        why(event),
        counted(event),
        {"label": "Actors", "text": event.get("actors")},
        sources(event),
        standing(event),
    ]
    return {
        "kicker": kicker(event),
        "title": event["title"],
        "sections": [
            section for section in sections if any(section.get(k) for k in ("text", "note", "items"))
        ],
    }


def proposal(event: Event) -> dict[str, Any]:
    """Return the card of an incident that is only proposed: it has no record of its own yet."""
    said_by = "; ".join(report["publisher"] for report in event["reports"])
    parts = [when(event), where(event), counted(event), {"label": "Actors", "text": event.get("actors")}]
    parts.append({"label": "Said by", "text": said_by})
    return {"kicker": kicker(event), "title": "", "sections": [part for part in parts if part.get("text")]}


def kicker(event: Event) -> str:
    """Say what kind of incident it is, and how it is told."""
    names = ("event_type", "event_subtype", "modality")
    return " · ".join(label(name, event.get(name)) for name in names if event.get(name))


def when(event: Event) -> Section:
    """Say the date as closely as it is known, and what it rests on."""
    words = days(event.get("date_start"), event.get("date_end"), event["date_precision"])
    basis = event.get("date_basis")
    note = _definition("date_basis", basis) if basis and basis != "stated" else None
    return {"label": "When", "text": words, "note": note}


def where(event: Event) -> Section:
    """Say the place as reported, how certain it is, and the candidates while it is undecided."""
    undecided = event["geo_status"] in ("ambiguous", "unresolved")
    candidates = marked_candidates(event) if undecided else []
    return {
        "label": "Where",
        "text": f"“{event['place_text']}”",
        "note": certainty(event, len(candidates)),
        "items": [
            {"mark": mark, "text": place_name(place), "detail": candidate_detail(place)}
            for mark, place in candidates
        ],
    }


def certainty(event: Event, candidates: int = 0) -> str:
    """Put the certainty of the place into one sentence."""
    status, precision = event["geo_status"], event["geo_precision"]
    region = _region(event)
    size = distance(event.get("radius_m"))
    if status == "ambiguous":
        if event.get("lat") is None:
            return f"Undecided between {candidates} places too far apart to draw."
        fits = _fits(event) or f"Undecided between {candidates} places"
        return f"{fits}; drawn as the area around them, about {size} from its middle."
    if precision == "unlocated":
        some = any(place.get("candidates") for place in event.get("places", ()))
        return (
            "Not located: the places with such a name are too improbable to be drawn."
            if some
            else "Not located: no known place fits these words."
        )
    if precision == "country":
        return f"Known only to the country ({region}); not drawn on the map."
    if precision == "adm1":
        return f"Known only to the region ({region}); drawn as a mark for the region, not as a spot."
    how = label("geo_method", event.get("geo_method")).lower() if event.get("geo_method") else "not stated"
    decided = {
        "confirmed": "Confirmed by a person",
        "auto": "Placed by rule, not yet checked by a person",
    }.get(status, label("geo_status", status))
    spot = {
        "near": "Somewhere within about",
        "feature": "Somewhere within about",
        "adm2": "In the district, within about",
    }
    return (
        f"{spot.get(precision, 'Within about')} {size}{f' in {region}' if region else ''}. {decided} ({how})."
    )


def _fits(event: Event) -> str:
    """Say of each name how many places fit, when more than one name is given."""
    names = {p["text"]: len(possible(p)) for p in event.get("places", ())}
    if len(names) < 2:
        return ""
    return "Undecided: " + ", ".join(
        f"{number_of(count, 'place')} for {name}" for name, count in names.items()
    )


def why(event: Event) -> Section:
    """Give the reasons of the chosen or leading candidate."""
    for place in event.get("places", ()):
        for candidate in place.get("candidates", ())[:1]:
            if candidate.get("reasons"):
                reasons = "; ".join(candidate["reasons"])
                lead = "Leading candidate" if event["geo_status"] == "ambiguous" else "Found as"
                return {
                    "label": "Why this place",
                    "text": f"{lead}: {place_name(candidate)}",
                    "note": reasons,
                }
    return {}


def marked_candidates(event: Event) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the plausible candidates of all mentions with the letters that stand on the map."""
    everyone = [
        candidate
        for place in event.get("places", ())
        if place.get("role", "event") == "event"
        for candidate in possible(place)
    ]
    return list(zip(MARKS, everyone, strict=False))


def place_name(place: Mapping[str, Any]) -> str:
    """Name a candidate with what contains it."""
    return ", ".join(filter(None, (place["name"], _region(place))))


def _region(place: Mapping[str, Any]) -> str:
    country = place.get("country")
    return ", ".join(filter(None, (place.get("admin1"), name_of(country) if country else None)))


def candidate_detail(place: Mapping[str, Any]) -> str:
    """Say where a candidate lies, how probable it is and why."""
    facts = [f"{place['lat']:.3f}, {place['lon']:.3f}", percent(place.get("probability"))]
    return " · ".join(filter(None, [*facts, *place.get("reasons", ())[:2]]))


def counted(event: Event) -> Section:
    """Say how many people, as low, best and high."""
    found = [
        people(name, *(event.get(f"{name}_{part}") for part in ("min", "best", "max"))) for name in PEOPLE
    ]
    words = ", ".join(filter(None, found))
    note = (
        "Protected persons: this record keeps no names or pictures."
        if event.get("protected_persons")
        else None
    )
    return {"label": "People", "text": words, "note": note}


def sources(event: Event) -> Section:
    """List who says so, with date and link."""
    reports: Sequence[Mapping[str, Any]] = event.get("reports", ())
    items = []
    for report in reports:
        details = [report.get("title"), day(report.get("published_at")), report.get("quote")]
        items.append(
            {
                "text": report["publisher"],
                "href": report.get("url"),
                "detail": " · ".join(dict.fromkeys(filter(None, details))),
            }
        )
        if report.get("archive_url"):
            items.append({"text": "its archived copy", "href": report["archive_url"], "detail": ""})
    return {"label": number_of(len(reports), "source"), "items": items}


def standing(event: Event) -> Section:
    """Say the status of the record and how to cite it."""
    return {
        "label": "Record",
        "text": f"{label('status', event['status'])} · {event['event_id']}",
        "note": _definition("status", event["status"]),
    }


def _definition(name: str, code: str) -> str:
    return codes(name)[code].definition if code in codes(name) else ""
