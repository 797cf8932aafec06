"""Download buttons: the export is made when asked for, and holds exactly the rows that match."""

from functools import partial

import streamlit as st

from data import Audience, Filters, Store
from data.export import to_bytes
from pages.shared.words import number_of

FORMATS = {
    "csv": ("CSV", "text/csv", "For spreadsheets; cells that a spreadsheet would compute are made harmless"),
    "xlsx": (
        "Excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "A workbook with dates as dates",
    ),
    "geojson": ("GeoJSON", "application/geo+json", "For QGIS and web maps; areas stay areas"),
    "kml": ("KML", "application/vnd.google-earth.kml+xml", "For globe viewers, with time"),
    "gpkg": ("GeoPackage", "application/geopackage+sqlite3", "For QGIS, as one file"),
    "parquet": ("GeoParquet", "application/vnd.apache.parquet", "For notebooks and data warehouses"),
}


def show(store: Store, filters: Filters, matching: int, audience: Audience) -> None:
    """Draw one button for each format."""
    with st.popover(f"Download {number_of(matching, 'incident')}", icon=":material/download:"):
        for name, (label, media, explanation) in FORMATS.items():
            st.download_button(
                label,
                data=partial(to_bytes, store, filters, name, audience=audience),
                file_name=f"dateline-incidents.{name}",
                mime=media,
                help=explanation,
                on_click="ignore",
                width="stretch",
            )
