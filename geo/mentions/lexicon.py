"""The word lists of `lexicon.toml`."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_LISTS = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(
        (files("geo") / "mentions" / "lexicon.toml").read_text(encoding="utf-8")
    ).items()
}
CONNECTORS, ABBREVIATIONS, TITLES = (_LISTS[name] for name in ("connectors", "abbreviations", "titles"))
