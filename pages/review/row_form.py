"""Mending a row that an import did not take: its cells, what each gives, what is wrong, and the row taken in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from data import DataError, Store
from data.decisions import RowDecision
from data.decisions.queue import Waiting
from data.importing.mending import mapped_as
from pages.intake.mapper import choices
from pages.review import deciding
from pages.shared.text import plain
from pages.shared.words import number_of

MOST_FIELDS = 40
"""So many cells can be mended here; a row of more is mended in its file."""


@dataclass(frozen=True)
class Cell:
    """One cell of the row."""

    column: str
    """What the file calls it."""
    text: str
    gives: str | None
    """The field that is read from it, in words; None for what is only kept with the record."""


def cells(reject: Mapping[str, Any]) -> list[Cell]:
    """Return the cells, the one at fault first, then those that are read, then the others."""
    original: Mapping[str, str] = reject["original"] or {}
    given = _given(tuple(original), reject.get("options") or {})
    made = [Cell(column, text, given.get(column)) for column, text in original.items()]
    faults = [fault["column"] for fault in reject.get("faults") or [reject]]
    at_fault = {name for column in faults for name in str(column or "").split(", ") if name}
    fields = {words for words, name in choices().items() if name in at_fault}
    wrong = [cell for cell in made if cell.column in at_fault or cell.gives in fields]
    read = [cell for cell in made if cell.gives and cell not in wrong]
    return [*wrong, *read, *(cell for cell in made if cell not in wrong and cell not in read)]


def _given(header: tuple[str, ...], options: Mapping[str, Any]) -> dict[str, str]:
    words = {name: label for label, name in choices().items()}
    try:
        described = mapped_as(header, options).described(header)
    except DataError:
        return {}
    return {column: words.get(field, field.replace("_", " ")) for field, column in described.items()}


def show(store: Store, waiting: Waiting) -> None:
    """Offer to mend the row and take it in, under the checks that every row passes, or to dismiss it."""
    reject = waiting.reject or {}
    key = f"mend_{reject['file_sha256'][:16]}_{reject['row']}"
    asked = cells(reject)[:MOST_FIELDS]
    with st.form(key, border=False):
        read = _fields([cell for cell in asked if cell.gives], key)
        rest = [cell for cell in asked if not cell.gives]
        if rest:
            with st.expander(f"{number_of(len(rest), 'more column')}, kept with the record"):
                read |= _fields(rest, key)
        reason = st.text_input(deciding.WHY, key=f"{key}_why", max_chars=500)
        problem = st.container()
        with st.container(horizontal=True):
            taken = _button("Take the row in", "S", type="primary", icon=":material/save:")
            dismissed = _button("Dismiss", "X")
    deciding.offer_skip(waiting)
    if taken:
        refused = deciding.attempt(lambda: _take_in(store, reject, read, reason), "The row is taken in.")
    elif dismissed:
        decision = RowDecision(reject["file_sha256"], reject["row"])
        who = deciding.who()
        refused = deciding.attempt(lambda: store.decide(decision, user=who, reason=reason), "Dismissed.")
    else:
        return
    if refused:
        problem.error(plain(refused), icon=":material/error:")
    else:
        st.rerun()


def _fields(asked: Sequence[Cell], key: str) -> dict[str, str]:
    """Ask for cells, two beside each other."""
    read = {}
    for at in range(0, len(asked), 2):
        for where, cell in zip(st.columns(2), asked[at : at + 2], strict=False):
            label = f"{cell.column} → {cell.gives}" if cell.gives else cell.column
            read[cell.column] = where.text_input(plain(label), cell.text, key=f"{key}_{cell.column}")
    return read


def _button(label: str, shortcut: str, **look: Any) -> bool:
    return st.form_submit_button(label, shortcut=shortcut, disabled=deciding.blocked(), **look)


def _take_in(store: Store, reject: Mapping[str, Any], read: Mapping[str, str], reason: str) -> None:
    who = deciding.who()
    done = store.mend_row(reject["file_sha256"], reject["row"], read, user=who, reason=reason)
    if done.faults:
        raise DataError("; ".join(done.faults))
