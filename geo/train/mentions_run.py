"""`python -m geo train --mentions`: read, learn, write the weights that find names in text."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

from geo import paths
from geo.mentions.reading import Readings
from geo.mentions.segments import Segmenter
from geo.mentions.weights import PASSES
from geo.store import Store
from geo.train import writing
from geo.train.corpora import Example, own_sentences
from geo.train.mentions import learn, mark
from geo.train.run import read_corpora

_HEAD = """\
# How much each feature counts for a stretch of text being a place name, in natural-log odds; see docs/geo.md.
# Written by `python -m geo train --mentions`: change the features in geo/mentions, not the numbers here.
# {origin}
"""


def train_mentions_command(corpora: Path, out: Path | None, progress: Callable[[str], None]) -> None:
    """Learn from a folder of corpora and write the weights, into the package unless told otherwise."""
    target = out or Path(str(files("geo") / "mentions" / "mention_weights.toml"))
    text = train_mentions(Store(paths.gazetteer_path()), read_corpora(corpora), progress)
    writing.write(target, text)
    progress(f"{target.name}: {text.count(' = '):,} weights")


def train_mentions(store: Store, examples: Sequence[Example], progress: Callable[[str], None]) -> str:
    """Return the weights file learned from corpora and our own sentences; the same input gives the same file."""
    segmenter = Segmenter(Readings(store))
    examples = [*examples, *own_sentences()]
    marked = [mark(example, segmenter) for example in examples]
    progress(f"learning to find names from {len(marked):,} documents")
    number = {source: at for at, source in enumerate(sorted({one.source for one in marked}))}
    learned = learn(marked, lambda source: number[source] % 5)
    corpora = " and ".join(sorted({example.corpus for example in examples}))
    places = sum(len(one.gold) for one in marked)
    lines = [_HEAD.format(origin=f"Learned from {corpora}: {len(marked)} documents, {places} places.")]
    for name, weights in zip(PASSES, learned, strict=True):
        lines.append(f"[{name}]")
        lines += [f"{json.dumps(feature)} = {weight:g}" for feature, weight in sorted(weights.table.items())]
        lines.append("")
    return "\n".join(lines)
