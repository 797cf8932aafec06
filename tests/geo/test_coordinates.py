import pytest
from hypothesis import given
from hypothesis import strategies as st

import geo
from geo.coordinates import find
from geo.errors import PlaceTextError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("48.35, 37.55", (48.35, 37.55)),
        ("(48.35; 37.55)", (48.35, 37.55)),
        ("48.35N 37.55E", (48.35, 37.55)),
        ("34.6 S, 58.4 W", (-34.6, -58.4)),
        ("-34.6,-58.4", (-34.6, -58.4)),
        ("lat 48.35 lon 37.55", (48.35, 37.55)),
        ("48°21'00\"N 37°33'10\"E", (48.35, 37.55277777)),
        ("48°21′N, 37°33′E", (48.35, 37.55)),
    ],
)
def test_coordinates_are_read_in_usual_notations(text: str, expected: tuple[float, float]) -> None:
    assert find(text) == pytest.approx(expected)


@pytest.mark.parametrize(
    "text", ["Bakhmut", "15 km north of Kupiansk", "Highway 66", "Sector 48 37", "2022", "", "1,2,3"]
)
def test_other_texts_are_left_to_the_gazetteer(text: str) -> None:
    assert find(text) is None


@pytest.mark.parametrize("text", ["91.0, 10.0", "37.55, 190.5", "0, 0", "0.0,0.0", "48°75'N 37°33'E"])
def test_impossible_coordinates_are_refused_with_a_reason(text: str) -> None:
    with pytest.raises(PlaceTextError, match=r"globe|Atlantic|60"):
        find(text)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_position_on_the_globe_is_read_back(lat: float, lon: float) -> None:
    written = f"{lat:.6f}, {lon:.6f}"
    if written not in (
        "0.000000, 0.000000",
        "-0.000000, 0.000000",
        "0.000000, -0.000000",
        "-0.000000, -0.000000",
    ):
        assert find(written) == pytest.approx((lat, lon), abs=1e-6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("48,35; 37,55", (48.35, 37.55)),
        ("N48.35 E37.55", (48.35, 37.55)),
        ("E 37.55 N 48.35", (48.35, 37.55)),
        ("lat: 48.35 lon: 37.55", (48.35, 37.55)),
        ("−33.9 151.2", (-33.9, 151.2)),
        ("48° 21.5' N, 37° 33' E", (48.35833, 37.55)),
        ("31U 448251 5411932", (48.85819, 2.29449)),  # the Eiffel Tower
        ("18SUJ2348306479", (38.8895, -77.0352)),  # the Washington Monument
        ("8FVC9G8F+6X", (47.36563, 8.52488)),  # the example of the plus code specification
    ],
)
def test_usual_notations_are_read(text: str, expected: tuple[float, float]) -> None:
    found = find(text)
    assert found is not None
    assert found == pytest.approx(expected, abs=2e-4)


@pytest.mark.parametrize(
    "text", ["99U DQ 12345 67890", "37U DQ 123", "91.5 N, 37 E", "48°75'N 37°0'E", "N0 E0"]
)
def test_positions_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(PlaceTextError):
        find(text)


@given(st.text(max_size=120))
def test_any_text_is_a_position_or_none_or_a_clear_error(text: str) -> None:
    try:
        found = find(text)
    except PlaceTextError:
        return
    assert found is None or (abs(found[0]) <= 90 and abs(found[1]) <= 180)


def test_a_short_plus_code_is_read_with_its_town(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("V75V+8Q Paris", country="FR")
    assert (found.geo_precision, found.lat, found.lon) == (
        "exact",
        pytest.approx(48.8583),
        pytest.approx(2.2944, abs=1e-3),
    )


def test_coordinates_outside_the_country_given_are_in_doubt(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("48.8583, 2.2944", country="UA")
    assert found.status == "ambiguous"
    assert any("not in the country given" in reason for reason in found.reasons)


@pytest.mark.parametrize("text", ["Bakhmut (48.5949, 38.0009)", "48.5949, 38.0009 (near Bakhmut)"])
def test_coordinates_beside_a_name_are_the_place(gazetteer: geo.Gazetteer, text: str) -> None:
    found = gazetteer.resolve(text)
    assert (found.status, found.geo_precision, found.lat, found.lon) == ("auto", "exact", 48.5949, 38.0009)


def test_coordinates_far_from_the_name_beside_them_are_in_doubt(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("Kharkiv (48.5949, 38.0009)")
    assert found.status == "ambiguous"
    assert any("200 km from Kharkiv" in reason for reason in found.reasons)
