"""Correcting what a record says: its fields, in a form that says what is wrong with which of them."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data import Store
from data.decisions import FieldDecision
from data.decisions.fields import CORRECTABLE
from data.errors import InputError
from pages.review import deciding
from pages.shared import access, correction_form, edits
from pages.shared.text import plain


def show(store: Store, event: Mapping[str, Any]) -> None:
    """Offer to correct an incident as it stands now; what was corrected stays when its file comes again."""
    if access.read_only():
        return
    key = f"correct_{event['event_id']}_{event.get('version')}"
    said = {name: event.get(name) for name in CORRECTABLE}
    with st.expander("Correct what it says", icon=":material/edit:"), st.form(key, border=False):
        words, table = correction_form.show(said, key)
        words |= correction_form.place_words(said, key)
        words |= correction_form.visibility(said, key)
        st.caption("Other words for the place are looked up anew, unless its position was stated.")
        reason = st.text_input("Reason (kept in the history, never public)", key=f"{key}_why", max_chars=500)
        problem = st.container()
        if not st.form_submit_button(
            "Save the correction", type="primary", icon=":material/save:", disabled=deciding.blocked()
        ):
            return
        if said_wrong := _correct(store, event, said, words, table, reason):
            problem.error(plain(said_wrong), icon=":material/error:")
            return
    st.rerun()


def _correct(
    store: Store,
    event: Mapping[str, Any],
    said: Mapping[str, Any],
    words: dict[str, Any],
    table: Any,
    reason: str,
) -> str | None:
    """Record the correction; return what keeps it from being made."""
    words["protected_persons"] = words["protected_persons"] or (
        None if said["protected_persons"] is None else False
    )
    try:
        values = edits.changed(said, edits.edited(said, words, table))
    except InputError as problem:
        return str(problem)
    if not values:
        return "Nothing was changed: correct a field first."
    decision = FieldDecision({event["event_id"]: event["version"]}, values)
    refused = deciding.attempt(
        lambda: store.decide(decision, user=deciding.who(), reason=reason), "Corrected."
    )
    if refused is None:
        deciding.look_at(event["event_id"])
    return refused and edits.in_words(refused)
