import pytest
from hypothesis import given
from hypothesis import strategies as st

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
