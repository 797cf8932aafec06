"""The table of the incidents that match, a card for a chosen row, and exports of just these rows."""

import streamlit as st

from pages.incidents import downloads, table
from pages.shared import access, card_view, session
from pages.shared.cards import card
from pages.shared.resources import store

opened = store()
filters = session.filters()
audience = access.audience()
matching = opened.events.counts(filters, audience=audience).matching

if not matching:
    st.info("No incident matches the filters. Clear one beside this text, or widen the dates.")
else:
    last = table.pages(matching)
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        order = st.segmented_control(
            "Order", list(table.ORDERS), default="Newest first", key="order", required=True
        )
        number = (
            st.number_input(f"Page (of {last})", 1, last, key="page_number", width=130) if last > 1 else 1
        )
    shown = opened.events.frame(
        filters,
        audience=audience,
        order_by=table.ORDERS[order],
        limit=table.PAGE,
        offset=(number - 1) * table.PAGE,
    )
    rows, beside = st.columns([3, 2]) if session.event_id() else (st.container(), None)
    selected = rows.dataframe(
        table.view(shown),
        column_config=table.COLUMNS,
        hide_index=True,
        height=table.HEIGHT,
        on_select="rerun",
        selection_mode="single-row",
        key=f"table_{audience}_{filters}_{order}_{number}_{session.cards_closed()}",
        alt="Incidents that match the filters",
    )
    chosen = table.chosen_id(shown, selected)
    if chosen and chosen != session.event_id():
        session.set_event(chosen)
        st.rerun()
    event = opened.event(open_id, audience) if (open_id := session.event_id()) else None
    if event and beside:
        with beside:
            card_view.show(card(event), event["event_type"])
            with st.container(horizontal=True):
                st.button("Close", icon=":material/close:", on_click=session.close_event)
                if not access.read_only() and st.button("Review or correct it", icon=":material/fact_check:"):
                    session.review_one(event["event_id"])
                    st.switch_page("pages/review/page.py", query_params=session.address_words())
    else:
        rows.caption("Choose a row to read what is known, where it lies and who says so.")
    with rows:
        downloads.show(opened, filters, matching, audience)
