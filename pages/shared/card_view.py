"""Draws a card in a Streamlit page, looking like the card on the map. Every value is escaped; there is no script."""

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from pages.shared.palette import EVENT_TYPE_COLOURS


def show(card: Mapping[str, Any], event_type: str) -> None:
    """Draw the card of one incident."""
    st.html(markup(card, EVENT_TYPE_COLOURS.get(event_type, EVENT_TYPE_COLOURS["other"])))


def markup(card: Mapping[str, Any], colour: str) -> str:
    """Return the card as HTML in which text from reports can only be text."""
    sections = "".join(_section(section) for section in card["sections"])
    return (
        f'<section class="dl-card"><p class="dl-kicker" style="border-color:{colour}">{escape(card["kicker"])}</p>'
        f"{_element('h2', card['title'])}{sections}</section>"
    )


def _section(section: Mapping[str, Any]) -> str:
    parts = [
        _element("h3", section.get("label")),
        _element("p", section.get("text")),
        _element("p", section.get("note"), "dl-note"),
        *(_item(item) for item in section.get("items") or ()),
    ]
    return f'<div class="dl-section">{"".join(parts)}</div>'


def _item(item: Mapping[str, Any]) -> str:
    text = escape(str(item["text"]))
    href = str(item.get("href") or "")
    if href.startswith(("http://", "https://")):
        text = f'<a href="{escape(href)}" target="_blank" rel="noopener noreferrer nofollow">{text}</a>'
    mark = _element("span", item.get("mark"), "dl-mark")
    return f'<div class="dl-item">{mark}<div>{text}{_element("p", item.get("detail"), "dl-note")}</div></div>'


def _element(tag: str, text: object, name: str = "") -> str:
    return f'<{tag} class="{name}">{escape(str(text))}</{tag}>' if text else ""
