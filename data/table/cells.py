"""What a map draws for a viewport: counted cells, areas in doubt, regions."""

from __future__ import annotations

import math
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis import _

from data import schema
from data.errors import InputError
from data.filters import BBox
from data.table.template import holes

WORLD = 1 << 30
CELL_ZOOM = 28
"""A cell is 64 pixels wide: `mx >> (28 - zoom)`."""
DEEPEST = 18
"""From this zoom on only incidents at the very same spot share a cell."""
LISTED = 50
"""So many incident ids at most are listed for one spot."""
AREAS = ("near", "feature", "adm2", "adm1")

_TYPES = tuple(schema.codes("event_type"))
_CELL, _AREA, _REGION = 0, 1, 2
_WEIGHT = 16
"""More than there are types: count and type in one whole number, so that the commonest type is a maximum."""


HOLES = holes("west", "east", "north", "south", "shift", "cell", "xs", "ys")
_COLUMNS = ("event_id", "title", "event_type", "geo_precision", "geo_status", "country", "admin1")
_NUMBERS = ("lat", "lon", "radius_m", "date_start", "mx", "my", "mr")


@dataclass(frozen=True)
class View:
    """What part of the map is looked at."""

    bbox: BBox
    """West may be greater than east: the view crosses the antimeridian."""
    zoom: int

    @property
    def wraps(self) -> bool:
        """Whether the view crosses the antimeridian."""
        return self.bbox[0] > self.bbox[2]

    def numbers(self) -> dict[str, int]:
        """Give the edges in tiles of zoom 30, and by how many bits a position is cut to get its cell."""
        west, south, east, north = self.bbox
        shift = 0 if self.zoom >= DEEPEST else CELL_ZOOM - self.zoom
        return {
            "west": _cell_x(west),
            "east": _cell_x(east),
            "north": _cell_y(north),
            "south": _cell_y(south),
            "shift": shift,
            "cell": 1 << shift,
        }


def view(bbox: tuple[float, float, float, float], zoom: int) -> View:
    """Accept what a map widget reports: longitudes beyond 180 are folded back, more than the world is the world."""
    west, south, east, north = (float(edge) for edge in bbox)
    if not all(abs(edge) < 1e6 for edge in (west, south, east, north)) or south > north:
        raise InputError(
            column="bbox",
            value=bbox,
            problem="is not a box on the globe",
            expected="give west,south,east,north",
        )
    if not 0 <= zoom <= 24:
        raise InputError(
            column="zoom", value=zoom, problem="is out of range", expected="give a whole number, 0 to 24"
        )
    if east - west >= 360:
        west, east = -180.0, 180.0
    else:
        west, east = (edge if -180 <= edge <= 180 else (edge + 180) % 360 - 180 for edge in (west, east))
    return View((west, max(south, -90.0), east, min(north, 90.0)), int(zoom))


def _cell_x(lon: float) -> int:
    return min(WORLD - 1, int((lon + 180) / 360 * WORLD))


def _cell_y(lat: float) -> int:
    phi = math.radians(max(-85.051128, min(85.051128, lat)))
    y = 0.5 - math.log(math.tan(math.pi / 4 + phi / 2)) / (2 * math.pi)
    return max(0, min(WORLD - 1, int(y * WORLD)))


def _layered(table: ir.Table, condition: ir.BooleanValue, *, wraps: bool) -> ir.Table:
    """Keep what is drawn in the view; say of each row whether it goes into a cell, an area or a region."""
    hole = {name: h.expression for name, h in HOLES.items()}
    drawn = table.filter(condition & table.mx.notnull() & ~table.geo_precision.isin(("country", "unlocated")))
    doubtful = drawn.geo_precision.isin(AREAS) | (drawn.geo_status == "ambiguous")
    layer = ibis.cases(
        (drawn.geo_precision == "adm1", _REGION),
        (doubtful & (drawn.mr * 2 > hole["cell"]), _AREA),
        else_=_CELL,
    )
    drawn = drawn.select(*_COLUMNS, *_NUMBERS, layer=layer, reach=ibis.ifelse(layer == _CELL, 0, drawn.mr))
    right, left = drawn.mx + drawn.reach >= hole["west"], drawn.mx - drawn.reach <= hole["east"]
    drawn = drawn.filter(
        (right | left) if wraps else (right & left),
        drawn.my - drawn.reach <= hole["south"],
        drawn.my + drawn.reach >= hole["north"],
    )
    in_cell, in_area = drawn.layer == _CELL, drawn.layer == _AREA
    region = ibis.cases(
        (in_cell | in_area, ""), else_=drawn.country.fill_null("") + ":" + drawn.admin1.fill_null("")
    )
    return drawn.mutate(
        gx=ibis.cases((in_cell, drawn.mx >> hole["shift"]), (in_area, drawn.mx), else_=0),
        gy=ibis.cases((in_cell, drawn.my >> hole["shift"]), (in_area, drawn.my), else_=0),
        region=region,
    )


