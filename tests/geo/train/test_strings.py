"""Place strings: learned the same every time, tested on other places, probabilities that hold."""

from pathlib import Path

import pytest

import geo
from geo import weights
from geo.errors import SourceError
from geo.normalize import skeleton
from geo.resolve import Resolver
from geo.sphere import distance_km
from geo.store import Store
from geo.train import writing
from geo.train.calibration import expected_error
from geo.train.incidents import Question, questions
from geo.train.strings import Fold, Row, calibrated_outcomes, folds, hold_out, rows, train
from geo.train.strings_run import expected, train_strings

START = expected(writing.thresholds())
MOST = 200
"""Strings to learn from here: enough to tell, few enough to wait for."""


@pytest.fixture(scope="module")
def looked_up(shared: Path, gazetteer: geo.Gazetteer) -> list[Row]:
    asked = questions(shared / "incidents" / "eyes_on_russia_2022.csv")[:MOST]
    return rows(Resolver(Store(gazetteer.path), START), asked)


@pytest.fixture(scope="module")
def held_out(looked_up: list[Row]) -> list[Fold]:
    return hold_out(looked_up, START)


def test_training_is_deterministic(looked_up: list[Row]) -> None:
    assert train(looked_up, START) == train(looked_up, START)


def test_no_place_is_both_trained_on_and_tested(looked_up: list[Row]) -> None:
    for training, tested in folds(looked_up):
        assert tested
        for one in training:
            for other in tested:
                a, b = one.question, other.question
                same_name = skeleton(a.place) == skeleton(b.place)
                assert not (same_name and distance_km(a.lat, a.lon, b.lat, b.lon) <= 25)


def test_what_is_learned_is_at_least_as_right_as_what_was_expected_and_knows_better_how_sure_to_be(
    held_out: list[Fold],
) -> None:
    learned, _ = calibrated_outcomes(held_out)
    by_hand = [outcome for fold in held_out for outcome in fold.outcomes(START)[0]]
    assert sum(one.right for one in learned) >= sum(one.right for one in by_hand) - 0.01 * len(learned)
    errors = [expected_error([(one.probability, one.right) for one in some]) for some in (learned, by_hand)]
    assert errors[0] < errors[1]
    assert errors[0] < 0.06


def test_the_weights_written_are_the_weights_read(looked_up: list[Row]) -> None:
    trained = train_strings(looked_up, START)
    read = weights.from_text(trained.text)
    assert read.features == train(looked_up, START).features
    assert len(trained.alone) == len(looked_up)
    assert read.status.auto == pytest.approx(read.status.wrong_cost / (1 + read.status.wrong_cost), abs=1e-4)


def test_the_calibration_that_comes_along_never_falls_and_stays_within_bounds() -> None:
    loaded = weights.load()
    said = [loaded.calibrated(step / 100) for step in range(101)]
    assert said == sorted(said)
    assert said[0] >= 0
    assert said[-1] <= 1


def test_an_area_is_a_right_answer_only_where_nothing_narrower_was_asked_for() -> None:
    inside = {"lat": 48.0, "lon": 37.8, "precision": "adm1", "radius_m": 120_000.0}
    assert Question("Ukraine", "Donetsk Oblast", (), 48.7, 37.6).is_right(**inside)
    assert not Question("Ukraine", "Stepne", ("Donetsk Oblast",), 48.7, 37.6).is_right(**inside)


def test_a_table_without_place_columns_is_refused_with_what_it_needs(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("where,lat\nBakhmut,48.6\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"no column 'town/city'.*needs town/city"):
        questions(table)
