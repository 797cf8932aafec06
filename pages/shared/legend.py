"""What the drawing means: one list for the map's legend, in words of the code lists."""

import streamlit as st

from data.schema import codes
from pages.shared.palette import EVENT_TYPE_COLOURS
from pages.shared.text import plain

SHAPES = (
    ("●", "number: several incidents; zoom in or click to split"),
    ("•", "one incident at a settlement or an exact position"),
    ("◌", "dashed circle: near a place, or an area; it happened somewhere inside"),
    ("?", "undecided between places; a click shows the candidates"),
    ("◇", "region only; the mark stands for the region, not for a spot"),
)


def show() -> None:
    """Draw the legend under the map."""
    labels = codes("event_type")
    dots = "   ".join(
        f'<span style="white-space:nowrap"><span style="color:{colour}">⬤</span> {labels[code].label}</span>'
        for code, colour in EVENT_TYPE_COLOURS.items()
        if code in labels
    )
    st.html(
        f'<div class="dl-legend" style="font-size:0.85rem;display:flex;flex-wrap:wrap;gap:2px 14px">{dots}</div>'
    )
    st.caption("  ·  ".join(f"{plain(mark)} {plain(text)}" for mark, text in SHAPES))