def cells(table: ir.Table, condition: ir.BooleanValue, *, wraps: bool) -> ir.Table:
    """Count per cell; two steps, so that the commonest type needs no engine's own `mode`."""
    rank = ibis.cases(*((_.event_type == code, i) for i, code in enumerate(_TYPES)), else_=len(_TYPES) - 1)
    by_type = (
        _layered(table, condition, wraps=wraps)
        .group_by("layer", "gx", "gy", "region", rank=rank)
        .aggregate(
            n=_.count(),
            slat=_.lat.sum(),
            slon=_.lon.sum(),
            x0=_.mx.min(),
            x1=_.mx.max(),
            y0=_.my.min(),
            y1=_.my.max(),
            event_id=_.event_id.min(),
            title=_.title.min(),
            precision0=_.geo_precision.min(),
            precision1=_.geo_precision.max(),
            status0=_.geo_status.min(),
            status1=_.geo_status.max(),
            radius_m=_.radius_m.max(),
            date_start=_.date_start.min(),
        )
    )
    return by_type.group_by("layer", "gx", "gy", "region").aggregate(
        count=_.n.sum(),
        lat=_.slat.sum() / _.n.sum(),
        lon=_.slon.sum() / _.n.sum(),
        commonest=(_.n * _WEIGHT + (_WEIGHT - 1 - _.rank)).max() % _WEIGHT,
        same_spot=(_.x0.min() == _.x1.max()) & (_.y0.min() == _.y1.max()),
        event_id=_.event_id.min(),
        title=_.title.min(),
        precision0=_.precision0.min(),
        precision1=_.precision1.max(),
        status0=_.status0.min(),
        status1=_.status1.max(),
        radius_m=_.radius_m.max(),
        date_start=_.date_start.min(),
        mx=_.x0.min(),
        my=_.y0.min(),
    )


def at_spots(table: ir.Table, condition: ir.BooleanValue, *, wraps: bool) -> ir.Table:
    """List the incidents at some spots (holes `xs`, `ys`), latest first, a limited number at each."""
    here = _layered(table, condition, wraps=wraps).filter(
        _.mx.isin([HOLES["xs"].expression]), _.my.isin([HOLES["ys"].expression])
    )
    order = ibis.window(
        group_by=["layer", "mx", "my"],
        order_by=[ibis.desc(here.date_start, nulls_first=False), here.event_id],
    )
    return (
        here.mutate(place=ibis.row_number().over(order))
        .filter(_.place < LISTED)
        .select("layer", "mx", "my", "event_id", "place")
        .order_by("layer", "mx", "my", "place")
    )


def shaped(rows: pd.DataFrame, spots: pd.DataFrame | None) -> pd.DataFrame:
    """Give the answer the columns that the map reads."""
    single = rows["count"] == 1
    listed: dict[tuple[int, int, int], list[str]] = {}
    if spots is not None:
        for layer, x, y, event_id in zip(spots.layer, spots.mx, spots.my, spots.event_id, strict=True):
            listed.setdefault((layer, x, y), []).append(event_id)
    ids = [
        listed.get((layer, x, y), []) if same and n > 1 else []
        for layer, x, y, same, n in zip(
            rows.layer, rows.mx, rows.my, rows.same_spot, rows["count"], strict=True
        )
    ]
    types = pd.Categorical([_TYPES[_WEIGHT - 1 - n] for n in rows["commonest"]], categories=list(_TYPES))
    one_precision, one_status = rows.precision0 == rows.precision1, rows.status0 == rows.status1
    return pd.DataFrame(
        {
            "count": rows["count"],
            "lat": rows["lat"],
            "lon": rows["lon"],
            "event_id": rows["event_id"].where(single),
            "title": rows["title"].where(single),
            "event_type": types,
            "geo_precision": pd.Categorical(
                rows.precision0.where(one_precision), categories=list(schema.codes("geo_precision"))
            ),
            "geo_status": pd.Categorical(
                rows.status0.where(one_status), categories=list(schema.codes("geo_status"))
            ),
            "radius_m": rows["radius_m"],
            "date_start": rows["date_start"].astype("datetime64[us]"),
            "event_ids": pd.Series(ids, index=rows.index, dtype=object),
            "region": rows["region"],
        }
    ).sort_values(["count", "lat", "lon"], ascending=[False, True, True], ignore_index=True)
