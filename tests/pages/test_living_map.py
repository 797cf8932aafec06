"""The map's first view shows the incidents, not the emptiness around a few far ones."""

from datetime import date

from data.table.event_table import Extent
from pages.map.living_map import bounds, has_outliers, update_layer

DAY = date(2022, 1, 1)
CROWDED = Extent(DAY, DAY, (20.0, 44.0, 93.0, 66.0), (30.0, 46.0, 39.0, 52.0))
COMPACT = Extent(DAY, DAY, (30.0, 50.0, 31.0, 51.0), (30.2, 50.2, 30.8, 50.8))


def test_a_first_look_leaves_out_a_few_far_incidents():
    assert has_outliers(CROWDED)
    assert bounds(CROWDED, first_look=True) == ((46.0, 30.0), (52.0, 39.0))
    assert bounds(CROWDED) == ((44.0, 20.0), (66.0, 93.0))


def test_where_all_lie_together_all_are_shown():
    assert bounds(COMPACT, first_look=True) == bounds(COMPACT) == ((50.0, 30.0), (51.0, 31.0))


def test_nothing_to_show_has_no_bounds():
    assert bounds(Extent(None, None, None), first_look=True) is None


def test_parameters_reach_the_browser_as_data_whatever_they_hold():
    hostile = "</script><script>alert(1)</script>`${alert(1)}`"
    group = update_layer(query="q=x", version="v", theme="light", bounds=None, first_look=None, event=hostile)
    update = next(iter(group._children.values()))
    script = update._template.module.script(update)
    assert "</script>" not in script
    assert "<script>" not in script
