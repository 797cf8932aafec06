"""One queue of what waits for a person; every decision is recorded with who, when and why, and can be undone."""

import streamlit as st

from data.decisions import queue
from pages.review import deciding, head, history, others, places
from pages.shared import access, session
from pages.shared.resources import store

opened = store()
audience = deciding.audience()
only = None if access.read_only() else session.reviewed_import()
import_id = only[0] if only else None
left = queue.left(opened, audience, import_id)
deciding.show_outcome()
head.scope(only)
kind = head.kinds(left, only)
head.who_decides(opened)

waiting = (
    queue.next_of(
        opened, kind, deciding.skipped(), st.session_state.get(deciding.FIRST, ""), audience, import_id
    )
    if kind in left
    else None
)
if not left:
    head.nothing_waits(only)
elif kind is None:
    st.info("Choose above what to look at.")
elif waiting is None:
    st.info("The rest was put off. It comes back when this page is opened anew.")
    st.button("Look at it again now", on_click=deciding.skipped().clear)
elif kind == "duplicate":
    others.duplicate(opened, waiting)
elif kind in ("text", "draft"):
    others.text(opened, waiting)
elif kind == "reject":
    others.reject(opened, waiting)
else:
    places.show(opened, waiting)
if not access.read_only():
    history.show(opened, waiting.event_id or None if waiting else None)
