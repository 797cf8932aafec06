"""What a map draws for a viewport: counted cells, areas in doubt, regions."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis import _

from data import schema
from data.errors import InputError
from data.filters import BBox
from data.table.columns import REGION_RANK, WIDE, WORLD
from data.table.template import listed, numbers

CELL_ZOOM = 28
"""A cell is 64 pixels wide: `mx >> (28 - zoom)`."""
DEEPEST = 18
"""From this zoom on only incidents at the very same spot share a cell."""
LISTED = 50
"""So many incident ids at most are listed for one spot."""

_TYPES = tuple(schema.codes("event_type"))
_PRECISIONS = tuple(schema.codes("geo_precision"))
_STATUSES = tuple(schema.codes("geo_status"))
_AREAS = [_PRECISIONS.index(code) for code in ("near", "feature", "adm2", "adm1")]
_NOT_DRAWN = [_PRECISIONS.index(code) for code in ("country", "unlocated")]
_DOUBTFUL = _STATUSES.index("ambiguous")
_DECIMALS = 7
"""A centimetre: in whatever order positions are added up, the mean is the same."""
_CELL, _AREA, _REGION = 0, 1, 2
_WEIGHT = 16
"""More than there are types: count and type in one whole number, so that the commonest type is a maximum."""

NUMBERS = ("west", "east", "north", "south", "shift", "cell")
_COLUMNS = ("n", "event_id", "lat", "lon", "radius_m", "date_start", "mx", "my", "region")
_RANKS = ("type_rank", "precision_rank", "status_rank")


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


def _layered(rows: ir.Table, hole: Mapping[str, Any], shape: Shape) -> ir.Table:
    """Keep what is drawn in the view; say of each row whether it goes into a cell, an area or a region, and which.

    Most rows are uncertain by little. They lie together in the file, and only those near the view are read of them.
    """
    drawn = rows.filter(rows.mx.notnull(), ~rows.precision_rank.isin(_NOT_DRAWN))
    is_wide = (drawn.mr > WIDE) | (drawn.precision_rank == REGION_RANK)
    wide = _reaching(drawn.filter(is_wide), hole, shape)
    close = _in_view(drawn.filter(~is_wide), hole, 0 if shape.coarse else WIDE, shape)
    if not shape.coarse:
        return _reaching(close, hole, shape).union(wide)
    gx, gy = (close[axis] >> hole["shift"] for axis in ("mx", "my"))
    return close.select(*_COLUMNS, *_RANKS, layer=ibis.literal(_CELL, "int8"), gx=gx, gy=gy).union(wide)


def _reaching(rows: ir.Table, hole: Mapping[str, Any], shape: Shape) -> ir.Table:
    doubtful = rows.precision_rank.isin(_AREAS) | (rows.status_rank == _DOUBTFUL)
    layer = ibis.cases(
        (rows.precision_rank == REGION_RANK, _REGION),
        (doubtful & (rows.mr * 2 > hole["cell"]), _AREA),
        else_=_CELL,
    )
    rows = rows.select(*_COLUMNS, *_RANKS, "mr", layer=layer)
    seen = _in_view(rows, hole, ibis.ifelse(rows.layer == _CELL, 0, rows.mr), shape)
    gx, gy = (
        ibis.ifelse(seen.layer == _CELL, seen[axis] >> hole["shift"], seen[axis]) for axis in ("mx", "my")
    )
    return seen.select(*_COLUMNS, *_RANKS, "layer", gx=gx, gy=gy)


def _in_view(rows: ir.Table, hole: Mapping[str, Any], reach: Any, shape: Shape) -> ir.Table:
    right, left = rows.mx >= hole["west"] - reach, rows.mx <= hole["east"] + reach
    return rows.filter(
        (right | left) if shape.wraps else (right & left),
        rows.my <= hole["south"] + reach,
        rows.my >= hole["north"] - reach,
    )


def cells(table: ir.Table, condition: ir.BooleanValue, shape: Shape) -> ir.Table:
    """Count per cell and per area; two steps, so that the commonest type needs no engine's own `mode`.

    Only whole numbers are grouped and compared; what a single incident is called is looked up afterwards, by `n`.
    """
    chosen = table.filter(condition, table.precision_rank != REGION_RANK)
    return _counted(_layered(chosen, numbers(*NUMBERS), shape), "layer", "gx", "gy")


def regions(table: ir.Table, condition: ir.BooleanValue, shape: Shape) -> ir.Table:
    """Count per region what is known by its region only."""
    known = table.filter(condition, table.mx.notnull(), table.precision_rank == REGION_RANK)
    drawn = _reaching(known, numbers(*NUMBERS), shape)
    return _counted(drawn.mutate(region=drawn.region.fill_null(":")), "layer", "region")


def _counted(rows: ir.Table, *by: str) -> ir.Table:
    by_type = rows.group_by(*by, "type_rank").aggregate(
        count=_.count(),
        slat=_.lat.sum(),
        slon=_.lon.sum(),
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
    return by_type.group_by(*by).aggregate(
        count=_["count"].sum(),
        lat=_.slat.sum() / _["count"].sum(),
        lon=_.slon.sum() / _["count"].sum(),
        commonest=(_["count"] * _WEIGHT + (_WEIGHT - 1 - _.type_rank)).max() % _WEIGHT,
        same_spot=(_.x0.min() == _.x1.max()) & (_.y0.min() == _.y1.max()),
        n=_.n.min(),
        precision0=_.precision0.min(),
        precision1=_.precision1.max(),
        status0=_.status0.min(),
        status1=_.status1.max(),
        radius_m=_.radius_m.max(),
        date_start=_.date_start.min(),
        mx=_.x0.min(),
        my=_.y0.min(),
    )


def at_spots(table: ir.Table, condition: ir.BooleanValue, shape: Shape) -> ir.Table:
    """List the incidents at some spots (`xs`, `ys`), latest first, a limited number at each."""
    spots = table.filter(condition).semi_join(listed("xs", "mx"), "mx").semi_join(listed("ys", "my"), "my")
    here = _layered(spots, numbers(*NUMBERS), shape)
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


def together(cells: pd.DataFrame, regions: pd.DataFrame) -> pd.DataFrame:
    """Put cells, areas and regions into one frame."""
    return pd.concat([cells.assign(region=""), regions], ignore_index=True)


def shaped(rows: pd.DataFrame, named: pd.DataFrame, spots: pd.DataFrame | None) -> pd.DataFrame:
    """Give the answer the columns that the map reads; `named` has `event_id` and `title` of the singles by `n`."""
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
    names = named.set_index("n").reindex(rows["n"].where(single, None))
    return pd.DataFrame(
        {
            "count": rows["count"],
            "lat": rows["lat"].round(_DECIMALS),
            "lon": rows["lon"].round(_DECIMALS),
            "event_id": names["event_id"].to_numpy(),
            "title": names["title"].to_numpy(),
            "event_type": _coded(_TYPES, _WEIGHT - 1 - rows["commonest"]),
            "geo_precision": _coded(
                _PRECISIONS, rows.precision0.where(rows.precision0 == rows.precision1, -1)
            ),
            "geo_status": _coded(_STATUSES, rows.status0.where(rows.status0 == rows.status1, -1)),
            "radius_m": rows["radius_m"],
            "date_start": rows["date_start"].astype("datetime64[us]"),
            "event_ids": pd.Series(ids, index=rows.index, dtype=object),
            "region": rows["region"],
        }
    ).sort_values(["count", "lat", "lon"], ascending=[False, True, True], ignore_index=True)


def _coded(codes: tuple[str, ...], ranks: pd.Series) -> Any:
    known = ranks.where(ranks < len(codes), -1).to_numpy("int64")
    return pd.Categorical.from_codes(known, categories=pd.Index(codes))
