"""What a plan shows before it is saved: rows as they would be, rows to correct."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pandas as pd

from data.countries import name_of
from data.importing.plan import Plan
from data.importing.prepared import Prepared
from data.importing.rejects import Rejected
from data.schema import label
from pages.shared.words import days, number_of

MOST_COLUMNS = 40
"""So many columns of a rejected row are shown; no more than that can be read."""
MOST_ROWS = 8
"""So many rows of a table are shown at once."""
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
ROW, PROBLEM = "Row", "What is wrong, and what to do"


def sample(prepared: Sequence[Prepared]) -> pd.DataFrame:
    """Return rows as they would be saved, in words."""
    return pd.DataFrame([_in_words(row) for row in prepared])


def _in_words(row: Prepared) -> dict[str, Any]:
    event = row.event
    place = row.place.fields if row.place else {}
    return {
        ROW: row.number,
        "What": event["title"],
        "Type": label("event_type", event["event_type"]),
        "When": days(event.get("date_start"), event.get("date_end"), event["date_precision"], brief=True),
        "Place as reported": event["place_text"],
        "Decision on place": label("geo_status", place.get("geo_status")) if place else "As it stands",
        "Region": place.get("admin1") or (name_of(place["country"]) if place.get("country") else ""),
        "Sources": "; ".join(report["publisher"] for report in row.reports),
    }


def to_correct(plan: Plan) -> pd.DataFrame:
    """Return the rejected rows: what is wrong first, then the cells at fault, then the others that are read.

    The columns of the file are called by their numbers, because a file may call two of them the same.
    """
    shown = columns_shown(plan)
    return pd.DataFrame(
        [
            {
                ROW: reject.number,
                PROBLEM: "; ".join(f"{fault.column}: {fault.reason}" for fault in reject.faults),
                **{str(index): reject.cells[index] for index in shown},
            }
            for reject in plan.rejected
        ]
    )


def columns_shown(plan: Plan) -> list[int]:
    """Choose the columns of the file worth correcting: at fault, read, others, as many as can be read."""
    header = plan.table.header
    at_fault = {
        name for reject in plan.rejected for fault in reject.faults for name in fault.column.split(", ")
    }
    read = set(plan.mapped.described(header).values())
    fields = plan.mapped.events
    at_fault |= {header[fields[name]] for name in at_fault if name in fields}
    order = sorted(range(len(header)), key=lambda i: (header[i] not in at_fault, header[i] not in read, i))
    return order[:MOST_COLUMNS]


def corrections(plan: Plan, edited: Mapping[int, Mapping[str, Any]]) -> dict[int, dict[int | str, str]]:
    """Return the edits of the table of rejected rows, by row number and number of the column."""
    return {
        plan.rejected[int(at)].number: {
            int(name): "" if value is None else str(value) for name, value in cells.items()
        }
        for at, cells in edited.items()
        if int(at) < len(plan.rejected)
    }


def standing(plan: Plan, answers: Mapping[int, Rejected | None], most: int = 6) -> list[str]:
    """Say what is wrong with the first rejected rows, and of each that was edited whether it can be saved now."""
    by_number = {reject.number: reject for reject in plan.rejected}
    lines = []
    for number in sorted({*list(by_number)[:most], *answers}):
        wrong = answers.get(number, by_number[number])
        if wrong is None:
            lines.append(f"Row {number} is corrected and will be saved.")
        else:
            lines.append(f"{'Still wrong, row' if number in answers else 'Row'} {number}: {wrong.said}")
    return lines


def kind(plan: Plan) -> str:
    """Say what the file was found to be."""
    note = plan.table.note
    delimiter = note.get("delimiter")
    orders = {"dmy": "day before month", "mdy": "month before day"}
    parts = [
        f"read as {plan.table.kind}",
        note.get("encoding", "").removesuffix("-sig"),
        f"with {DELIMITERS.get(delimiter, delimiter)}s" if delimiter else "",
        f"sheet {note['sheet']}" if "sheet" in note else "",
        next((orders[order] for order in plan.orders.values() if order), ""),
    ]
    return ", ".join(part for part in parts if part)


def height(rows: int) -> int | Literal["auto"]:
    """Show a short table whole, a long one in a window."""
    return "auto" if rows <= MOST_ROWS else 320


def save_label(plan: Plan) -> str:
    """Name the button that saves."""
    counts = plan.counts
    many = counts.new + counts.changed
    return f"Save {number_of(many, 'incident')}" if many else "Nothing to save"
