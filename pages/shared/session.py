"""The few things a visitor's session remembers, and how the filters and the address follow each other.

The filters in the session are the one truth. Widgets show them and change them through callbacks; the
address is written from them in the words of the HTTP interface, so that a copied address, an export and a
feed say the same. (Streamlit's own binding would put option *labels*, counts included, into the address.)
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import streamlit as st

from data import Filters
from data.errors import InputError

FILTERS = "filters"
WRITTEN = "address_written"
TOUCHED = "filters_touched"
PAGE = "page_shown"
CLEARED = "timeline_cleared"
CLOSED = "cards_closed"
EVENT = "event"  # an address may name one incident, whose card is then open
PROBLEM = "address_problem"
ONLY = "review_only"  # the one import whose doubts are reviewed, with the name of its file
ONE = (
    "review_one"  # the one incident that is looked at on the review page, whether it waits for anybody or not
)
BRUSHED = "timeline_brushed"  # a brush is taken once; later changes of the dates are not undone by it


def filters() -> Filters:
    """Return the filters in force."""
    kept: Filters = st.session_state.get(FILTERS, Filters())
    return kept


def set_filters(new: Filters) -> None:
    """Put other filters in force; widgets and address follow on the next run."""
    st.session_state[FILTERS] = new
    st.session_state[TOUCHED] = True


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
    # A widget that was just used wins: the browser may still send the address of a moment ago with it.
    touched = st.session_state.pop(TOUCHED, False)
    if touched or address == st.session_state.get(WRITTEN) or (turned and not address):
        return
    event = address.pop(EVENT, None)
    words, problems = _understood(address)
    st.session_state[FILTERS] = Filters.from_query(words)
    st.session_state[PROBLEM] = "; ".join(problems) or None
    if event or not turned:
        set_event(event[-1] if event else None)


def _understood(address: Mapping[str, list[str]]) -> tuple[dict[str, list[str]], list[str]]:
    """Keep the parts of an address that make sense, each by itself, and say what is wrong with the others."""
    words, problems = {}, []
    for name, values in address.items():
        try:
            Filters.from_query({name: values})
            words[name] = values
        except InputError as error:
            problems.append(str(error))
    return words, problems


def address_words() -> dict[str, str]:
    """Say the filters in force, and the open card, in the words of an address."""
    words = filters().to_query()
    if event := event_id():
        words[EVENT] = event
    return words


def write_address() -> None:
    """Write the filters in force, and the open card, into the address."""
    words = address_words()
    st.session_state[WRITTEN] = {name: [value] for name, value in words.items()}
    if st.query_params.to_dict() != words:
        st.query_params.from_dict(words)


def address_problem() -> str | None:
    """Return what was wrong with the address, in a sentence, if anything was."""
    return st.session_state.get(PROBLEM)


def close_event() -> None:
    """Close the card, on a table that has forgotten its chosen row."""
    st.session_state[CLOSED] = cards_closed() + 1
    set_event(None)


def review_only(import_id: str | None, name: str = "") -> None:
    """Review what one import brought, None for the whole store."""
    st.session_state[ONLY] = (import_id, name) if import_id else None


def reviewed_import() -> tuple[str, str] | None:
    """Return the import that is reviewed and the name of its file; None for the whole store."""
    return st.session_state.get(ONLY)


def review_one(event: str | None) -> None:
    """Review one incident, None for what waits."""
    st.session_state[ONE] = event


def reviewed_one() -> str | None:
    """Return the one incident that is reviewed, None for what waits."""
    return st.session_state.get(ONE)


def cards_closed() -> int:
    """Return how often a card was closed, which names the table anew."""
    return int(st.session_state.get(CLOSED, 0))


def show_in_widget(key: str, value: object, labels: tuple[str, ...] = ()) -> None:
    """Let a widget show the filters in force, unless it does so already.

    Setting a value that is there would undo what a quick visitor has clicked meanwhile. Where the labels of the
    choices have changed with their counts, the value must be set again, because the browser answers in labels.
    """
    shown = f"{key}_labels"
    if key not in st.session_state or st.session_state[key] != value or st.session_state.get(shown) != labels:
        st.session_state[key] = value
    st.session_state[shown] = labels
