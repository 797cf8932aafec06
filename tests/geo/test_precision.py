import pytest

from geo.precision import near_radius_m, offset_radius_m, precision_of, settlement_radius_m


@pytest.mark.parametrize(
    ("feature", "expected"),
    [
        ("PPL", "settlement"),
        ("PPLA", "settlement"),
        ("PPLX", "settlement"),
        ("ADM1", "adm1"),
        ("ADM1C", "adm1"),
        ("ADM2", "adm2"),
        ("ADM3", "adm2"),
        ("PCLI", "country"),
        ("STM", "feature"),
        ("RGN", "feature"),
        ("AIRF", "feature"),
    ],
)
def test_feature_codes_have_a_precision_class(feature: str, expected: str) -> None:
    assert precision_of(feature) == expected


def test_settlements_grow_from_one_to_fifteen_kilometres() -> None:
    radii = [
        settlement_radius_m(people) for people in (0, 500, 5_000, 50_000, 500_000, 5_000_000, 50_000_000)
    ]
    assert radii[0] == radii[1] == 1_000
    assert radii == sorted(radii)
    assert radii[-1] == 15_000


def test_near_is_at_least_five_kilometres_and_twice_the_settlement() -> None:
    assert near_radius_m(1_000) == 5_000
    assert near_radius_m(4_000) == 8_000


def test_a_stated_distance_is_a_fifth_uncertain_and_at_least_a_kilometre() -> None:
    assert offset_radius_m(2) == 1_000
    assert offset_radius_m(15) == pytest.approx(3_000)
