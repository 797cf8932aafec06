"""Addresses of this app's own files and routes, whatever path it is served under."""

from pathlib import Path

import streamlit as st

STYLES = Path(__file__).parent


def asset_url(name: str) -> str:
    """Return the address of a browser file."""
    prefix = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{prefix}/assets/{name}" if prefix else f"/assets/{name}"


def own_style(name: str) -> None:
    """Add one of our style sheets to the page; the few rules that Streamlit's theme cannot say."""
    st.html(STYLES / name)
