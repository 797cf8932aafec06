"""Reviewing one place: the text, the candidates, the map, and everything that can be decided about it."""

from typing import Any

import streamlit as st

from data import Store
from data.decisions import PlaceDecision
from data.decisions.queue import Waiting, same_words
from pages.review import deciding, place_form, place_map, words
from pages.shared.cards import certainty, marked_candidates
from pages.shared.text import plain
from pages.shared.words import number_of

TAKEN = "review_click_taken"


def show(store: Store, waiting: Waiting) -> None:
    """Show one incident whose place waits for a decision."""
    event = store.event(waiting.event_id, audience="analyst")
    if event is None:
        deciding.skip(waiting.key)
        st.rerun()
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
        chosen = place_form.choose(event, event["version"])
        events = _events(store, event)
        reason = st.text_input(
            "Why (kept in the history and shown with the place)",
            key=f"why_{event['event_id']}_{event['version']}",
            max_chars=500,
        )
        _buttons(store, waiting, event, events, chosen, spot, reason)


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


def _position() -> tuple[Any, str]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            "Or a position: click the map, or type it",
            key=place_form.POSITION,
            placeholder="48.735, 38.215",
        )
        radius = st.number_input("Within (km)", 0.05, 500.0, 5.0, step=1.0, key=place_form.RADIUS, width=130)
    clicked = st.session_state.get(TAKEN)
    return place_form.spot(text, radius, clicked=clicked is not None and text == _written(clicked))


def _written(clicked: tuple[float, float]) -> str:
    return f"{clicked[0]:.5f}, {clicked[1]:.5f}"


def _events(store: Store, event: dict[str, Any]) -> dict[str, int]:
    """Ask whether incidents with the same words are decided alike, showing which these are."""
    events = {event["event_id"]: event["version"]}
    alike = same_words(store, event["event_id"])
    if not alike:
        return events
    with st.expander(f"{number_of(len(alike), 'more incident')} with the same words in the same context"):
        for other in alike[:20]:
            st.text(f"{other['event_id']}  {other['title']}")
        if len(alike) > 20:
            st.text(f"and {len(alike) - 20:,} more")
        if st.toggle("Decide these alike", key=f"alike_{event['event_id']}_{event['version']}"):
            events |= {other["event_id"]: other["version"] for other in alike}
    return events


def _buttons(
    store: Store,
    waiting: Waiting,
    event: dict[str, Any],
    events: dict[str, int],
    chosen: dict[str, str],
    spot: Any,
    reason: str,
) -> None:
    off = deciding.blocked()
    picked = PlaceDecision(events, spot=spot) if spot else place_form.decision(chosen, events)
    nobody = place_form.decision(dict.fromkeys(chosen, place_form.NOBODY), events)
    leading = place_form.decision(place_form.leading(event), events)
    more = f" for {number_of(len(events), 'incident')}" if len(events) > 1 else ""

    def button(label: str, key: str, decision: PlaceDecision | None, said: str, **look: Any) -> None:
        st.button(
            label,
            shortcut=key,
            disabled=off or decision is None,
            on_click=deciding.decide,
            args=(store, decision, reason, f"{said}{more}."),
            **look,
        )

    what = "Save the position" if spot else "Save the choice"
    with st.container(horizontal=True):
        button(what, "S", picked, "Saved", type="primary", icon=":material/check:")
        button("Take the leading ones", "A", leading, "Leading places taken")
        button("Can't tell", "T", nobody, "Left in doubt")
        button("Reject the place", "X", PlaceDecision(events, rejected=True), "Rejected")
        st.button("Skip", shortcut="N", on_click=deciding.skip, args=(waiting.key,))
