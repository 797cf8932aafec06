"""The word lists: `lexicon.toml` by what words around a name say, `words.csv` how English words are used."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_RAW: dict[str, Any] = tomllib.loads((files("geo") / "mentions" / "lexicon.toml").read_text(encoding="utf-8"))
CONNECTORS, ABBREVIATIONS, ABBREVIATED, SMALL_HEADS, ADJECTIVE_NOUNS = (
    frozenset(_RAW[name].split())
    for name in ("connectors", "abbreviations", "abbreviated", "small_heads", "adjective_nouns")
)


def _classes(side: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, words in _RAW[side].items():
        for word in dict.fromkeys(words.split()):
            found[word] = (*found.get(word, ()), name)
    return found


LEFT, RIGHT = _classes("left"), _classes("right")
"""Word in small letters -> the classes that it belongs to, before and after a name."""


@cache
def usage() -> dict[str, tuple[bool, int, int]]:
    """Return word -> whether it is also an ordinary word, how usual as a given name, as a surname (0, 1, 2)."""
    text = (files("geo") / "mentions" / "words.csv").read_text(encoding="utf-8")
    rows = csv.reader(text.splitlines()[1:])
    return {word: (bool(common), int(first or 0), int(last or 0)) for word, common, first, last in rows}


ORDINARY = (False, 0, 0)
