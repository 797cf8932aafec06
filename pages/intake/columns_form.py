"""Saying how a file is to be read: what its columns mean, what it is, which country and order of dates it has."""

from typing import Any

import pandas as pd
import streamlit as st

from data import DataError, Options, Store
from data.importing.look import Look
from data.readers import FORMATS
from pages.intake import mapper, preview
from pages.intake.state import TableIntake
from pages.shared.text import plain


def show(store: Store, intake: TableIntake) -> None:
    """Draw the form; sent, the file is read anew as it says."""
    look = _look(store, intake)
    with (
        st.expander("What the columns mean", expanded=intake.plan is None, icon=":material/table_chart:"),
        st.form(f"intake_mapper_{intake.tries}", border=False),
    ):
        edited = _columns(look) if look else None
        given = _given(intake.options)
        if not st.form_submit_button("Read the file this way", icon=":material/refresh:"):
            return
    columns, problems = mapper.chosen(edited) if edited is not None else ({}, [])
    for wrong in problems:
        st.error(plain(wrong))
    if not problems:
        same_kind = given["format"] == intake.options.format
        chosen = mapper.options(look, columns, **given) if look and same_kind else Options(**given)
        intake.check(store, chosen)
        st.rerun()


def _look(store: Store, intake: TableIntake) -> Look | None:
    """Look at the columns; what is no table at all has said so already."""
    try:
        return store.look_at(intake.path, intake.options)
    except DataError:
        return None


def _columns(look: Look) -> pd.DataFrame:
    st.caption(
        "Each field from one column. What no field takes stays with the record, for analysts. Your choice is "
        "remembered for the next file with these columns."
    )
    edited: pd.DataFrame = st.data_editor(
        mapper.rows(look),
        hide_index=True,
        disabled=["Column", "First values"],
        column_order=["Column", "Field", "First values"],
        column_config={
            "Field": st.column_config.SelectboxColumn(options=[mapper.KEPT, *mapper.choices()], required=True)
        },
        height=preview.height(len(look.columns)),
        alt="Columns of the file and the fields they give",
    )
    return edited


def _given(options: Options) -> dict[str, Any]:
    left, middle, right = st.columns(3)
    formats = [mapper.NOT_FOUND_OUT, *FORMATS]
    kind = left.selectbox(
        "What the file is", formats, index=formats.index(options.format or mapper.NOT_FOUND_OUT)
    )
    orders = list(mapper.ORDERS)
    at = list(mapper.ORDERS.values()).index(options.dates)
    dates = middle.selectbox("Dates like 05/06/2023", orders, index=at)
    country = right.text_input("Country of rows that name none", options.country or "", max_chars=60)
    return {
        "format": None if kind == mapper.NOT_FOUND_OUT else kind,
        "dates": mapper.ORDERS[dates],
        "country": country.strip() or None,
    }
