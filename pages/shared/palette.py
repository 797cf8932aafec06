"""One colour per event type, the same on map, timeline and legend (after Okabe & Ito 2008, Tol 2021)."""

EVENT_TYPE_COLOURS: dict[str, str] = {
    "battle": "#d55e00",
    "explosion_remote": "#e69f00",
    "violence_civilians": "#aa3377",
    "detention_capture": "#0072b2",
    "protest": "#009e73",
    "riot": "#b5a642",
    "strategic_development": "#56b4e9",
    "infrastructure_damage": "#8c6d53",
    "other": "#8a8f98",
}
