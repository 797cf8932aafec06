"""The folium map whose content the browser itself asks for; Python sends only the filters and the theme."""

from collections.abc import Mapping
from typing import Any, ClassVar

import folium
from branca.element import MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template

from data.filters import BBox
from data.table.event_table import Extent
from pages.shared.palette import EVENT_TYPE_COLOURS
from pages.shared.web import asset_url

ATTRIBUTION = (
    'Places: <a href="https://www.geonames.org" target="_blank" rel="noopener">GeoNames</a> CC BY 4.0 · '
    "Outline: Natural Earth (lines as drawn there, no position taken)"
)
MOSTLY_EMPTY = 4
WORLD = ((20.0, -20.0), (60.0, 60.0))


class LivingMap(JSCSSMixin, MacroElement):
    """Attaches the browser part to a folium map; the same on every run, so that it is never mounted twice."""

    default_js: ClassVar = [
        ("topojson", asset_url("topojson.js")),
        ("living_map", asset_url("living_map.js")),
    ]
    default_css: ClassVar = [("living_map", asset_url("living_map.css"))]
    _template = Template(
        """
        {% macro script(this, kwargs) %}
        Dateline.attach({{ this._parent.get_name() }}, {{ this.config | tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, config: Mapping[str, Any]) -> None:
        super().__init__()
        self._name = "LivingMap"
        self.config = dict(config)


class Update(MacroElement):
    """Tells the living map what has changed; goes to the browser without a new map."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        Dateline.update({{ this.params | tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, params: Mapping[str, Any]) -> None:
        super().__init__()
        self._name = "Update"
        self.params = dict(params)


def base_map(extent: Extent, tiles: Mapping[str, str] | None = None) -> folium.Map:
    """Make the map: whole extent in view, vector basemap, no request to anyone else unless tiles are given."""
    drawn = folium.Map(
        tiles=None, max_zoom=18, min_zoom=2, control_scale=True, world_copy_jump=True, zoom_control=True
    )
    drawn.default_js = [("leaflet", asset_url("leaflet.js")), ("jquery", asset_url("jquery.js"))]
    drawn.default_css = [("leaflet_css", asset_url("leaflet.css"))]
    drawn.options["maxZoom"] = 18
    if tiles:
        folium.TileLayer(tiles["url"], attr=tiles["attribution"], control=False).add_to(drawn)
    drawn.fit_bounds(bounds(extent, first_look=True) or WORLD)
    drawn.add_child(LivingMap({"colours": EVENT_TYPE_COLOURS, "attribution": ATTRIBUTION}))
    return drawn


def update_layer(
    *, query: str, version: str, theme: str, bounds: Any, first_look: Any, event: str | None
) -> folium.FeatureGroup:
    """Make the feature group that carries the parameters of this run.

    `query` is percent-encoded, so that no character of a search text can mean anything to a script.
    """
    group = folium.FeatureGroup(name="parameters", control=False)
    params = {
        "query": query,
        "version": version,
        "theme": theme,
        "bounds": bounds,
        "first_look": first_look,
        "event": event,
    }
    group.add_child(Update(params))
    return group


def bounds(
    extent: Extent, *, first_look: bool = False
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Return ((south, west), (north, east)) as Leaflet wants it; a first look leaves out the outermost."""
    box = extent.core if first_look and has_outliers(extent) else extent.bbox
    if box is None:
        return None
    west, south, east, north = box
    return ((south, west), (north, east))


def has_outliers(extent: Extent) -> bool:
    """Say whether a few far positions make the whole extent mostly empty."""
    if extent.bbox is None or extent.core is None:
        return False
    return _size(extent.bbox) > MOSTLY_EMPTY * _size(extent.core)


def _size(box: BBox) -> float:
    west, south, east, north = box
    return (east - west) * (north - south)
