"""Which column gives which field: a table to edit, and the options that the edits make."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from data import Options, schema
from data.importing.look import Look
from data.readers.table import OWN

KEPT = "(kept with the record)"
NOT_FOUND_OUT = "Found out"
ORDERS = {NOT_FOUND_OUT: None, "Day first (31/12/2023)": "dmy", "Month first (12/31/2023)": "mdy"}
REPORTS = 3
"""So many reports of one row can be mapped by hand."""
_TITLES = {"source_title": "title", "source_credibility": "credibility"}


def choices() -> dict[str, str]:
    """Give the fields that a column may give, by the words they are offered under."""
    words = {schema.fields("events")[name].label: name for name in schema.importable()["events"]}
    for number in range(1, REPORTS + 1):
        suffix, which = ("", "Source") if number == 1 else (f"_{number}", f"Source {number}")
        for name in schema.importable()["reports"]:
            label = schema.fields("reports")[_TITLES.get(name, name)].label
            words[f"{which}: {label}"] = name + suffix
    return words


def rows(look: Look) -> pd.DataFrame:
    """Return one row for each column of the file: name, first values, the field it gives."""
    words = {field: label for label, field in choices().items()}
    return pd.DataFrame(
        {
            "Column": [column.name for column in look.columns],
            "First values": [" · ".join(column.samples) for column in look.columns],
            "Field": [words.get(column.field or "", KEPT) for column in look.columns],
        }
    )


def chosen(edited: pd.DataFrame) -> tuple[dict[str, str], list[str]]:
    """Return field -> column as edited, and what is wrong with it in sentences."""
    words = choices()
    columns: dict[str, str] = {}
    problems = []
    before: set[str] = set()
    for column, label in zip(edited["Column"], edited["Field"], strict=True):
        if label not in (None, KEPT):
            if words[label] in columns:
                first = columns[words[label]]
                problems.append(f"Two columns give “{label}”: {first} and {column}. Choose one.")
            if column in before:
                problems.append(f"Another column is called “{column}” too: rename one of them in the file.")
            columns.setdefault(words[label], column)
        before.add(column)
    return columns, problems


def options(look: Look, columns: Mapping[str, str], **given: Any) -> Options:
    """Return the options for a file read with these columns; what stands as found out anyway is no choice."""
    as_found = {column.field: column.name for column in look.columns if column.field not in (None, *OWN)}
    if dict(columns) == as_found and look.remembered is None:
        return Options(**given)
    return Options(columns=dict(columns), guess=False, **given)
