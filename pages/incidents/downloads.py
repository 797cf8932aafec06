"""Download buttons: the export is made when asked for, and holds exactly the rows that match."""

from functools import partial

import streamlit as st

from data import Filters, Store
from data.export import to_bytes
from pages.shared.words import number_of

FORMATS = {
    "csv": ("CSV", "text/csv", "For spreadsheets; cells that a spreadsheet would compute are made harmless"),
    "geojson": ("GeoJSON", "application/geo+json", "For QGIS and other maps; areas stay areas"),
}


def show(store: Store, filters: Filters, matching: int) -> None:
    """Draw one button for each format."""
    with st.container(horizontal=True):
        for name, (label, media, explanation) in FORMATS.items():
            st.download_button(
                f"{label} of {number_of(matching, 'incident')}",
                data=partial(to_bytes, store, filters, name),
                file_name=f"dateline-incidents.{name}",
                mime=media,
                help=explanation,
                on_click="ignore",
                icon=":material/download:",
            )
