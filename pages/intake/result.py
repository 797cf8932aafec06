"""What an import or a saved report has done, where to look at it, and the way back."""

from pathlib import Path

import streamlit as st

from data import DataError, Store, Summary
from pages.shared import access, edits, session
from pages.shared.text import plain
from pages.shared.words import number_of

PROBLEM, REFUSED = "intake_undo_problem", "intake_undo_refused"


def show(store: Store, summary: Summary, name: str) -> None:
    """Draw the outcome of an import."""
    if undone(summary.import_id):
        st.success(
            f"The import of {plain(name)} was undone; the incidents are as they were before.",
            icon=":material/undo:",
        )
        return
    parts = [
        f"{number_of(summary.imported, 'incident')} new",
        f"{summary.updated:,} changed",
        f"{summary.unchanged:,} unchanged",
        f"{number_of(summary.rejected, 'row')} put aside",
    ]
    st.success(plain(", ".join(parts) + "."), title=f"{plain(name)} is saved", icon=":material/check:")
    waiting = {
        "with a place in doubt": summary.ambiguous,
        "with a place not found": summary.unresolved,
        "flagged for review before they are public": summary.in_review,
    }
    if any(waiting.values()):
        st.markdown(", ".join(f"{count:,} {what}" for what, count in waiting.items() if count) + ".")
    with st.container(horizontal=True, vertical_alignment="center"):
        if any(waiting.values()) or summary.rejected:
            review(summary.import_id, name)
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
            undo(store, summary.import_id, "Undo this import")
        links()


def links() -> None:
    """Lead to the pages that show what was saved."""
    words = session.address_words()
    for page, label, icon in (("incidents", "Incidents", "table_rows"), ("map", "Map", "map")):
        st.page_link(f"pages/{page}/page.py", label=label, icon=f":material/{icon}:", query_params=words)


def review(import_id: str, name: str) -> None:
    """Lead to the review of just what was saved."""
    if st.button("Review what it brought", icon=":material/fact_check:", type="primary"):
        session.review_only(import_id, name)
        st.switch_page("pages/review/page.py", query_params=session.address_words())


def undo(store: Store, import_id: str, label: str) -> None:
    """Offer to take back everything that was saved; what keeps it from being done is shown next."""
    st.button(label, icon=":material/undo:", on_click=_undo, args=(store, import_id))
    if st.session_state.get(REFUSED) == import_id:
        st.button(
            "Undo it with what was decided later",
            icon=":material/undo:",
            on_click=_undo,
            args=(store, import_id, True),
        )


def undone(import_id: str) -> bool:
    """Say whether this was taken back here; show what kept it from being done."""
    if problem := st.session_state.pop(PROBLEM, None):
        st.error(plain(edits.in_words(problem)))
    return import_id in st.session_state.get("intake_undone", ())


def _undo(store: Store, import_id: str, with_later: bool = False) -> None:
    why = "undone on the intake page"
    try:
        store.undo(f"import:{import_id}", user=access.user(), reason=why, with_later=with_later)
    except DataError as problem:
        st.session_state.update({PROBLEM: str(problem), REFUSED: import_id})
        return
    st.session_state.pop(REFUSED, None)
    st.session_state.setdefault("intake_undone", set()).add(import_id)
    if (only := session.reviewed_import()) and only[0] == import_id:
        session.review_only(None)
