"""The widgets with which an incident or a proposal is corrected, the same on every page."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.schema import codes, label
from pages.shared import edits

NO_SUBTYPE = "Not said"


def show(said: Mapping[str, Any], key: str) -> tuple[dict[str, Any], Any]:
    """Draw the fields as they stand; return what they were changed to, for `edits.edited`."""
    words: dict[str, Any] = {
        "title": st.text_input("Title", said["title"], max_chars=300, key=f"{key}_title"),
        "summary": st.text_area("Summary", said.get("summary") or "", height=90, key=f"{key}_summary"),
    }
    left, middle, right = st.columns([5, 7, 4])
    words["event_type"] = _code(left, "Type", "event_type", said["event_type"], key)
    words["event_subtype"] = _subtype(middle, said.get("event_subtype"), key)
    words["modality"] = _code(right, "Modality", "modality", said["modality"], key)
    left, right = st.columns(2)
    words[edits.WHEN] = left.text_input(
        "When", edits.period(said), key=f"{key}_when", max_chars=60, placeholder="2025-04-08"
    )
    precision = said.get("date_precision") or "unknown"
    words[edits.PRECISION] = _code(right, "Date precision", "date_precision", precision, key)
    words["actors"] = st.text_input(
        "Actors", said.get("actors") or "", max_chars=500, key=f"{key}_actors", placeholder="A; B"
    )
    st.caption("Numbers of people")
    table = st.data_editor(
        edits.people(said), hide_index=True, disabled=[edits.WHO], key=f"{key}_people", width="content",
        column_config={h: st.column_config.NumberColumn(min_value=0, step=1) for h in edits.HEADINGS.values()},
        alt="Numbers of people", placeholder="",
    )  # fmt: skip
    return words, table


def place_words(said: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Draw the words for the place and what they lie in; return what they were changed to."""
    words: dict[str, Any] = {
        "place_text": st.text_input(
            "Place as reported", said["place_text"], max_chars=300, key=f"{key}_place"
        )
    }
    for column, (name, title) in zip(
        st.columns(3),
        {"reported_admin2": "District", "reported_admin1": "Region", "reported_country": "Country"}.items(),
        strict=True,
    ):
        words[name] = column.text_input(
            f"{title} as reported", said.get(name) or "", max_chars=120, key=f"{key}_{name}"
        )
    return words


def visibility(said: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Draw who may see it and whether it tells of protected persons; return what they were changed to."""
    left, right = st.columns(2, vertical_alignment="bottom")
    return {
        "sensitivity": _code(left, "Sensitivity", "sensitivity", said["sensitivity"], key),
        "protected_persons": right.checkbox(
            "Protected persons",
            bool(said.get("protected_persons")),
            key=f"{key}_protected",
            help="It tells of prisoners, detainees, victims or children: the record keeps no names or pictures",
        ),
    }


def _code(where: Any, title: str, name: str, value: str, key: str) -> str:
    known = list(codes(name))
    chosen: str = where.selectbox(
        title,
        known,
        index=known.index(value),
        format_func=lambda code: label(name, code),
        key=f"{key}_{name}",
    )
    return chosen


def _subtype(where: Any, value: str | None, key: str) -> str | None:
    """Offer every subtype with its type, because choosing a type does not draw the form anew."""
    known = ["", *codes("event_subtype")]
    chosen: str = where.selectbox(
        "Subtype", known, index=known.index(value or ""), format_func=_subtype_words, key=f"{key}_subtype"
    )
    return chosen or None


def _subtype_words(code: str) -> str:
    if not code:
        return NO_SUBTYPE
    return f"{label('event_subtype', code)} ({label('event_type', codes('event_subtype')[code].more['event_type'])})"
