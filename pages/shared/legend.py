"""What the drawing means: colours from the code list, shapes as the map's script draws them."""

import base64
from collections.abc import Iterable

import streamlit as st

from data.schema import codes
from pages.shared.palette import EVENT_TYPE_COLOURS

INK = "#7d8790"  # legible on both themes; a picture cannot know the colour of the text beside it
SHAPES = (
    (
        '<circle cx="9" cy="9" r="8" fill="#4d7fb0"/><text x="9" y="12.5" font-size="9" text-anchor="middle" '
        'fill="#fff">7</text>',
        "several incidents: click or zoom in to split",
    ),
    (f'<circle cx="9" cy="9" r="5" fill="{INK}"/>', "one incident at a settlement or exact position"),
    (
        f'<circle cx="9" cy="9" r="7.5" fill="none" stroke="{INK}" stroke-width="1.4" stroke-dasharray="4 2.5"/>',
        "an area: it happened somewhere inside",
    ),
    (
        f'<circle cx="9" cy="9" r="7.5" fill="none" stroke="{INK}" stroke-width="1.4" stroke-dasharray="2.5 2"/>'
        f'<text x="9" y="13" font-size="11" font-weight="700" text-anchor="middle" fill="{INK}">?</text>',
        "undecided between places: a click lists them",
    ),
    (
        f'<rect x="4" y="4" width="10" height="10" transform="rotate(45 9 9)" fill="none" stroke="{INK}" '
        'stroke-width="1.4" stroke-dasharray="3 2"/>',
        "known only to the region, not to a spot",
    ),
)


def show() -> None:
    """Draw the legend of the map."""
    st.html(_row([_entry(shape, text) for shape, text in SHAPES]) + types(EVENT_TYPE_COLOURS))


def show_types(present: Iterable[str]) -> None:
    """Draw the colours of the event types that are there."""
    st.html(types(set(present)))


def types(present: Iterable[str]) -> str:
    """Return the colours of some event types as HTML; nothing in it comes from a report."""
    return _row(
        _entry(f'<circle cx="9" cy="9" r="6" fill="{colour}"/>', codes("event_type")[code].label)
        for code, colour in EVENT_TYPE_COLOURS.items()
        if code in present
    )


def _row(entries: Iterable[str]) -> str:
    return f'<div class="dl-legend">{"".join(entries)}</div>'


def _entry(shape: str, text: str) -> str:
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="18" height="18" font-family="sans-serif" '
        f'viewBox="0 0 18 18">{shape}</svg>'
    )
    picture = base64.b64encode(drawn.encode()).decode()  # st.html drops inline SVG, but keeps pictures
    return f'<span><img alt="" width="18" height="18" src="data:image/svg+xml;base64,{picture}">{text}</span>'
