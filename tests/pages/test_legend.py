"""The legend explains every colour and every shape of the map."""

from data.schema import codes
from pages.shared.legend import SHAPES, markup
from pages.shared.palette import EVENT_TYPE_COLOURS


def test_every_event_type_has_a_colour_of_its_own_and_a_place_in_the_legend():
    assert set(EVENT_TYPE_COLOURS) == set(codes("event_type"))
    assert len(set(EVENT_TYPE_COLOURS.values())) == len(EVENT_TYPE_COLOURS)
    for entry in codes("event_type").values():
        assert entry.label in markup()


def test_every_shape_is_explained():
    for _, text in SHAPES:
        assert text in markup()
