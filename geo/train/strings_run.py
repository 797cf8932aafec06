"""`python -m geo train --strings`: read, look up, learn, test on places not trained on, write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import chain
from pathlib import Path

from geo.resolve import Resolver
from geo.store import Store
from geo.train import writing
from geo.train.calibration import expected_error
from geo.train.incidents import questions
from geo.train.strings import Outcome, Row, calibrate, calibrated_outcomes, hold_out, put, rows, train
from geo.train.strings_expected import EXPECTED, NONE
from geo.weights import Thresholds, Weights


@dataclass(frozen=True, slots=True)
class TrainedStrings:
    """What training found: the weights file, and answers to strings of places not trained on."""

    text: str
    alone: list[Outcome]
    together: list[Outcome]


def expected(limits: Thresholds) -> Weights:
    """Return the weights that are expected before any data."""
    start = Weights(EXPECTED, 0.0, 0.0, 0.0, limits)
    return put({**EXPECTED, **NONE}, start)


def train_strings_command(
    tables: Sequence[Path], gazetteers: Sequence[Path], out: Path | None, progress: Callable[[str], None]
) -> None:
    """Learn from tables of incidents with some gazetteers; write the weights, into the package if not told where."""
    asked = list(dict.fromkeys(chain.from_iterable(questions(table) for table in tables)))
    start = expected(writing.thresholds())
    found: list[Row] = []
    for path in gazetteers:
        progress(f"looking {len(asked):,} place strings up in {path}")
        found += rows(Resolver(Store(path), start), asked)
    trained = train_strings(found, start)
    target = out or Path(str(files("geo") / "weights.toml"))
    writing.write(target, trained.text)
    for name, outcomes in (("alone", trained.alone), ("as one table", trained.together)):
        for part, some in by_country(outcomes).items():
            told = ", ".join(f"{what.replace('_', ' ')} {value:.3f}" for what, value in figures(some).items())
            progress(f"held out, {name}, {part} ({len(some)}): {told}")
    progress(f"written: {target.name}")


def train_strings(found: Sequence[Row], start: Weights) -> TrainedStrings:
    """Return learned weights; the same strings and places give the same weights."""
    held_out = hold_out(found, start)
    alone, together = calibrated_outcomes(held_out)
    weights = calibrate(train(found, start), held_out)
    measured = {
        f"{name}_{what}": value
        for name, outcomes in (("alone", alone), ("together", together))
        for what, value in figures(outcomes).items()
    }
    origin = f"Learned from {len(found):,} place strings with positions."
    return TrainedStrings(writing.string_weights(weights, origin, measured), alone, together)


def figures(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Return the shares right, sure, and sure but wrong, and the expected calibration error."""
    count = max(1, len(outcomes))
    return {
        "right": sum(one.right for one in outcomes) / count,
        "auto": sum(one.status == "auto" for one in outcomes) / count,
        "confidently_wrong": sum(one.status == "auto" and not one.right for one in outcomes) / count,
        "calibration_error": expected_error([(one.probability, one.right) for one in outcomes]),
    }


def by_country(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """Return the outcomes of the country with most strings, and those elsewhere."""
    most = Counter(one.question.country for one in outcomes).most_common(1)[0][0]
    home = [one for one in outcomes if one.question.country == most]
    return {most: home, "elsewhere": [one for one in outcomes if one.question.country != most]}
