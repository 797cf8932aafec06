"""The table of the incidents that match: page by page, a card for a chosen row, and exports of just these rows."""

import streamlit as st

from pages.incidents import downloads, table
from pages.shared import card_view, session
from pages.shared.cards import card
from pages.shared.resources import store

opened = store()
filters = session.filters()
matching = opened.events.counts(filters).matching

if not matching:
    st.info("No incident matches the filters. Clear one beside this text, or widen the dates.")
else:
    left, right = st.columns([5, 2], vertical_alignment="bottom")
    order = left.segmented_control(
        "Order", list(table.ORDERS), default="Newest first", key="order", required=True
    )
    number = right.number_input(
        f"Page of {table.pages(matching)}", min_value=1, max_value=table.pages(matching), key="page_number"
    )
    shown = opened.events.frame(
        filters, order_by=table.ORDERS[order], limit=table.PAGE, offset=(number - 1) * table.PAGE
    )
    selected = st.dataframe(
        table.view(shown),
        column_config=table.COLUMNS,
        hide_index=True,
        height=table.HEIGHT,
        on_select="rerun",
        selection_mode="single-row",
        key=f"table_{filters}_{order}_{number}",
    )
    chosen = table.chosen_id(shown, selected)
    if chosen:
        session.set_event(chosen)
    event = opened.event(session.event_id()) if session.event_id() else None
    if event:
        card_view.show(card(event))
    else:
        st.caption("Choose a row to read what is known, where it lies and who says so.")
    downloads.show(opened, filters)
