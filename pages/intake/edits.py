"""What an analyst changes in a proposal before it is saved, checked like any other value."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from data import schema
from data.dates import parse
from data.errors import InputError
from data.report import Draft

COUNTS = ("min", "best", "max")
HEADINGS = dict(zip(COUNTS, ("Low", "Best", "High"), strict=True))
WHO = "People"


def period(draft: Draft) -> str:
    """Write the days of a proposal as they can be edited: 2025-03-09 to 2025-04-08."""
    start, end = draft.fields.get("date_start"), draft.fields.get("date_end")
    if start is None:
        return ""
    return f"{start}" if start == end else f"{start} to {end}"


def people(draft: Draft) -> pd.DataFrame:
    """Return the numbers of people as a table to edit, one row for each category."""
    rows = [
        {WHO: group.capitalize(), **{HEADINGS[n]: draft.fields.get(f"{group}_{n}") for n in COUNTS}}
        for group in schema.PEOPLE
    ]
    return pd.DataFrame(rows).astype(dict.fromkeys(HEADINGS.values(), "Int64"))


def edited(draft: Draft, words: Mapping[str, Any], table: pd.DataFrame) -> Draft:
    """Return the proposal with what was edited; raise `InputError` for what no incident may say."""
    title = " ".join(str(words["title"]).split())
    if not title:
        raise InputError(
            column="Title", value="", problem="is empty", expected="say in one line what happened"
        )
    fields = {**draft.fields, **words, "title": title, **_counted(table)}
    fields["summary"] = str(words.get("summary") or "").strip() or None
    when = str(fields.pop("when")).strip()
    if when != period(draft):
        fields |= _dated(when)
    subtype = fields.get("event_subtype")
    if subtype and schema.codes("event_subtype")[subtype].more["event_type"] != fields["event_type"]:
        fields["event_subtype"] = None
    return replace(draft, fields=fields)


def _dated(text: str) -> dict[str, Any]:
    if not text:
        return {"date_start": None, "date_end": None, "date_precision": "unknown", "date_basis": None}
    try:
        dated = parse(text)
    except ValueError as problem:
        advice = "write 2025-04-08, 2025-04 or 2025-03-09 to 2025-04-08"
        raise InputError(column="When", value=text, problem=str(problem), expected=advice) from None
    return {
        "date_start": dated.start,
        "date_end": dated.end,
        "date_precision": dated.precision,
        "date_basis": "stated",
    }


def _counted(table: pd.DataFrame) -> dict[str, int | None]:
    counts: dict[str, int | None] = {}
    for group, (_index, row) in zip(schema.PEOPLE, table.iterrows(), strict=True):
        for name, heading in HEADINGS.items():
            value = row[heading]
            counts[f"{group}_{name}"] = None if pd.isna(value) else int(value)
    return counts
