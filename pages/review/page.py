"""One queue of what waits for a person; every decision is recorded with who, when and why, and can be undone."""

import streamlit as st

from data import Store
from data.decisions import queue
from pages.review import deciding, head, history, others, places, single
from pages.shared import access, session
from pages.shared.resources import store


def _next(opened: Store) -> str | None:
    """Show what waits next; return its incident."""
    audience = deciding.audience()
    only = None if access.read_only() else session.reviewed_import()
    import_id = only[0] if only else None
    left = queue.left(opened, audience, import_id)
    head.scope(only)
    kind = head.kinds(left, only)
    head.who_decides(opened)
    if not left:
        head.nothing_waits(only)
        return None
    if kind is None or kind not in left:
        st.info("Choose above what to look at.")
        return None
    first = st.session_state.get(deciding.FIRST, "")
    waiting = queue.next_of(opened, kind, deciding.skipped(), first, audience, import_id)
    if waiting is None:
        st.info("The rest was put off. It comes back when this page is opened anew.")
        st.button("Look at it again now", on_click=deciding.skipped().clear)
        return None
    if kind == "duplicate":
        others.duplicate(opened, waiting)
    elif kind in ("text", "draft"):
        others.text(opened, waiting)
    elif kind == "reject":
        others.reject(opened, waiting)
    else:
        places.show(opened, waiting)
    return waiting.event_id or None


opened = store()
deciding.show_outcome()
one = None if access.read_only() else session.reviewed_one()
if one:
    head.who_decides(opened)
    if not single.show(opened, one):
        st.rerun()
else:
    one = _next(opened)
if not access.read_only():
    history.show(opened, one)
