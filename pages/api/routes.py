"""The addresses for machines and for the living map, beside Streamlit's own."""

from starlette.routing import Route

from pages.api import assets, cells, events, features, health, towns

ROUTES = [
    Route("/healthz", health.healthz),
    Route("/assets/{name}", assets.asset),
    Route("/api/cells", cells.cells),
    Route("/api/towns", towns.towns),
    Route("/api/events", events.several),
    Route("/api/events/{event_id}", events.one),
    *features.ROUTES,
]
