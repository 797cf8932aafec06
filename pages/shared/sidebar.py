"""The filters beside every page, each choice with its count."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from data import Filters
from data.table.event_table import Extent
from pages.shared import session

FACETS = {  # facet -> (field of Filters, label, placeholder)
    "type": ("types", "Type of event", "All types"),
    "region": ("regions", "Region", "All regions"),
    "precision": ("precisions", "Precision of place", "Any precision"),
    "place": ("place_statuses", "Decision on place", "Any decision"),
    "status": ("statuses", "Status of record", "Any status"),
}
FIRST = ("type", "region")


def show(filters: Filters, facets: dict[str, pd.DataFrame], extent: Extent) -> None:
    """Draw the filters as they are in force; changing one calls back into the session."""
    with st.sidebar:
        _text(filters)
        _dates(filters, extent)
        for name in FIRST:
            _choices(name, filters, facets[name])
        others = [name for name in FACETS if name not in FIRST]
        used = any(getattr(filters, FACETS[name][0]) for name in others)
        with st.expander("Certainty and status", expanded=used):
            for name in others:
                _choices(name, filters, facets[name])
        if filters != Filters():
            st.button("Clear all filters", on_click=session.set_filters, args=(Filters(),), width="stretch")


def _text(filters: Filters) -> None:
    session.show_in_widget("filter_q", filters.q or "")
    st.text_input(
        "Search",
        key="filter_q",
        placeholder="Words in title, place, actors",
        on_change=_taken("q", "filter_q"),
    )


def _choices(name: str, filters: Filters, facet: pd.DataFrame) -> None:
    field, label, placeholder = FACETS[name]
    key = f"filter_{name}"
    labels = {row.value: f"{row.label} · {row.count:,}" for row in facet.itertuples()}
    chosen = [value for value in getattr(filters, field) if value in labels]
    session.show_in_widget(key, chosen, labels=tuple(labels.values()))
    st.multiselect(
        label,
        options=list(labels),
        format_func=lambda value: labels.get(value, str(value)),
        key=key,
        placeholder=placeholder,
        on_change=_taken(field, key),
    )


def _dates(filters: Filters, extent: Extent) -> None:
    if extent.date_min is None or extent.date_max is None:
        return
    low = min(extent.date_min, filters.date_start or extent.date_min)
    high = max(extent.date_max, filters.date_end or extent.date_max)
    session.show_in_widget("filter_dates", (filters.date_start or low, filters.date_end or high))
    st.date_input(
        "Dates",
        key="filter_dates",
        min_value=low,
        max_value=high,
        format="YYYY-MM-DD",
        on_change=_dates_taken,
        args=(low, high),
    )


def _dates_taken(low: date, high: date) -> None:
    chosen = st.session_state["filter_dates"]
    if len(chosen) != 2:  # the second day of the range is still to come
        return
    start, end = chosen
    session.set_filters(
        replace(
            session.filters(),
            date_start=None if start == low else start,
            date_end=None if end == high else end,
        )
    )


def _taken(field: str, key: str) -> Callable[[], None]:
    def take() -> None:
        value = st.session_state[key]
        change: dict[str, Any] = {field: (value.strip() or None) if field == "q" else tuple(value)}
        session.set_filters(replace(session.filters(), **change))

    return take
