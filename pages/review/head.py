"""What stands over the thing under review: what is left, of which import, who decides, and the way back."""

from collections.abc import Mapping

import streamlit as st

from data import Store
from data.decisions import queue
from pages.review import deciding, history
from pages.shared import access, session
from pages.shared.text import plain

Only = tuple[str, str] | None
"""The one import that is looked at: its id and the name of its file."""


def scope(only: Only) -> None:
    """Say that only one import is looked at, with the way to everything."""
    if only is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"Only what **{plain(only[1])}** brought.", width="content")
        st.button(
            "Review everything", icon=":material/close:", on_click=session.review_only, args=(None,),
            type="tertiary",
        )  # fmt: skip


def kinds(left: Mapping[str, int], only: Only) -> str | None:
    """Ask which kind of thing to look at; return it."""
    if not left:
        return None
    return st.segmented_control(
        f"{sum(left.values()):,} left" + ("" if only else " in the whole store"),
        list(left),
        format_func=lambda kind: f"{queue.KINDS[kind]} ({left[kind]:,})",
        default=next(iter(left)),
        key="review_kind",
    )


def who_decides(store: Store) -> None:
    """Ask for the name of the person at this screen, and offer to undo the last decision."""
    if access.read_only():
        st.info(deciding.READ_ONLY)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text_input(
            "Your name",
            deciding.who(),
            key="review_name",
            max_chars=100,
            width=180,
            label_visibility="collapsed",
            placeholder="Your name",
            icon=":material/person:",
        )
        st.session_state[deciding.WHO] = st.session_state["review_name"]
        history.undo_last(store)
    if not deciding.who():
        st.info("Give your name first: who decided, when and why is kept with every decision.")


def nothing_waits(only: Only) -> None:
    """Say that everything was looked at."""
    if only is None:
        st.success(
            "Nothing waits for a person. New imports and reports bring their doubts here.",
            icon=":material/check:",
        )
    else:
        st.success(f"Nothing that {plain(only[1])} brought waits any more.", icon=":material/check:")
