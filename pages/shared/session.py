"""The few things a visitor's session remembers, and how the filters and the address follow each other.

The filters in the session are the one truth. Widgets show them and change them through callbacks; the
address is written from them in the words of the HTTP interface, so that a copied address, an export and a
feed say the same. (Streamlit's own binding would put option *labels*, counts included, into the address.)
"""

from dataclasses import replace
from datetime import date

import streamlit as st

from data import Filters
from data.errors import InputError

FILTERS = "filters"
WRITTEN = "address_written"
PAGE = "page_shown"
CLEARED = "timeline_cleared"
EVENT = "event"  # an address may name one incident, whose card is then open
PROBLEM = "address_problem"
BRUSHED = "timeline_brushed"  # a brush is taken once; later changes of the dates are not undone by it


def filters() -> Filters:
    """Return the filters in force."""
    kept: Filters = st.session_state.get(FILTERS, Filters())
    return kept


def set_filters(new: Filters) -> None:
    """Put other filters in force; widgets and address follow on the next run."""
    st.session_state[FILTERS] = new


def set_dates(start: date | None, end: date | None) -> None:
    """Filter by a period, None for open."""
    set_filters(replace(filters(), date_start=start, date_end=end))


def brush(start: date, end: date) -> None:
    """Filter by the period of a brush on the timeline."""
    st.session_state[BRUSHED] = (start, end)
    set_dates(start, end)


def clear_brush() -> None:
    """Show all dates again, on a chart that has forgotten its brush."""
    st.session_state[CLEARED] = brushes_cleared() + 1
    set_dates(None, None)


def brushes_cleared() -> int:
    """Return how often the brush was cleared, which names the chart anew."""
    return int(st.session_state.get(CLEARED, 0))


def brushed() -> tuple[date, date] | None:
    """Return the period that was brushed last."""
    return st.session_state.get(BRUSHED)


def event_id() -> str | None:
    """Return the incident whose card is open, if any."""
    return st.session_state.get(EVENT)


def set_event(event: str | None) -> None:
    """Open or close the card of an incident."""
    st.session_state[EVENT] = event


def read_address(page: str) -> None:
    """Take the filters from the address when a visitor has arrived, gone back or edited it.

    Going to another page by the menu empties the address; then the filters in force are kept.
    """
    address = {name: st.query_params.get_all(name) for name in st.query_params}
    turned = st.session_state.get(PAGE) not in (None, page)
    st.session_state[PAGE] = page
    if address == st.session_state.get(WRITTEN) or (turned and not address):
        return
    st.session_state[PROBLEM] = None
    event = address.pop(EVENT, None)
    try:
        set_filters(Filters.from_query({name: list(values) for name, values in address.items()}))
    except InputError as error:
        st.session_state[PROBLEM] = str(error)
    if event or not turned:
        set_event(event[-1] if event else None)


def write_address() -> None:
    """Write the filters in force, and the open card, into the address."""
    words = filters().to_query()
    if event := event_id():
        words[EVENT] = event
    st.session_state[WRITTEN] = {name: [value] for name, value in words.items()}
    if st.query_params.to_dict() != words:
        st.query_params.from_dict(words)


def address_problem() -> str | None:
    """Return what was wrong with the address, in a sentence, if anything was."""
    return st.session_state.get(PROBLEM)


def show_in_widget(key: str, value: object, labels: tuple[str, ...] = ()) -> None:
    """Let a widget show the filters in force, unless it does so already.

    Setting a value that is there would undo what a quick visitor has clicked meanwhile. Where the labels of the
    choices have changed with their counts, the value must be set again, because the browser answers in labels.
    """
    shown = f"{key}_labels"
    if key not in st.session_state or st.session_state[key] != value or st.session_state.get(shown) != labels:
        st.session_state[key] = value
    st.session_state[shown] = labels
