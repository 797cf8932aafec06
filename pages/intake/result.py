"""What an import has done, where to look at it, and the way back."""

from pathlib import Path

import streamlit as st

from data import DataError, Store, Summary
from pages.shared import access, session
from pages.shared.text import plain
from pages.shared.words import number_of


def show(store: Store, summary: Summary, name: str) -> None:
    """Draw the outcome of an import."""
    undone = st.session_state.get("intake_undone") == summary.import_id
    if undone:
        st.success(f"The import of {plain(name)} was undone; the incidents are as they were before.")
        return
    parts = [
        f"{number_of(summary.imported, 'incident')} new",
        f"{summary.updated:,} changed",
        f"{summary.unchanged:,} unchanged",
        f"{number_of(summary.rejected, 'row')} put aside",
    ]
    st.success(plain(", ".join(parts) + "."), title=f"{plain(name)} is saved", icon=":material/check:")
    waiting = summary.ambiguous + summary.unresolved + summary.in_review
    if waiting:
        st.markdown(
            f"{summary.ambiguous:,} with a place in doubt, {summary.unresolved:,} with a place not found, "
            f"{summary.in_review:,} flagged for review before they are public."
        )
    with st.container(horizontal=True):
        words = session.address_words()
        st.page_link(
            "pages/incidents/page.py",
            label="See them in the table",
            icon=":material/table_rows:",
            query_params=words,
        )
        st.page_link("pages/map/page.py", label="See the map", icon=":material/map:", query_params=words)
        if summary.rejects_file and Path(summary.rejects_file).is_file():
            st.download_button(
                "Rows put aside, to correct",
                data=Path(summary.rejects_file).read_bytes(),
                file_name=Path(summary.rejects_file).name,
                mime="text/csv",
                on_click="ignore",
                icon=":material/download:",
            )
        if summary.imported or summary.updated:
            st.button(
                "Undo this import", icon=":material/undo:", on_click=_undo, args=(store, summary.import_id)
            )
    if problem := st.session_state.pop("intake_undo_problem", None):
        st.error(plain(problem))


def _undo(store: Store, import_id: str) -> None:
    try:
        store.undo(f"import:{import_id}", user=access.user(), reason="undone on the intake page")
        st.session_state["intake_undone"] = import_id
    except DataError as problem:
        st.session_state["intake_undo_problem"] = str(problem)
