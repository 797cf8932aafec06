"""Reviewing one incident that somebody came with, whether it waits for a person or not."""

import streamlit as st

from data import Store
from data.decisions.queue import Waiting
from pages.review import deciding, others, places
from pages.shared import session
from pages.shared.text import plain

WHAT = {"What it says, and its status": others.text, "Where it was": places.show}


def show(store: Store, event_id: str) -> bool:
    """Show the incident; False when there is none such any more."""
    event = store.event(event_id, audience=deciding.audience())
    if event is None:
        session.review_one(None)
        return False
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"Only **{plain(event['title'])}**.", width="content")
        st.button(
            "Back to what waits", icon=":material/arrow_back:", on_click=session.review_one, args=(None,),
            type="tertiary",
        )  # fmt: skip
    what = st.segmented_control(
        "What to look at",
        list(WHAT),
        default=next(iter(WHAT)),
        required=True,
        key="review_one_what",
        label_visibility="collapsed",
    )
    WHAT[what](store, Waiting(deciding.ONE, event_id))
    return True
