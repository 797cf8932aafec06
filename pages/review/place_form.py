"""The choices for a place: one of the candidates for every name, another place, a position, or that nobody can tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from data.decisions import Choice, PlaceDecision, Spot
from data.placing import possible
from geo.coordinates import find
from geo.errors import PlaceTextError
from pages.shared.cards import MARKS, candidate_detail, marked_candidates, place_name
from pages.shared.resources import gazetteer
from pages.shared.text import plain

UNDECIDED, NOBODY = "", "?"
MOST_BESIDE = 3
"""So many improbable candidates are shown beside the plausible ones."""
MOST_FOUND, MOST_LOOKED_AT = 5, 100
"""So many places are offered for what was typed into the search, of so many that begin like it."""
PICKED = "picked by search"
FOUND = "found"
"""Where places found by a search lie beside the candidates of a name."""
POSITION, RADIUS = "review_position", "review_radius"


@dataclass(frozen=True)
class Name:
    """One name of a place with what it may be."""

    text: str
    candidates: tuple[Mapping[str, Any], ...]
    decided: str | None
    """What a person decided on it already: a place, or that nobody can tell."""


def names(event: Mapping[str, Any]) -> list[Name]:
    """Return the names to decide on, each with its candidates, the plausible ones first."""
    asked = [p for p in event["places"] if p["role"] == "event"] or event["places"]
    made = []
    for place in asked:
        likely = possible(place)
        rest = [c for c in place["candidates"] or [] if c not in likely]
        shown = (*likely, *rest[:MOST_BESIDE])
        known = {candidate["id"] for candidate in shown}
        found = tuple(c for c in place.get(FOUND, ()) if c["id"] not in known)
        made.append(Name(place["text"], (*shown, *found), _decided(place)))
    return made


def with_search(event: Mapping[str, Any]) -> dict[str, Any]:
    """Return the incident with the places found for what was typed beside its names."""
    typed = {
        name.text: st.session_state.get(_key(event, number, "search")) or ""
        for number, name in enumerate(names(event))
    }
    country = str(event.get("country") or "")
    places = [{**place, FOUND: search(typed.get(place["text"], ""), country)} for place in event["places"]]
    return {**event, "places": places}


def search(typed: str, country: str) -> tuple[Mapping[str, Any], ...]:
    """Find places whose name begins with what was typed: those of a country first, then the most populous."""
    if not typed.strip():
        return ()
    found = gazetteer().suggest(typed.strip(), MOST_LOOKED_AT)
    found.sort(key=lambda place: place.country != country)
    return tuple(
        {**place.to_dict(), "probability": None, "reasons": [PICKED]} for place in found[:MOST_FOUND]
    )


def _decided(place: Mapping[str, Any]) -> str | None:
    return (place["chosen_id"] or NOBODY) if place.get("decided_by") else None


def letters(event: Mapping[str, Any]) -> dict[str, str]:
    """Give every candidate shown a letter: the plausible ones those that they have on the large map and its card."""
    marked = {candidate["id"]: mark for mark, candidate in marked_candidates(event)}
    more = dict.fromkeys(c["id"] for name in names(event) for c in name.candidates if c["id"] not in marked)
    return marked | dict(zip(more, MARKS[len(marked) :], strict=False))


def choose(event: Mapping[str, Any]) -> dict[str, str]:
    """Ask for each name which place it is; return name -> place, `NOBODY` or `UNDECIDED`."""
    marks, chosen = letters(event), {}
    for number, name in enumerate(names(event)):
        described = {c["id"]: _described(c, marks.get(c["id"], "")) for c in name.candidates}
        asked = st.container()
        _search(event, number, name.text)
        picked = asked.radio(
            f"Which **{plain(name.text)}**?",
            options := [*described, NOBODY],
            index=options.index(name.decided) if name.decided in options else None,
            key=_key(event, number),
            format_func=partial(_named, described),
            captions=[plain(_detail(c, name.text)) for c in name.candidates]
            + ["stays in doubt; drawn as the area around what remains"],
        )
        chosen[name.text] = picked or UNDECIDED
    return chosen


def _search(event: Mapping[str, Any], number: int, name: str) -> None:
    typed = st.text_input(
        f"Another place than these for {plain(name)}",
        key=_key(event, number, "search"),
        max_chars=80,
        placeholder="Another place: type how its name begins",
        label_visibility="collapsed",
        icon=":material/search:",
    )
    if typed.strip() and not search(typed, ""):
        st.caption(f"No place of the gazetteer begins with “{plain(typed.strip())}”.")


def _detail(candidate: Mapping[str, Any], name: str) -> str:
    """Say where a candidate lies and why; that it is called as the question says it is needs no saying."""
    reasons = [reason for reason in candidate.get("reasons", ()) if reason != f"called “{name}”"]
    return candidate_detail({**candidate, "reasons": reasons})


def _key(event: Mapping[str, Any], number: int, kind: str = "place") -> str:
    return f"{kind}_{event['event_id']}_{event.get('version')}_{number}"


def chosen_by(act: str, event: Mapping[str, Any]) -> dict[str, str]:
    """Say what a button chooses for every name: what the widgets hold, the leading places, or that nobody can tell."""
    if act == "leading":
        return leading(event)
    if act == "nobody":
        return dict.fromkeys((name.text for name in names(event)), NOBODY)
    return {
        name.text: st.session_state.get(_key(event, number)) or UNDECIDED
        for number, name in enumerate(names(event))
    }


def _named(described: Mapping[str, str], option: str) -> str:
    return described.get(option, "Nobody can tell")


def _described(candidate: Mapping[str, Any], mark: str) -> str:
    return f"**{mark}** {plain(place_name(candidate))}"


def leading(event: Mapping[str, Any]) -> dict[str, str]:
    """Choose the most probable place for every name that has one."""
    return {name.text: name.candidates[0]["id"] if name.candidates else NOBODY for name in names(event)}


def decision(
    chosen: Mapping[str, str], events: Mapping[str, int], event: Mapping[str, Any]
) -> PlaceDecision | None:
    """Make the decision of what was chosen for an incident, None while nothing is."""
    found = {place["id"]: place for asked in event["places"] for place in asked.get(FOUND, ())}
    choices = tuple(
        Choice(text, None if picked == NOBODY else picked, found.get(picked))
        for text, picked in chosen.items()
        if picked
    )
    return PlaceDecision(events, choices) if choices else None


def spot(text: str, radius_km: float, clicked: bool) -> tuple[Spot | None, str]:
    """Read a position in any usual notation; return it, or what is wrong with it."""
    if not text.strip():
        return None, ""
    try:
        found = find(text)
    except PlaceTextError as error:
        return None, str(error)
    if found is None:
        return (
            None,
            "This is no position: write it like 48.735, 38.215, or 48°44'06\"N 38°12'54\"E, or as MGRS.",
        )
    return Spot(*found, 1000 * radius_km, "map_click" if clicked else "coordinates_given"), ""
