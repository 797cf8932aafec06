"""Training: deterministic, better than not training, and honest about what it knows."""

from pathlib import Path

import numpy as np
import pytest

import geo
from geo.documents import weights
from geo.documents.columns import ALONE, AT, COLUMNS
from geo.documents.names import Names
from geo.documents.ranking import Model
from geo.errors import SourceError
from geo.search import Search
from geo.store import Store
from geo.train.calibration import expected_error, fit_table
from geo.train.data import Judge, Prepared, prepare
from geo.train.documents import learn, outcomes
from geo.train.logit import fit
from geo.train.run import CORPORA, read_corpora


@pytest.fixture(scope="module")
def judged(shared: Path, gazetteer: geo.Gazetteer) -> tuple[dict[str, list[Prepared]], Judge]:
    store = Store(gazetteer.path)
    names = Names(Search(store))
    corpora = {name: prepare(read_corpora(shared / "corpora", [name]), names) for name in CORPORA}
    return corpora, Judge(store)


def share_right(documents: list[Prepared], model: Model, judge: Judge) -> float:
    asked = sum(gold is not None for one in documents for gold in one.example.gold)
    return sum(right for _, right in outcomes(documents, model, judge)) / asked


def test_training_is_deterministic_and_better_than_the_most_populous(
    judged: tuple[dict[str, list[Prepared]], Judge],
) -> None:
    corpora, judge = judged
    trained, held_out = corpora["geovirus.jsonl"], corpora["trnews.jsonl"]
    model = learn(trained, judge)
    again = learn(trained, judge)
    assert np.array_equal(model.second, again.second)
    populous = np.zeros(len(COLUMNS))
    populous[AT["log_population"]] = 1.0
    untrained = Model(populous, populous, populous)
    assert share_right(held_out, model, judge) > share_right(held_out, untrained, judge) + 0.05


def test_the_weights_that_come_along_know_every_feature() -> None:
    model = weights.load().model
    assert len(model.second) == len(COLUMNS)
    assert np.flatnonzero(model.alone).max() < len(ALONE)
    assert model.second[AT["inside_next"]] > 0


def test_the_calibration_table_is_monotone() -> None:
    loaded = weights.load()
    assert list(loaded.said) == sorted(loaded.said)
    assert list(loaded.held) == sorted(loaded.held)
    shares = list(loaded.calibrated(np.linspace(0, 1, 101)))
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1


def test_auto_follows_from_the_cost_of_a_wrong_answer() -> None:
    limits = weights.load().limits
    assert limits.auto == pytest.approx(limits.wrong_cost / (1 + limits.wrong_cost), abs=1e-3)


def test_a_table_mends_overconfidence() -> None:
    random = np.random.default_rng(1)
    said = random.uniform(0.3, 1.0, 4_000)
    seen = [(float(p), bool(random.uniform() < p * p)) for p in said]
    table = fit_table(seen)
    mended = [(float(np.interp(p, table.said, table.held)), right) for p, right in seen]
    assert expected_error(mended) < 0.02 < expected_error(seen)


def test_the_fit_finds_the_feature_that_decides() -> None:
    random = np.random.default_rng(2)
    values = random.normal(size=(900, 3))
    group = np.repeat(np.arange(300), 3)
    right = np.zeros(900, dtype=bool)
    for at in range(300):
        right[3 * at + int(np.argmax(values[3 * at : 3 * at + 3, 1]))] = True
    used = np.array([True, True, False])
    found = fit(values, group, right, np.ones(300), used, 1.0)
    assert found[1] > 5 * abs(found[0])
    assert found[2] == 0.0


def test_a_folder_without_corpora_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"trnews\.jsonl"):
        read_corpora(tmp_path)
    (tmp_path / CORPORA[0]).write_text("{}\n")
    with pytest.raises(SourceError, match="line 1"):
        read_corpora(tmp_path)
