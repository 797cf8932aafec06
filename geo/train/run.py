"""`python -m geo train`: read, learn, calibrate, write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from geo import paths, weights
from geo.documents.names import Names
from geo.errors import SourceError
from geo.resolve import Resolver
from geo.store import Store
from geo.train import writing
from geo.train.calibration import expected_error
from geo.train.corpora import Example, read
from geo.train.data import Judge, Prepared, prepare
from geo.train.documents import calibrate, learn

CORPORA = ("trnews.jsonl", "geovirus.jsonl")
"""What may be trained on: TR-News (MIT) and GeoVirus (WikiNews, CC BY 2.5)."""


@dataclass(frozen=True, slots=True)
class Trained:
    """What training found."""

    text: str
    """The weights file."""
    documents: int
    mentions: int
    right: float
    """Share of the mentions answered rightly, documents held out in turn."""
    calibration_error: float


def read_corpora(folder: Path, names: Sequence[str] = CORPORA) -> list[Example]:
    """Return the documents of the training corpora in a folder."""
    paths = [folder / name for name in names if (folder / name).is_file()]
    if not paths:
        raise SourceError(f"{folder} has none of {', '.join(names)}: nothing to learn from")
    return [example for path in paths for example in read(path)]


def train_command(corpora: Path, out: Path | None, progress: Callable[[str], None]) -> None:
    """Learn from a folder of corpora and write the weights, into the package unless told otherwise."""
    resolver = Resolver(Store(paths.gazetteer_path()), weights.load())
    trained = train_documents(resolver, read_corpora(corpora), progress)
    target = out or Path(str(files("geo") / "document_weights.toml"))
    writing.write(target, trained.text)
    progress(
        f"{target.name}: {trained.documents:,} documents, {trained.mentions:,} places; held out in turn, "
        f"{trained.right:.3f} right, calibration error {trained.calibration_error:.3f} before the table"
    )


def train_documents(
    resolver: Resolver, examples: Sequence[Example], progress: Callable[[str], None]
) -> Trained:
    """Return learned weights; the same documents and places give the same weights."""
    judge = Judge(resolver.store)
    prepared = prepare(examples, Names(resolver.search))
    progress(f"learning from {len(prepared):,} documents")
    places = {one.example.document.source for one in prepared}
    number = {source: at for at, source in enumerate(sorted(places))}

    def fold_of(one: Prepared) -> int:
        return number[one.example.document.source] % 5

    table, seen = calibrate(prepared, judge, fold_of)
    model = learn(prepared, judge)
    mentions = sum(g is not None for one in prepared for g in one.example.gold)
    right = sum(good for _, good in seen) / max(1, mentions)
    corpora = sorted({one.example.corpus for one in prepared})
    text = writing.document_weights(
        model,
        table,
        f"Learned from {' and '.join(corpora)}: {len(prepared)} documents, {mentions} places.",
        {"right": right, "calibration_error_before": expected_error(seen)},
    )
    return Trained(text, len(prepared), mentions, right, expected_error(seen))
