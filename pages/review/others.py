"""Reviewing what is no place: possible duplicates, texts, drafts, rows that were not taken."""

from typing import Any

import streamlit as st

from data import Store
from data.decisions import Decision, DuplicateDecision, StatusDecision
from data.decisions.queue import Waiting
from pages.review import correct, deciding, row_form, words
from pages.shared import card_view
from pages.shared.cards import card
from pages.shared.text import plain


def duplicate(store: Store, waiting: Waiting) -> None:
    """Show two incidents that may be one, side by side."""
    first, second = (store.event(name, audience="analyst") for name in (waiting.event_id, waiting.other_id))
    if first is None or second is None:
        deciding.skip(waiting.key)
        st.rerun()
    st.markdown(plain("May be one incident: " + "; ".join(waiting.why) + "."))
    for column, event in zip(st.columns(2), (first, second), strict=True):
        with column:
            card_view.show(card(event), event["event_type"])
    versions = {event["event_id"]: event["version"] for event in (first, second)}
    why = _why(waiting)

    def button(label: str, key: str, loser: Any, winner: Any, *, same: bool, said: str) -> None:
        decision = DuplicateDecision(loser["event_id"], winner["event_id"], same, versions)
        _button(store, label, key, decision, why, said)

    with st.container(horizontal=True):
        button("One incident, keep the left", "A", second, first, same=True, said="Merged.")
        button("One incident, keep the right", "B", first, second, same=True, said="Merged.")
        button("Two incidents", "T", first, second, same=False, said="Kept apart.")
        deciding.offer_skip(waiting)


def text(store: Store, waiting: Waiting) -> None:
    """Show an incident that waits because of its text, or because it is a draft, and all that would be published."""
    event = store.event(waiting.event_id, audience="analyst")
    if event is None:
        deciding.skip(waiting.key)
        st.rerun()
    told, read_as = st.columns([3, 2])
    with told:
        st.html(words.incident(event))
        if event["flags"]:
            found = ", ".join(f"{flag['text']} ({flag['kind']})" for flag in event["flags"])
            st.warning(plain(f"Found in the text: {found}. Look whether it may be published."))
        elif waiting.kind == "text":
            st.caption("Not flagged; its source or a person asked for a review.")
        if event["geo_status"] in ("ambiguous", "unresolved"):
            st.caption("Its place is not decided; published like this, it is shown as undecided.")
        events, why = {event["event_id"]: event["version"]}, _why(waiting)
        with st.container(horizontal=True):
            for label, key, status in (
                ("Publish", "P", "published"),
                ("Verified, publish", "V", "verified"),
                ("Keep as a draft", "D", "draft"),
                ("Dismiss" if event["status"] == "draft" else "Retract", "X", "retracted"),
            ):
                if event["status"] != status:
                    _button(store, label, key, StatusDecision(events, status), why, f"{label}: done.")
            deciding.offer_skip(waiting)
    with read_as:
        card_view.show(card(event), event["event_type"])
    correct.show(store, event)


def reject(store: Store, waiting: Waiting) -> None:
    """Show a row that was not taken, to be mended or dismissed."""
    st.html(words.rejected(waiting.reject or {}))
    st.caption("Mend its cells and take it in, or dismiss what is no incident, a line of totals for example.")
    row_form.show(store, waiting)


def _why(waiting: Waiting) -> str:
    key = f"why_{waiting.key}"
    st.text_input(deciding.WHY, key=key, max_chars=500)
    return key


def _button(store: Store, label: str, key: str, decision: Decision, why: str, said: str) -> None:
    st.button(
        label,
        shortcut=key,
        disabled=deciding.blocked(),
        on_click=deciding.decide,
        args=(store, decision, why, said),
    )
