"""How well two records of one incident are told: `python -m benchmarks duplicates`.

Pairs of one day and one town in `../shared/incidents/eyes_on_russia_2022.csv`. What is right is told by the positions
that investigators found: within 150 m it is one incident, from 1 km on it is two, between them nobody can say and the
pair is left out. These positions are then withheld: the model sees a town, a day and the texts. Towns are never on both
sides of training and test. Pairs count less the more of them a town and day has: one much filmed strike does not
decide.

`python -m benchmarks.duplicates --write` learns the weights from all pairs and writes them.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import fuzz, process

from data import open_store
from data.duplicates import compare, model
from data.duplicates.compare import FEATURES, Floats

SHARED = Path(__file__).parents[2] / "shared"
LEARNED = ("one", "same_words", "rarest_word")
SAME_KM, TWO_KM = 0.15, 1.0
FOLDS, RIDGE = 5, 1.0


def main(arguments: list[str] | None = None) -> None:
    """Print the table."""
    source = SHARED / "incidents" / "eyes_on_russia_2022.csv"
    if not source.exists():
        print(f"duplicates: {source} is not here: nothing to measure")
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(f"sqlite:///{folder}/records.sqlite", sample=False) as store,
    ):
        store.import_file(source, geocode=False, rejects_beside=False)
        events = store.events.frame(audience="analyst")
        start = time.perf_counter()
        pairs = store.events.pairs(audience="analyst")
        found = time.perf_counter()
        proposed = model.proposals(events, pairs)
        spent = time.perf_counter()
    print(
        f"{len(events):,} incidents: {len(pairs):,} pairs worth comparing found in {found - start:.2f} s, "
        f"compared in {spent - found:.2f} s, {len(proposed):,} proposed"
    )
    left, right = _same_town_and_day(events)
    apart = compare.distances_km(left, right)
    sure = (apart <= SAME_KM) | (apart >= TWO_KM)
    left, right, same = left[sure], right[sure], (apart <= SAME_KM)[sure].astype(float)
    values = compare.compared(_blind(left), _blind(right), compare.rarity(compare.texts(events)))
    share = 1 / np.sqrt(_sizes(left))
    said = _across_towns(values, same, share, left)
    titles = _title_likeness(left, right)
    print(
        f"{len(same):,} pairs of one town and day, {np.average(same, weights=share):.2f} of them one incident"
    )
    print(f"{'':34} {'average precision':>18} {'best F1':>8}")
    for name, scores in (
        ("every pair (same day and town)", same * 0),
        ("title, token set ratio", titles),
        ("ours", said),
    ):
        print(f"{name:34} {average_precision(same, scores, share):18.3f} {best_f1(same, scores, share):8.3f}")
    at = said >= model.weights().proposed
    kept, right_share = (
        np.average(same[at], weights=share[at]),
        (share * same * at).sum() / (share * same).sum(),
    )
    print(f"proposed at {model.weights().proposed}: precision {kept:.3f}, recall {right_share:.3f}")
    print(f"expected calibration error {calibration_error(same, said, share):.3f}")
    learned = dict(zip(LEARNED, fit(_columns(values), same, share), strict=True))
    ratio = _distance_ratio(events)
    print("learned from all pairs:", {name: round(float(value), 2) for name, value in learned.items()})
    print("distance, log ratio:", ratio)
    if "--write" in (arguments if arguments is not None else sys.argv[1:]):
        _write(learned, ratio)


def fit(values: Floats, same: Floats, share: Floats) -> Floats:
    """Return the weights of a logistic regression, by Newton's method."""
    beta = np.zeros(values.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-values @ beta))
        gradient = values.T @ (share * (p - same)) + RIDGE * beta
        hessian = (values * (share * p * (1 - p))[:, None]).T @ values + RIDGE * np.eye(len(beta))
        step = np.linalg.solve(hessian, gradient)
        beta -= step
        if np.abs(step).max() < 1e-9:
            break
    return beta


def average_precision(same: Floats, scores: Floats, share: Floats) -> float:
    """Return the area under precision over recall; pairs of equal score enter together."""
    precision, recall = _curve(same, scores, share)
    return float((np.diff(np.r_[0.0, recall]) * precision).sum())


