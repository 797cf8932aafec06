"""The living map: where the incidents that match lie, with what is not known drawn as not known."""

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st
from streamlit_folium import st_folium

from pages.map.living_map import base_map, bounds, update_layer
from pages.map.tiles import chosen_tiles
from pages.shared import legend, session
from pages.shared.resources import store
from pages.shared.words import number_of

NEVER_DRAWN = ("country", "unlocated")

events = store().events
filters = session.filters()

st_folium(
    base_map(events.extent(), chosen_tiles()),
    key="living_map",
    height=560,
    use_container_width=True,
    returned_objects=[],
    feature_group_to_add=update_layer(
        query=urlencode(filters.to_query()),
        version=events.version,
        theme=st.context.theme.type or "light",
        bounds=bounds(extent := events.extent(filters)),
        first_look=bounds(extent, first_look=True),
        event=session.event_id(),
    ),
)
if unplaced := events.counts(filters).unplaced:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"{number_of(unplaced, 'incident')} cannot be drawn: no place found, or only a country known."
        )
        if st.button("Show them in the table", icon=":material/table_rows:", type="tertiary"):
            session.set_filters(replace(filters, precisions=NEVER_DRAWN))
            st.switch_page("pages/incidents/page.py")
legend.show()
