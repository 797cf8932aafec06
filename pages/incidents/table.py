"""The event frame as an analyst reads it: words for codes, dates no finer than known."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from data.schema import label
from pages.shared.words import days

PAGE = 50
HEIGHT = 560
ORDERS = {"Newest first": "-date", "Oldest first": "date", "Title": "title"}

COLUMNS = {
    "When": st.column_config.TextColumn(width=150, pinned=True),
    "What": st.column_config.TextColumn(width="large"),
    "Type": st.column_config.TextColumn(width="medium"),
    "Place as reported": st.column_config.TextColumn(width="medium"),
    "Region": st.column_config.TextColumn(width="medium"),
    "Precision": st.column_config.TextColumn(width="small"),
    "Decision on place": st.column_config.TextColumn(width="small"),
    "Status": st.column_config.TextColumn(width="small"),
    "Id": st.column_config.TextColumn(width="small"),
}


def pages(matching: int) -> int:
    """Return how many pages that many rows fill."""
    return max(1, math.ceil(matching / PAGE))


def view(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in words, one column for each heading of COLUMNS."""
    return pd.DataFrame(
        [
            {
                "When": days(row["date_start"], row["date_end"], row["date_precision"], brief=True),
                "What": row["title"],
                "Type": label("event_type", row["event_type"]),
                "Place as reported": row["place_text"],
                "Region": row["admin1"] or row["country"] or "",
                "Precision": label("geo_precision", row["geo_precision"]),
                "Decision on place": label("geo_status", row["geo_status"]),
                "Status": label("status", row["status"]),
                "Id": row["event_id"],
            }
            for row in frame.to_dict("records")
        ],
        columns=list(COLUMNS),
    )


def chosen_id(frame: pd.DataFrame, selected: Mapping[str, Any]) -> str | None:
    """Return the id of the selected row, if there is one."""
    rows = selected["selection"]["rows"]
    return str(frame["event_id"].iloc[rows[0]]) if rows and rows[0] < len(frame) else None
