"""The legend explains every colour and every shape of the map."""

from data.schema import codes
from pages.shared.legend import types
from pages.shared.palette import EVENT_TYPE_COLOURS


def test_every_event_type_has_a_colour_of_its_own_and_a_place_in_the_legend():
    assert set(EVENT_TYPE_COLOURS) == set(codes("event_type"))
    assert len(set(EVENT_TYPE_COLOURS.values())) == len(EVENT_TYPE_COLOURS)
    for entry in codes("event_type").values():
        assert entry.label in types(EVENT_TYPE_COLOURS)


def test_only_what_is_there_is_explained():
    assert codes("event_type")["battle"].label in types({"battle"})
    assert codes("event_type")["protest"].label not in types({"battle"})
