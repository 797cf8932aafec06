"""Reviewing what is no place: possible duplicates, texts that the scan flagged, rows that were not taken."""

from typing import Any

import streamlit as st

from data import Store
from data.decisions import DuplicateDecision, StatusDecision
from data.decisions.queue import Waiting
from pages.review import deciding, words
from pages.shared.text import plain
from pages.shared.words import days


def duplicate(store: Store, waiting: Waiting) -> None:
    """Show two incidents that may be one, side by side."""
    first, second = (store.event(name, audience="analyst") for name in (waiting.event_id, waiting.other_id))
    if first is None or second is None:
        deciding.skip(waiting.key)
        st.rerun()
    st.caption(plain("May be one incident: " + "; ".join(waiting.why)))
    for column, event in zip(st.columns(2), (first, second), strict=True):
        with column:
            st.html(words.incident(event))
            when = days(event["date_start"], event["date_end"], event["date_precision"])
            sources = "; ".join(report["publisher"] for report in event["reports"])
            st.text(f"{when}\n{event['labels']['status']}, {event['event_id']}\n{sources}")
    versions = {event["event_id"]: event["version"] for event in (first, second)}
    st.text_input("Why (kept in the history)", key=(why := f"why_{waiting.key}"), max_chars=500)

    def button(label: str, key: str, loser: Any, winner: Any, *, same: bool, said: str) -> None:
        decision = DuplicateDecision(loser["event_id"], winner["event_id"], same, versions)
        st.button(
            label,
            shortcut=key,
            disabled=deciding.blocked(),
            on_click=deciding.decide,
            args=(store, decision, why, said),
        )

    with st.container(horizontal=True):
        button("One incident, keep the left", "A", second, first, same=True, said="Merged.")
        button("One incident, keep the right", "B", first, second, same=True, said="Merged.")
        button("Two incidents", "T", first, second, same=False, said="Kept apart.")
        st.button("Skip", shortcut="N", on_click=deciding.skip, args=(waiting.key,))


def text(store: Store, waiting: Waiting) -> None:
    """Show an incident that waits because of its text."""
    event = store.event(waiting.event_id, audience="analyst")
    if event is None:
        deciding.skip(waiting.key)
        st.rerun()
    st.html(words.incident(event))
    if event["flags"]:
        st.text("Found in the text: " + ", ".join(f"{f['text']} ({f['kind']})" for f in event["flags"]))
    else:
        st.text("Not flagged; its source or a person asked for a review.")
    events = {event["event_id"]: event["version"]}
    st.text_input("Why (kept in the history)", key=(why := f"why_{waiting.key}"), max_chars=500)
    with st.container(horizontal=True):
        for label, key, status in (
            ("Publish", "P", "published"),
            ("Verified, publish", "V", "verified"),
            ("Keep as a draft", "D", "draft"),
            ("Retract", "X", "retracted"),
        ):
            st.button(
                label,
                shortcut=key,
                disabled=deciding.blocked(),
                on_click=deciding.decide,
                args=(store, StatusDecision(events, status), why, f"{label}: done."),
            )
        st.button("Skip", shortcut="N", on_click=deciding.skip, args=(waiting.key,))


def reject(waiting: Waiting) -> None:
    """Show a row that was not taken, and what to do about it."""
    row = waiting.reject or {}
    st.text(f"{row['file_name']}, row {row['row']}, {row['column'] or 'the row'}: {row['value']!r}")
    st.text(row["problem"])
    st.dataframe([row["original"]], hide_index=True, alt="The row as it stood in the file")
    st.caption("Correct it in the rejects file beside the imported one, or in your table, and import that.")
    st.button("Next", shortcut="N", on_click=deciding.skip, args=(waiting.key,))