def best_f1(same: Floats, scores: Floats, share: Floats) -> float:
    """Return the best F1 of any threshold."""
    precision, recall = _curve(same, scores, share)
    return float((2 * precision * recall / np.maximum(1e-12, precision + recall)).max())


def calibration_error(same: Floats, said: Floats, share: Floats, bins: int = 10) -> float:
    """Return the mean gap between probability said and share that is so, over bins of equal width."""
    at = np.minimum((said * bins).astype(int), bins - 1)
    gaps = [
        share[at == i].sum() * abs(np.average(said[at == i] - same[at == i], weights=share[at == i]))
        for i in np.unique(at)
    ]
    return float(sum(gaps) / share.sum())


def _curve(same: Floats, scores: Floats, share: Floats) -> tuple[Floats, Floats]:
    levels = np.unique(-scores)
    at = np.searchsorted(levels, -scores)
    good = np.cumsum(np.bincount(at, same * share, len(levels)))
    every = np.cumsum(np.bincount(at, share, len(levels)))
    return good / every, good / good[-1]


def _columns(values: Floats) -> Floats:
    return values[:, [list(FEATURES).index(name) for name in LEARNED]]


def _across_towns(values: Floats, same: Floats, share: Floats, left: pd.DataFrame) -> Floats:
    """Give each pair the probability of a model that has not seen its town."""
    towns = pd.factorize(left["place_text"].str.casefold())[0]
    fold = np.random.default_rng(0).permutation(towns.max() + 1)[towns] % FOLDS
    said = np.zeros(len(same))
    for number in range(FOLDS):
        seen = fold != number
        beta = fit(_columns(values)[seen], same[seen], share[seen])
        said[~seen] = 1 / (1 + np.exp(-_columns(values)[~seen] @ beta))
    return said


def _same_town_and_day(events: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    placed = events[events["lat"].notna() & (events["place_text"].str.strip() != "")]
    key = placed.assign(town=placed["place_text"].str.strip().str.casefold())[
        ["town", "date_start", "event_id"]
    ]
    both = key.merge(key, on=["town", "date_start"])
    both = both[both["event_id_x"] < both["event_id_y"]]
    rows = events.set_index("event_id", drop=False)
    return rows.loc[both["event_id_x"]].reset_index(drop=True), rows.loc[both["event_id_y"]].reset_index(
        drop=True
    )


def _blind(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(geo_precision="settlement", lat=0.0, lon=0.0, radius_m=5000.0)


def _sizes(left: pd.DataFrame) -> npt.NDArray[np.int64]:
    block = left["place_text"].str.casefold() + left["date_start"].astype(str)
    return np.asarray(block.map(block.value_counts()), np.int64)


def _title_likeness(left: pd.DataFrame, right: pd.DataFrame) -> Floats:
    titles = (compare.column(frame, "title") for frame in (left, right))
    return np.asarray(process.cpdist(*titles, scorer=fuzz.token_set_ratio), float)


def _distance_ratio(events: pd.DataFrame) -> list[float]:
    """Compare distances of pairs that say the same with those of pairs that say something else."""
    left, right = _same_town_and_day(events)
    alike = _title_likeness(left, right)
    telling = np.array(
        [
            min(len(compare.words(a)), len(compare.words(b))) >= 3
            for a, b in zip(compare.column(left, "title"), compare.column(right, "title"), strict=True)
        ]
    )
    edges = [0.0, *model.weights().up_to_km, np.inf]
    share, apart = 1 / _sizes(left), compare.distances_km(left, right)
    same, two = (
        np.histogram(apart[pick], edges, weights=share[pick])[0] + 1.0
        for pick in (telling & (alike >= 90), telling & (alike <= 40))
    )
    return [round(float(x), 2) for x in np.log(same / same.sum() / (two / two.sum()))]


def _write(learned: dict[str, float], ratio: list[float]) -> None:
    path = Path(model.__file__).with_name("weights.toml")
    text = path.read_text("utf-8")
    for name, value in learned.items():
        text = re.sub(rf"(?m)^{name} = .*$", f"{name} = {value:.2f}", text)
    text = re.sub(r"(?m)^log_ratio = .*$", f"log_ratio = {ratio}", text)
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
