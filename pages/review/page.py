"""One queue of what waits for a person; every decision is recorded with who, when and why, and can be undone."""

import streamlit as st

from data.decisions import queue
from pages.review import deciding, history, others, places
from pages.shared import access
from pages.shared.resources import store

opened = store()
audience = deciding.audience()
left = queue.left(opened, audience)
deciding.show_outcome()

with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
    kind = st.segmented_control(
        f"{sum(left.values()):,} left in the whole store",
        [kind for kind in queue.KINDS if kind in left],
        format_func=lambda kind: f"{queue.KINDS[kind]} ({left[kind]:,})",
        default=next((kind for kind in queue.KINDS if kind in left), None),
        key="review_kind",
    )
    if not access.read_only():
        st.text_input("Your name", deciding.who(), key="review_name", max_chars=100, width=180)
        st.session_state[deciding.WHO] = st.session_state["review_name"]
        history.undo_last(opened)
if access.read_only():
    st.info(deciding.READ_ONLY)
elif not deciding.who():
    st.info("Give your name first: who decided, when and why is kept with every decision.")

waiting = (
    queue.next_of(opened, kind, deciding.skipped(), st.session_state.get(deciding.FIRST, ""), audience)
    if kind in left
    else None
)
if not left:
    st.success("Nothing waits for a person. New imports and reports bring their doubts here.")
elif kind is None:
    st.info("Choose above what to look at.")
elif waiting is None:
    st.info("The rest was put off. It comes back when this page is opened anew.")
    st.button("Look at it again now", on_click=deciding.skipped().clear)
elif kind == "duplicate":
    others.duplicate(opened, waiting)
elif kind == "text":
    others.text(opened, waiting)
elif kind == "reject":
    others.reject(waiting)
else:
    places.show(opened, waiting)
if not access.read_only():
    history.show(opened, waiting.event_id or None if waiting else None)
