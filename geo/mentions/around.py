"""What the words before and after a name say: their classes, what stands between, titles and given names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from geo.mentions.lexicon import LEFT, RIGHT
from geo.mentions.reading import HEADS, Readings, word_usage
from geo.mentions.slavic import is_cyrillic
from geo.mentions.tokens import Chunk, Word, is_name_like
from geo.normalize import fold

Part = tuple[str, ...]
_PERSON = frozenset({"first1", "first2", "initial", "titles"})
_TRANSPARENT = frozenset({"of", "the", "and", "compass"})
"""Words before which one looks for a word more: “mayor of”, “University of the”."""
_MARKS = (
    (".", "."), ("!", "."), ("?", "."), (",", ","), ("(", "("), (")", ")"), ("$", "$"), ("€", "$"), ("-", "-"),
    ("–", "–"), ("—", "–"), ("“", '"'), ("”", '"'), ('"', '"'), ("«", '"'), ("»", '"'),
)  # fmt: skip


class Around:
    """Reads surroundings; the answers are kept for the next time."""

    def __init__(self, readings: Readings) -> None:
        self._read = readings.of
        self._left_class = lru_cache(maxsize=10_000)(self._of_left)
        self._right_class = lru_cache(maxsize=10_000)(self._of_right)
        self._left = lru_cache(maxsize=10_000)(self._left_part)
        self._right = lru_cache(maxsize=10_000)(self._right_part)

    def left(self, text: str, words: Sequence[Word], first: int, chunk: Chunk) -> Part:
        """Return what stands before the word `first`."""
        if not first:
            return ("l:^",)
        before, glue = (
            words[first - 1],
            _glue(text[words[first - 1].end : words[first].start], words[first - 1].text),
        )
        begins = first == 1 or glue in (".", "n")
        two, two_glue = "", ""
        if first > 1:
            two, two_glue = (
                words[first - 2].text,
                _glue(text[words[first - 2].end : before.start], words[first - 2].text),
            )
            begins = begins or two_glue in (".", "n")
        return self._left(two, two_glue, before.text, glue, begins, first > chunk.first)

    def _left_part(self, two: str, two_glue: str, before: str, glue: str, begins: bool, inside: bool) -> Part:
        classes = self._left_class(before, begins)
        found = [f"lg:{glue}", *(f"l:{name}" if glue == " " else f"l:{glue}:{name}" for name in classes)]
        if glue == " " and not _TRANSPARENT.isdisjoint(classes):
            name = next(name for name in classes if name in _TRANSPARENT)
            if two and two_glue == " ":
                found += [f"l2:{one}:{name}" for one in self._left_class(two, False)]
            else:
                found.append(f"l2:{two_glue}:{name}")
        if inside:
            found.append("l_inside")
        return tuple(found)

    def right(self, text: str, words: Sequence[Word], last: int, end: int, chunk: Chunk) -> Part:
        """Return what stands after a name that ends before the word `last`, at the character `end`."""
        if last == len(words):
            return ("r:$",)
        after, glue = words[last], _glue(text[end : words[last].start], "")
        two, pair = "", ""
        if last + 1 < len(words):
            if after.text == "s" and glue == "'":
                two = words[last + 1].text
            elif glue in (",", "(") and is_name_like(after.text):
                pair = text[after.start : words[last + 1].end]
        return self._right(after.text, glue, two, pair, last < chunk.last)

    def _right_part(self, after: str, glue: str, two: str, pair: str, inside: bool) -> Part:
        found = [f"rg:{glue}"]
        if after == "s" and glue == "'":
            found += ["r:possessive", *(f"r2:{name}" for name in self._right_class(two))]
        else:
            found += [f"r:{name}" if glue == " " else f"r:{glue}:{name}" for name in self._right_class(after)]
            if pair:
                reading = self._read(pair)
                if reading.known:
                    found.append(f"r:,2:{reading.group}")
        if inside:
            found.append("r_inside")
        return tuple(found)

    def people(self, words: Sequence[Word], chunks: Sequence[Chunk]) -> Counter[str]:
        """Return how often each word follows a given name or a title: people who are later called by it alone."""
        found: Counter[str] = Counter()
        for chunk in chunks:
            person = False
            for at in range(chunk.first, chunk.last):
                if person:
                    found[fold(words[at].text)] += 1
                person = not _PERSON.isdisjoint(self._left_class(words[at].text, False)) or (
                    person and fold(words[at].text) in found
                )
        return found

    def _of_left(self, word: str, begins: bool) -> Part:
        """Return what the word before says; `begins` when it begins a sentence, where all words have a capital."""
        low = word.casefold()
        listed = LEFT.get(low, ())
        if not is_name_like(word):
            return listed or ("digit" if word.isdecimal() else "small",)
        letter = len(word) == 1 and is_cyrillic(word)  # "У" and "З" are no initials
        if "titles" in listed or (listed and (begins or letter)):
            return (*listed, "cap")
        common, first, _ = word_usage(low)
        if low in RIGHT:
            listed = (*listed, *(f"head_{name}" for name in RIGHT[low] if name in HEADS))
        if first and not (common and begins):
            return (*listed, f"first{first}", "cap")
        if len(word) == 1:
            return (*listed, "initial", "cap")
        return (*listed, f"cap_{self._read(word).group}" + ("_common" if common else ""), "cap")

    def _of_right(self, word: str) -> Part:
        """Return what the word after says."""
        if not word:
            return ()
        low = word.casefold()
        listed = RIGHT.get(low, ())
        if not is_name_like(word):
            return listed or ("digit" if word.isdecimal() else "small",)
        if listed:
            return (*(f"cap_{name}" for name in listed), "cap")
        common, first, last = word_usage(low)
        found = [f"cap_{self._read(word).group}", "cap"]
        found += [f"cap_surname{last}"] if last else []
        found += ["cap_first"] if first else []
        found += ["cap_common"] if common else []
        return tuple(found)


def _glue(between: str, before: str) -> str:
    """Return the kind of what stands between two words; a line that ends in a small word is only wrapped there."""
    if between == " " or between == "\u00a0":
        return " "
    if "\n" in between:
        return " " if before.islower() and between.isspace() else "n"
    for mark, kind in _MARKS:
        if mark in between:
            return kind
    return "'" if between in ("'", "’") else "x"
