from itertools import pairwise

import pytest
from geopy.distance import geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.area import circle_polygon, covering_circle, destination, hull_polygon

LATS, LONS, RADII = st.floats(-80, 80), st.floats(-180, 180), st.floats(100, 200_000)


@given(LATS, LONS, RADII)
def test_a_circle_is_a_closed_ring_at_its_radius(lat: float, lon: float, radius_m: float) -> None:
    (ring,) = circle_polygon((lat, lon, radius_m))["coordinates"]
    assert ring[0] == ring[-1]
    assert len(ring) > 24
    for to_lon, to_lat in ring:
        assert geodesic((lat, lon), (to_lat, to_lon)).meters == pytest.approx(radius_m, rel=0.01, abs=1)


@given(LATS, LONS, RADII)
def test_rings_run_counter_clockwise(lat: float, lon: float, radius_m: float) -> None:
    (ring,) = circle_polygon((lat, lon, radius_m))["coordinates"]
    assert sum((bx - ax) * (by + ay) for (ax, ay), (bx, by) in pairwise(ring)) < 0


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.floats(40, 60), st.floats(20, 40), st.floats(500, 20_000)), min_size=1, max_size=8)
)
def test_a_covering_circle_covers_all_circles_and_is_not_wasteful(
    circles: list[tuple[float, float, float]],
) -> None:
    lat, lon, radius_m = covering_circle(circles)
    needed = [geodesic((lat, lon), (c[0], c[1])).meters + c[2] for c in circles]
    assert max(needed) <= radius_m * 1.006 + 1
    widest = max(
        geodesic((a[0], a[1]), (b[0], b[1])).meters / 2 + (a[2] + b[2]) / 2 for a in circles for b in circles
    )
    assert radius_m <= max(widest, max(c[2] for c in circles)) * 1.25 + 1


def test_a_covering_circle_reaches_over_the_antimeridian() -> None:
    lat, lon, radius_m = covering_circle([(0.0, 179.5, 1000), (0.0, -179.5, 1000)])
    assert abs(lat) < 0.01
    assert abs(abs(lon) - 180) < 0.05
    assert radius_m == pytest.approx(56_600, rel=0.02)


def test_a_hull_holds_both_ends_and_the_way_between() -> None:
    (ring,) = hull_polygon([(49.0, 38.0, 3000), (49.0, 37.0, 3000)])["coordinates"]
    lons, lats = [p[0] for p in ring], [p[1] for p in ring]
    assert min(lons) < 37.0 < 38.0 < max(lons)
    assert min(lats) < 49.0 < max(lats)


def test_fifteen_kilometres_north_is_fifteen_kilometres_north() -> None:
    lat, lon = destination(49.7, 37.6, 0.0, 15.0)
    assert geodesic((49.7, 37.6), (lat, lon)).km == pytest.approx(15.0, abs=0.001)
    assert lon == pytest.approx(37.6)
    assert lat > 49.7
