"""Writes learned weights as a file that people can read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from geo.documents.columns import ALONE, COLUMNS, DESCRIPTIONS, GIVEN
from geo.documents.ranking import PASSES, Model
from geo.train.calibration import Table

WRONG_COST = 5.0
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


def _number(value: float) -> str:
    return f"{value + 0.0:.3f}"


def write(path: Path, text: str) -> None:
    """Replace a file in one step."""
    temporary = path.with_suffix(".part")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
