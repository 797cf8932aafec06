"""What a map draws for a viewport: counted cells, areas in doubt, regions."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis import _

from data import schema
from data.errors import InputError
from data.filters import BBox

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


@dataclass(frozen=True)
class View:
    """What part of the map is looked at."""

    bbox: BBox
    """West may be greater than east: the view crosses the antimeridian."""
    zoom: int

    @property
    def shift(self) -> int:
        """By how many bits a position is cut to get its cell."""
        return 0 if self.zoom >= DEEPEST else CELL_ZOOM - self.zoom


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
    from math import log, pi, radians, tan

    lat = max(-85.051128, min(85.051128, lat))
    return max(0, min(WORLD - 1, int((0.5 - log(tan(pi / 4 + radians(lat) / 2)) / (2 * pi)) * WORLD)))


def _layered(table: ir.Table, condition: ir.BooleanValue, looked_at: View) -> ir.Table:
    """Keep what is drawn in the view; say of each row whether it goes into a cell, an area or a region."""
    shift = looked_at.shift
    drawn = table.filter(condition & table.mx.notnull() & ~table.geo_precision.isin(("country", "unlocated")))
    doubtful = drawn.geo_precision.isin(AREAS) | (drawn.geo_status == "ambiguous")
    layer = ibis.cases(
        (drawn.geo_precision == "adm1", _REGION),
        (doubtful & (drawn.mr * 2 > (1 << shift)), _AREA),
        else_=_CELL,
    ).cast("int8")
    drawn = drawn.mutate(layer=layer)
    west, south, east, north = looked_at.bbox
    reach = ibis.ifelse(drawn.layer == _CELL, 0, drawn.mr)
    right, left = drawn.mx + reach >= _cell_x(west), drawn.mx - reach <= _cell_x(east)
    across = (right & left) if west <= east else (right | left)
    drawn = drawn.filter(across, drawn.my - reach <= _cell_y(south), drawn.my + reach >= _cell_y(north))
    in_cell = drawn.layer == _CELL
    return drawn.mutate(
        gx=ibis.cases((in_cell, drawn.mx >> shift), (drawn.layer == _AREA, drawn.mx), else_=0),
        gy=ibis.cases((in_cell, drawn.my >> shift), (drawn.layer == _AREA, drawn.my), else_=0),
        region=ibis.ifelse(
            drawn.layer == _REGION, drawn.country.fill_null("") + ":" + drawn.admin1.fill_null(""), ""
        ),
    )


def cells(table: ir.Table, condition: ir.BooleanValue, looked_at: View) -> ir.Table:
    """Count per cell; two steps, so that the commonest type needs no engine's own `mode`."""
    rank = ibis.cases(*((_.event_type == code, i) for i, code in enumerate(_TYPES)), else_=len(_TYPES) - 1)
    by_type = (
        _layered(table, condition, looked_at)
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
    weight = 16
    return by_type.group_by("layer", "gx", "gy", "region").aggregate(
        count=_.n.sum(),
        lat=_.slat.sum() / _.n.sum(),
        lon=_.slon.sum() / _.n.sum(),
        commonest=(_.n * weight + (weight - 1 - _.rank)).max() % weight,
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


def at_spots(table: ir.Table, condition: ir.BooleanValue, looked_at: View, spots: pd.DataFrame) -> ir.Table:
    """List the incidents at some spots, latest first, a limited number at each."""
    here = _layered(table, condition, looked_at).filter(
        _.mx.isin(sorted({int(x) for x in spots["mx"]})), _.my.isin(sorted({int(y) for y in spots["my"]}))
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
    types = pd.Categorical.from_codes(_TYPES_LAST - rows["commonest"].to_numpy(), categories=list(_TYPES))
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


_TYPES_LAST = 15
