"""What a map asks for a viewport: incidents counted by cell and type, areas in doubt, regions."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
from ibis import _

from data import schema
from data.errors import InputError
from data.filters import BBox
from data.table.columns import RANKED, REGION_RANK, WIDE, WORLD
from data.table.template import listed, numbers

CELL_ZOOM = 28
"""A cell is 64 pixels wide: `mx >> (28 - zoom)`."""
DEEPEST = 18
"""From this zoom on only incidents at the very same spot share a cell."""
LISTED = 50
"""So many incident ids at most are listed for one spot."""

_PRECISIONS = tuple(schema.codes("geo_precision"))
_STATUSES = tuple(schema.codes("geo_status"))
_AREAS = _PRECISIONS.index("near"), _PRECISIONS.index("adm1")
"""First and last of the precisions that mean an area; asking for a range is many times faster than for a list."""
_NOT_DRAWN = _PRECISIONS.index("country"), _PRECISIONS.index("unlocated")
_DOUBTFUL = _STATUSES.index("ambiguous")
_CELL, _AREA, _REGION = 0, 1, 2

NUMBERS = ("west", "east", "north", "south", "shift", "cell")
_COUNTED = ("n", "lat", "lon", "radius_m", "date_start", "mx", "my", *RANKED)


@dataclass(frozen=True)
class Shape:
    """What of a view decides how it is asked for."""

    wraps: bool
    """The view crosses the antimeridian."""
    coarse: bool
    """Cells are wider than what most incidents may be off by: these need no look at their areas."""


@dataclass(frozen=True)
class View:
    """What part of the map is looked at."""

    bbox: BBox
    """West may be greater than east: the view crosses the antimeridian."""
    zoom: int

    @property
    def shape(self) -> Shape:
        """What decides how the view is asked for."""
        return Shape(wraps=self.bbox[0] > self.bbox[2], coarse=1 << self._shift >= 2 * WIDE)

    @property
    def _shift(self) -> int:
        return 0 if self.zoom >= DEEPEST else CELL_ZOOM - self.zoom

    def numbers(self) -> dict[str, int]:
        """Give the edges in tiles of zoom 30, and by how many bits a position is cut to get its cell."""
        west, south, east, north = self.bbox
        return {
            "west": _cell_x(west),
            "east": _cell_x(east),
            "north": _cell_y(north),
            "south": _cell_y(south),
            "shift": self._shift,
            "cell": 1 << self._shift,
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


def cells(table: ir.Table, condition: ir.BooleanValue, shape: Shape) -> ir.Table:
    """Count per cell, area or region, and type; `drawing.merged` puts the types together.

    Most rows are uncertain by little. They lie together in the file, and only those near the view are read of them.
    Whole numbers are grouped and compared; what a single incident is called is looked up afterwards, by `n`.
    """
    hole = numbers(*NUMBERS)
    rows = table.filter(condition, table.mx.notnull(), ~table.precision_rank.between(*_NOT_DRAWN))
    is_wide = (rows.mr > WIDE) | (rows.precision_rank == REGION_RANK)
    close = rows.filter(~is_wide, _within(rows, 0 if shape.coarse else WIDE, hole, shape))
    if shape.coarse:
        gx, gy = (close[axis] >> hole["shift"] for axis in ("mx", "my"))
        counted = _counted(close.select(*_COUNTED, gx=gx, gy=gy), "gx", "gy")
        counted = counted.mutate(layer=ibis.literal(_CELL, "int8"))
    else:
        counted = _counted(_reaching(close, _COUNTED, hole, shape), "layer", "gx", "gy")
    wide = _reaching(rows.filter(is_wide), (*_COUNTED, "region"), hole, shape)
    is_region = wide.layer == _REGION
    wide = wide.select(
        *_COUNTED,
        "layer",
        region=ibis.ifelse(is_region, wide.region.fill_null(":"), ""),
        **{axis: ibis.ifelse(is_region, 0, wide[axis]) for axis in ("gx", "gy")},
    )
    ours = _counted(wide, "layer", "gx", "gy", "region")
    return counted.mutate(region=ibis.literal("")).select(ours.columns).union(ours)


def _reaching(rows: ir.Table, columns: tuple[str, ...], hole: Mapping[str, Any], shape: Shape) -> ir.Table:
    """Keep what reaches into the view; say of each row whether it goes into a cell, an area or a region, and which."""
    is_region = rows.precision_rank == REGION_RANK
    doubtful = rows.precision_rank.between(*_AREAS) | (rows.status_rank == _DOUBTFUL)
    is_area = doubtful & (rows.mr * 2 > hole["cell"])
    seen = rows.filter(
        _within(rows, rows.mr, hole, shape), is_region | is_area | _within(rows, 0, hole, shape)
    ).select(*columns, layer=ibis.cases((is_region, _REGION), (is_area, _AREA), else_=_CELL))
    gx, gy = (
        ibis.ifelse(seen.layer == _CELL, seen[axis] >> hole["shift"], seen[axis]) for axis in ("mx", "my")
    )
    return seen.select(*columns, "layer", gx=gx, gy=gy)


def _within(rows: ir.Table, reach: Any, hole: Mapping[str, Any], shape: Shape) -> ir.BooleanValue:
    """Say that a row lies in the view or no farther from it than it reaches."""
    right, left = rows.mx >= hole["west"] - reach, rows.mx <= hole["east"] + reach
    across = (right | left) if shape.wraps else (right & left)
    return across & (rows.my <= hole["south"] + reach) & (rows.my >= hole["north"] - reach)


def _counted(rows: ir.Table, *by: str) -> ir.Table:
    return rows.group_by(*by, "type_rank").aggregate(
        count=_.count(),
        lat=_.lat.sum(),
        lon=_.lon.sum(),
        x0=_.mx.min(),
        x1=_.mx.max(),
        y0=_.my.min(),
        y1=_.my.max(),
        n=_.n.min(),
        precision0=_.precision_rank.min(),
        precision1=_.precision_rank.max(),
        status0=_.status_rank.min(),
        status1=_.status_rank.max(),
        radius_m=_.radius_m.max(),
        date_start=_.date_start.min(),
    )


def at_spots(table: ir.Table, condition: ir.BooleanValue, shape: Shape) -> ir.Table:
    """List the incidents at some spots (`xs`, `ys`), latest first, a limited number at each."""
    rows = table.filter(condition, ~table.precision_rank.between(*_NOT_DRAWN))
    columns = ("event_id", "date_start", "mx", "my", *RANKED, "mr")
    spots = rows.select(*columns).semi_join(listed("xs", "mx"), "mx").semi_join(listed("ys", "my"), "my")
    here = _reaching(spots, ("event_id", "date_start", "mx", "my"), numbers(*NUMBERS), shape)
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
