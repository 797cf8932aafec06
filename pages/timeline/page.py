"""When the incidents that match happened; a brush over the bars filters every page."""

import streamlit as st

from pages.shared import legend, session
from pages.shared.resources import store
from pages.timeline.brush import brushed_days, without_dates
from pages.timeline.spec import MOST_BINS, bars, specification

events = store().events
filters = session.filters()
# The chart shows all dates, so that its own brush does not take away what can be brushed.
bins = events.timeline(without_dates(filters), max_bins=MOST_BINS)

if bins.empty:
    st.info(
        "No incident with a date matches the filters. Clear a filter beside this text to see the timeline."
    )
else:
    chart = st.vega_lite_chart(
        bars(bins, filters),
        specification(bins),
        key=f"timeline_{session.brushes_cleared()}",
        on_select="rerun",
        alt="Incidents over time by type; drag to choose a period",
    )
    legend.show_types(bins["event_type"].unique())
    chosen = brushed_days(chart)
    if chosen and chosen != session.brushed():
        session.brush(*chosen)
        st.rerun()
    st.caption(
        "Drag over the bars to choose a period: map, table and exports follow. What has no date is in the table."
    )
    if filters.date_start or filters.date_end:
        st.button("Show all dates", icon=":material/close:", on_click=session.clear_brush)
