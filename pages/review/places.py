"""Reviewing one place: the text, the candidates, the map, and everything that can be decided about it."""

from typing import Any

import streamlit as st

from data import Store
from data.decisions import PlaceDecision, Spot
from data.decisions.queue import Waiting, same_words
from pages.review import correct, deciding, place_form, place_map, words
from pages.shared.cards import certainty, marked_candidates
from pages.shared.text import plain
from pages.shared.words import number_of

TAKEN = "review_click_taken"
MOST_LISTED = 20
SAID = {"save": "Saved", "leading": "Leading places taken", "nobody": "Left in doubt", "reject": "Rejected"}


def show(store: Store, waiting: Waiting) -> None:
    """Show one incident whose place waits for a decision."""
    found = store.event(waiting.event_id, audience=deciding.audience())
    if found is None:
        deciding.skip(waiting.key)
        st.rerun()
    event = place_form.with_search(found)
    st.html(words.incident(event))
    st.caption(plain(certainty(event, len(marked_candidates(event)))))
    on_map, in_words = st.columns([5, 6])
    with on_map:
        typed = _typed()
        clicked = place_map.show(event, place_form.letters(event), typed)
        _take_click(clicked)
        spot, problem = _position()
        if problem:
            st.warning(plain(problem))
    with in_words:
        chosen = place_form.choose(event)
        alike = _alike(store, event)
        st.text_input(deciding.WHY, key=_key("why", event), max_chars=500)
        _buttons(store, waiting, event, alike, savable=spot is not None or any(chosen.values()))
    correct.show(store, event)


def _typed() -> tuple[float, float, float] | None:
    text = st.session_state.get(place_form.POSITION, "")
    found, _problem = place_form.spot(text, st.session_state.get(place_form.RADIUS, 5.0), clicked=False)
    return (found.lat, found.lon, found.radius_m) if found else None


def _take_click(clicked: tuple[float, float] | None) -> None:
    """Write a new click on the map into the position field, once."""
    if clicked and clicked != st.session_state.get(TAKEN):
        st.session_state[TAKEN] = clicked
        st.session_state[place_form.POSITION] = _written(clicked)
        st.rerun()


def _position() -> tuple[Spot | None, str]:
    """Ask for a position; return it, or what is wrong with it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "Or a position: click the map, or type it", key=place_form.POSITION, placeholder="48.735, 38.215"
        )
        st.number_input("Within (km)", 0.05, 500.0, 5.0, step=1.0, key=place_form.RADIUS, width=130)
    return _stated()


def _stated() -> tuple[Spot | None, str]:
    text = st.session_state.get(place_form.POSITION) or ""
    clicked = st.session_state.get(TAKEN)
    by_click = clicked is not None and text == _written(clicked)
    return place_form.spot(text, st.session_state.get(place_form.RADIUS, 5.0), by_click)


def _written(clicked: tuple[float, float]) -> str:
    return f"{clicked[0]:.5f}, {clicked[1]:.5f}"


def _key(name: str, event: dict[str, Any]) -> str:
    return f"{name}_{event['event_id']}_{event.get('version')}"


def _alike(store: Store, event: dict[str, Any]) -> dict[str, int]:
    """Ask whether incidents with the same words are decided alike, showing which these are."""
    alike = [] if deciding.blocked() else same_words(store, event["event_id"])
    if alike:
        with st.expander(f"{number_of(len(alike), 'more incident')} with the same words in the same context"):
            for other in alike[:MOST_LISTED]:
                st.text(f"{other['event_id']}  {other['title']}")
            if len(alike) > MOST_LISTED:
                st.text(f"and {len(alike) - MOST_LISTED:,} more")
            st.toggle("Decide these alike", key=_key("alike", event))
    return {other["event_id"]: other["version"] for other in alike}


def _buttons(
    store: Store, waiting: Waiting, event: dict[str, Any], alike: dict[str, int], *, savable: bool
) -> None:
    def button(act: str, label: str, key: str, *, possible: bool = True, **look: Any) -> None:
        st.button(
            label,
            shortcut=key,
            disabled=deciding.blocked() or not possible,
            on_click=_decide,
            args=(store, event, alike, act),
            **look,
        )

    with st.container(horizontal=True):
        button("save", "Save", "S", possible=savable, type="primary", icon=":material/check:")
        led = set(place_form.leading(event).values()) != {place_form.NOBODY}
        button("leading", "Take the leading ones", "A", possible=led)
        button("nobody", "Can't tell", "T")
        button("reject", "Reject the place", "X")
        deciding.offer_skip(waiting)


def _decide(store: Store, event: dict[str, Any], alike: dict[str, int], act: str) -> None:
    """Decide as the widgets stand now: a quick hand may press a key before the page has run again."""
    events = {event["event_id"]: event["version"]}
    if st.session_state.get(_key("alike", event)):
        events |= alike
    spot, _problem = _stated()
    if act == "reject":
        decision: PlaceDecision | None = PlaceDecision(events, rejected=True)
    elif act == "save" and spot is not None:
        decision = PlaceDecision(events, spot=spot)
    else:
        decision = place_form.decision(place_form.chosen_by(act, event), events, event)
    if decision is not None:
        more = f" for {number_of(len(events), 'incident')}" if len(events) > 1 else ""
        deciding.decide(store, decision, _key("why", event), f"{SAID[act]}{more}.")
        st.session_state[place_form.POSITION] = ""
