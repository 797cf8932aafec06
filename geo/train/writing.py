"""Writes learned weights as a file that people can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from geo.documents.columns import ALONE, COLUMNS, DESCRIPTIONS, GIVEN
from geo.documents.ranking import PASSES, Model
from geo.features import DESCRIPTIONS as FEATURES
from geo.train.calibration import Table
from geo.train.strings_expected import SET_BY_HAND
from geo.weights import Thresholds, Weights

WRONG_COST = 5.0
STRING_WRONG_COST, LOST_COST = 9.0, 0.5
"""A string is drawn as a pin at once, a document's mention is read with its text: the one has to be surer."""
RESOLVED, SAME_PLACE_KM = 0.35, 5.0
_HEAD = """\
# How much each observation counts for a candidate of a name in a document, in natural-log odds against “none of them”.
# Written by `python -m geo train`: change the features there, not the numbers here.
# {origin}
"""
_TITLES = {
    "alone": "the name and the place alone",
    "first": "with the document, the other names believed as [alone] says",
    "second": "with the document, the other names believed as [first] says; gives the answer",
}


def document_weights(model: Model, table: Table, origin: str, measured: Mapping[str, float]) -> str:
    """Return the text of `document_weights.toml`."""
    lines = [_HEAD.format(origin=origin)]
    for name in PASSES:
        lines.append(f"[{name}]  # {_TITLES[name]}")
        weights = getattr(model, name)
        for column, weight in zip(COLUMNS, weights, strict=True):
            if name != "alone" or column in ALONE:
                by_hand = "; set by hand" if column in GIVEN else ""
                lines.append(f"{f'{column} = {_number(weight)}':32}# {DESCRIPTIONS[column]}{by_hand}")
        lines.append("")
    lines += [
        "[calibration]  # how often answers of a said probability held, on documents not trained on",
        f"said = [{', '.join(f'{x:.4f}' for x in table.said)}]",
        f"held = [{', '.join(f'{x:.4f}' for x in table.held)}]",
        "",
        "[status]",
        f"wrong_cost = {WRONG_COST}  # a wrong confident answer costs as much as this many right ones are worth...",
        f"auto = {WRONG_COST / (1 + WRONG_COST):.4f}  # ... so that the best place needs this probability",
        f"resolved = {RESOLVED}  # least probability that any of the candidates is right",
        f"same_place_km = {SAME_PLACE_KM}  # candidates this close to the best are the same place",
        "",
        "[measured]  # on the training corpora, documents held out in turn",
        *(f"{name} = {value:.4f}" for name, value in measured.items()),
        "",
    ]
    return "\n".join(lines)


_STRINGS_HEAD = """\
# How much each observation counts for a candidate of a place string, in natural-log odds. A candidate's score is the
# sum of feature x weight; probabilities are the softmax of the scores, with "none of these" as one more competitor.
# Written by `python -m geo train --strings`: change what is expected there, not the numbers here.
# {origin}
"""


def string_weights(weights: Weights, origin: str, measured: Mapping[str, float]) -> str:
    """Return the text of `weights.toml`."""
    lines = [_STRINGS_HEAD.format(origin=origin), "[weights]"]
    for name, weight in weights.features.items():
        by_hand = "; set by hand" if name in SET_BY_HAND else ""
        lines.append(f"{f'{name} = {_number(weight)}':32}# {FEATURES[name]}{by_hand}")
    lines += [
        "",
        '[none]  # the score of "none of these"',
        f"bias = {_number(weights.none_bias)}",
        f"country = {_number(weights.none_country)}  # gained when a country is given",
        f"inside = {_number(weights.none_inside)}  # gained for each containing place",
        "",
        "[calibration]  # how often answers of a said probability held, for places not trained on",
        f"said = [{', '.join(f'{x:.4f}' for x in weights.said)}]",
        f"held = [{', '.join(f'{x:.4f}' for x in weights.held)}]",
        "",
        "[status]",
        *(f"{name} = {value:.6g}{_WHY[name]}" for name, value in asdict(weights.status).items()),
        "",
        "[measured]  # strings held out with all strings of their places",
        *(f"{name} = {value:.4f}" for name, value in measured.items()),
        "",
    ]
    return "\n".join(lines)


_WHY = {
    "wrong_cost": "  # a wrong confident answer costs as much as this many right ones are worth...",
    "auto": "  # ... so that the best place needs this probability",
    "lost_cost": "  # a list without the right place costs as much as this many lists with it are worth...",
    "resolved": "  # ... so that its places together need this probability",
    "plausible": "  # cumulative probability of the candidates that an ambiguous answer covers",
    "improbable": "  # ... leaving out those this much less probable than the best",
    "same_place_km": "  # candidates this close to the best are the same place",
    "undecided_km": "  # an ambiguous answer wider than this has no position",
}


def thresholds() -> Thresholds:
    """Return when an answer is sure enough, from what a wrong one costs."""
    return Thresholds(
        wrong_cost=STRING_WRONG_COST,
        auto=STRING_WRONG_COST / (1 + STRING_WRONG_COST),
        lost_cost=LOST_COST,
        resolved=LOST_COST / (1 + LOST_COST),
        plausible=0.95,
        improbable=0.1,
        same_place_km=SAME_PLACE_KM,
        undecided_km=250.0,
    )


def _number(value: float) -> str:
    return f"{value + 0.0:.3f}"


def write(path: Path, text: str) -> None:
    """Replace a file in one step."""
    temporary = path.with_suffix(".part")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
