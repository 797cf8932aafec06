"""Where reports and tables come in: nothing is saved before a person has seen what would happen."""

import streamlit as st

from pages.intake import report, table
from pages.shared import access
from pages.shared.resources import store

TABS = {"A report": report.show, "A table": table.show}

if access.read_only():
    access.explain_read_only("Taking in reports and tables")
else:
    tab = st.segmented_control(
        "What to take in",
        list(TABS),
        default="A report",
        required=True,
        key="intake_tab",
        persist_state="session",
        width="stretch",
        label_visibility="collapsed",
    )
    TABS[tab](store())
