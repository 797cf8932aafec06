"""Draws a card in a Streamlit page; text from reports goes through `plain` or `st.text`, never as Markdown."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.shared.text import plain


def show(card: Mapping[str, Any]) -> None:
    """Draw the card of one incident."""
    with st.container(border=True):
        st.caption(plain(card["kicker"]))
        st.markdown(f"**{plain(card['title'])}**")
        for section in card["sections"]:
            _section(section)


def _section(section: Mapping[str, Any]) -> None:
    if section.get("label"):
        st.caption(f"**{plain(section['label'])}**")
    if section.get("text"):
        st.markdown(plain(section["text"]))
    if section.get("note"):
        st.caption(plain(section["note"]))
    for item in section.get("items") or ():
        _item(item)


def _item(item: Mapping[str, Any]) -> None:
    mark = f"**{plain(item['mark'])}**  " if item.get("mark") else ""
    href = str(item.get("href") or "")
    if href.startswith(("http://", "https://")):
        st.link_button(plain(item["text"]), href, icon=":material/open_in_new:")
    else:
        st.markdown(mark + plain(item["text"]))
    if item.get("detail"):
        st.caption(plain(item["detail"]))
