"""What was decided: by whom, when, why; and undoing any of it."""

from collections.abc import Mapping
from textwrap import shorten
from typing import Any

import pandas as pd
import streamlit as st

from data import Store
from data.schema import fields, label
from pages.review import deciding
from pages.shared import access, session
from pages.shared.text import plain
from pages.shared.words import number_of

SHOWN = 200
_NAMED = 40
"""Characters of a title by which an incident is named."""


def show(store: Store, event_id: str | None) -> None:
    """Show the history of one incident or of the whole store."""
    if access.read_only():  # who decided what is for the people of the store
        return
    with st.expander("History"):
        whole = st.toggle("Of the whole store", value=event_id is None, disabled=event_id is None)
        rows = store.history(None if whole else event_id, limit=SHOWN)
        if not rows:
            st.caption("Nothing was decided yet.")
            return
        selected = st.dataframe(
            pd.DataFrame([_row(row) for row in rows]),
            hide_index=True,
            on_select="rerun",
            selection_mode="single-row",
            key=f"history_{len(rows)}_{rows[0]['decision_id']}",
            alt="Decisions, latest first",
        )
        marked = selected["selection"]["rows"]
        row = rows[marked[0]] if marked else None
        with_later = st.toggle("Together with later decisions that rest on it")
        st.button(
            undoing(row) if row else "Choose a row to undo it",
            icon=":material/undo:",
            disabled=row is None or bool(row["undoes"] or row["reverted_by"]) or deciding.blocked(),
            on_click=_undo,
            args=(store, row, with_later),
        )


def undo_last(store: Store) -> None:
    """Offer to undo the last decision of a person, whatever is looked at."""
    last = deciding.last(store)
    if last and last["kind"] in ("place", "status", "field") and store.event(last["what"]):
        st.page_link(
            "pages/map/page.py",
            label="See it on the map",
            icon=":material/map:",
            query_params={session.EVENT: last["what"]},
        )
    st.button(
        undoing(last) if last else "Nothing to undo",
        icon=":material/undo:",
        shortcut="U",
        disabled=last is None or deciding.blocked(),
        on_click=deciding.undo,
        args=(store, last),
        help=plain(summary(last)) if last else None,
    )


def _undo(store: Store, row: Mapping[str, Any], with_later: bool) -> None:
    deciding.undo(store, row, with_later=with_later)


def _row(row: Mapping[str, Any]) -> dict[str, str]:
    return {
        "When (UTC)": row["at"].replace("T", " "),
        "Who": row["user"],
        "What": summary(row),
        "Why": row["reason"] or "",
        "Undone by": row["reverted_by"] or "",
        "Id": row["decision_id"],
    }


def undoing(row: Mapping[str, Any]) -> str:
    """Say in a few words what would be undone."""
    of = {"field": "correction of", "duplicate": "answer on", "row": "dismissal of"}
    return plain(f"Undo {of.get(row['kind'], row['kind'] + ' of')} {_named(row)}")


def summary(row: Mapping[str, Any]) -> str:
    """Say a decision in a few words."""
    kind, what = label("decision_kind", row["kind"]), _named(row)
    many = f" ({number_of(row['changed'], 'incident')})" if (row["changed"] or 0) > 1 else ""
    if row["undoes"]:
        return f"Undid {row['undoes']}: {what}{many}"
    after = row["after"] or {}
    said = ""
    if row["kind"] == "import":
        said = ""
    elif row["kind"] == "row":
        said = "dismissed"
    elif "choices" in after:
        named = [
            f"{c['text']}: {(c['candidate'] or {}).get('admin1') or c['place_id'] or 'nobody can tell'}"
            for c in after["choices"]
        ]
        said = ", ".join(named)
    elif "spot" in after:
        said = f"{after['spot']['lat']:.4f}, {after['spot']['lon']:.4f}"
    elif after.get("rejected"):
        said = "rejected"
    elif "into" in after:
        said = f"{'merged into' if after['same'] else 'not the same as'} {after['into']}"
    elif row["kind"] in ("status", "field"):
        said = ", ".join(f"{_field(name)}: {_value(name, value)}" for name, value in after.items())
    return f"{kind}: {what}{many}" + (f", {said}" if said else "")


def _field(name: str) -> str:
    known = fields("events")
    return known[name].label if name in known else name


def _value(name: str, value: Any) -> str:
    """Put the value of a field into words."""
    codes = fields("events")[name].codes if name in fields("events") else None
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "emptied" if value is None else label(codes, str(value)) if codes else f"“{value}”"


def _named(row: Mapping[str, Any]) -> str:
    """Name what a decision is about: an incident by its title, a file, or a row of a file that was not taken."""
    said = row["after"] or row.get("before") or {}
    if row["kind"] == "row" and "row" in said:
        return f"{said['row']} of {said['file']}"
    if row.get("title"):
        return f"“{shorten(row['title'], _NAMED, placeholder=' …')}”"
    return str(row["file_name"] or row["what"])
