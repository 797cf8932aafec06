"""Taking and undoing decisions from the page: who decides, what went wrong, what was done last."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from data import Audience, DataError, Store
from data.decisions import Decision
from data.decisions.queue import Waiting
from pages.shared import access, edits
from pages.shared.text import plain

WHO = "review_user"
FIRST, SKIPPED, PROBLEM, DONE = "review_first", "review_skipped", "review_problem", "review_done"
ONE = "one"
"""Kind of what is looked at though it does not wait."""
WHY = "Why (kept in the history, never public)"
READ_ONLY = "This is a read-only demonstration: decisions can be looked at, not taken."


def who() -> str:
    """Return the name of the person at this screen, as given here, else as this machine knows it."""
    kept = st.session_state.get(WHO)
    return str(access.user() if kept is None else kept).strip()


def audience() -> Audience:
    """Say who looks: a read-only copy shows what is public and nothing else."""
    return "public" if access.read_only() else "analyst"


def blocked() -> bool:
    """Say whether nothing can be decided here and now."""
    return access.read_only() or not who()


def skipped() -> set[str]:
    """Return the things put off in this session."""
    kept: set[str] = st.session_state.setdefault(SKIPPED, set())
    return kept


def skip(key: str) -> None:
    """Put a thing off until the next visit."""
    skipped().add(key)
    st.session_state.pop(FIRST, None)


def offer_skip(waiting: Waiting) -> None:
    """Offer to put off what waits."""
    if waiting.kind != ONE:
        st.button("Skip", shortcut="N", on_click=skip, args=(waiting.key,))


def look_at(event_id: str) -> None:
    """Show an incident before all others that wait, put off or not."""
    st.session_state[FIRST] = event_id
    st.session_state[SKIPPED] = {key for key in skipped() if f":{event_id}:" not in key}


def decide(store: Store, decision: Decision, reason_key: str, said: str) -> None:
    """Take a decision, with the reason that stands in a field; what keeps it from being taken is shown next."""
    reason = str(st.session_state.get(reason_key) or "")
    _carefully(lambda: store.decide(decision, user=who(), reason=reason), said)
    st.session_state.pop(FIRST, None)


def undo(store: Store, row: Mapping[str, Any], *, with_later: bool = False) -> None:
    """Undo a decision and look at its incident again."""
    if _carefully(lambda: store.undo(row["decision_id"], user=who(), with_later=with_later), "Undone."):
        look_at(row["what"])


def last(store: Store) -> dict[str, Any] | None:
    """Return the last decision of a person that still stands."""
    rows = store.history(limit=50)
    return next((r for r in rows if _is_decision(r) and not r["undoes"] and not r["reverted_by"]), None)


def _is_decision(row: Mapping[str, Any]) -> bool:
    """Say whether a person decided here; an import is one only where it took in a row that a person mended."""
    return row["kind"] != "import" or "mends" in (row["after"] or {})


def show_outcome() -> None:
    """Say what was done, or what kept it from being done."""
    if problem := st.session_state.pop(PROBLEM, None):
        st.error(plain(problem), icon=":material/error:")
    if done := st.session_state.pop(DONE, None):
        st.toast(plain(done), icon=":material/check:")


def attempt(act: Callable[[], object], said: str) -> str | None:
    """Do something and say so next; return what keeps it from being done."""
    if blocked():
        return READ_ONLY if access.read_only() else "Give your name first."
    try:
        act()
    except DataError as error:
        return str(error)
    st.session_state[DONE] = said
    return None


def _carefully(act: Callable[[], object], said: str) -> bool:
    problem = attempt(act, said)
    if problem is not None:
        st.session_state[PROBLEM] = edits.in_words(problem)
    return problem is None
