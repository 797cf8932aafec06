"""What stands around every page: navigation, filters, the sentence on top, and what to do when not set up."""

from pathlib import Path

import streamlit as st

from geo.errors import GeoError
from pages.shared import assets, session, sidebar
from pages.shared.resources import store
from pages.shared.text import plain
from pages.shared.web import own_style

ROOM = Path(__file__).parents[1]
UNFILTERED = ("Intake", "Review")
"""Pages on which filters change nothing; those in force wait for the others."""


def render() -> None:
    """Run the page that the address names, with the shared filters beside it."""
    st.set_page_config(page_title="Dateline", page_icon=str(ROOM / "shared" / "icon.svg"), layout="wide")
    st.logo(ROOM / "shared" / "logo.svg", size="large", icon_image=ROOM / "shared" / "icon.svg")
    pages = {
        name: st.Page(ROOM / name / "page.py", title=title, icon=icon, url_path=name, default=name == "map")
        for name, title, icon in (
            ("map", "Map", ":material/map:"),
            ("timeline", "Timeline", ":material/timeline:"),
            ("incidents", "Incidents", ":material/table_rows:"),
            ("intake", "Intake", ":material/move_to_inbox:"),
            ("review", "Review", ":material/fact_check:"),
            ("method", "Method", ":material/menu_book:"),
        )
    }
    own_style("page.css")
    page = st.navigation(list(pages.values()), position="hidden")
    try:
        assets.require()
        events = store().events
    except (assets.AssetsMissing, GeoError) as error:
        st.error(plain(str(error)), title="Dateline is not set up yet")
        return
    session.read_address(page.title)
    filters = session.filters()
    with st.sidebar:
        for link in pages.values():  # links of our own, because the menu's would leave the filters behind
            st.page_link(link, query_params=session.address_words(), width="stretch")
        if page.title not in UNFILTERED:
            st.divider()
    if page.title not in UNFILTERED:
        sidebar.show(filters, events.facets(filters), events.extent())
    if problem := session.address_problem():
        st.warning(plain(problem), title="Part of the address was not understood, and left out")
    unfiltered = page.title in UNFILTERED
    st.markdown(f"#### {page.title if unfiltered else plain(filters.sentence(events.counts(filters)))}")
    if not events.capabilities.editable:
        st.caption(
            f"Answered by {events.capabilities.engine}, read-only: imports and decisions show once it is loaded again."
        )
    page.run()
    session.write_address()
