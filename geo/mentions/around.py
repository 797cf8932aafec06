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

    def left(self, text: str, words: Sequence[Word], first: int, chunk: Chunk) -> Part:
        """Return what stands before the word `first`."""
        if not first:
            return ("l:^",)
        before = words[first - 1]
        glue = _glue(text[before.end : words[first].start], before.text)
        two, two_glue = "", ""
        if first > 1:
            two, end = words[first - 2].text, words[first - 2].end
            two_glue = _glue(text[end : before.start], two)
        begins = first == 1 or glue in (".", "n") or two_glue in (".", "n")
        classes = self._left_class(before.text, begins)
        farther: Part = ()
        if glue == " " and not _TRANSPARENT.isdisjoint(classes):
            farther = self._left_class(two, False) if two_glue == " " else (two_glue,)
        return _left_part(classes, farther, glue, first > chunk.first)

    def right(self, text: str, words: Sequence[Word], last: int, end: int, chunk: Chunk) -> Part:
        """Return what stands after a name that ends before the word `last`, at the character `end`."""
        if last == len(words):
            return ("r:$",)
        after, glue = words[last], _glue(text[end : words[last].start], "")
        two = words[last + 1] if last + 1 < len(words) else None
        inside = last < chunk.last
        if after.text == "s" and glue == "'":
            return _possessive(self._right_class(two.text if two else ""), inside)
        pair = ""
        if two and glue in (",", "(") and is_name_like(after.text):
            reading = self._read(text[after.start : two.end])
            pair = reading.group if reading.known else ""
        return _right_part(self._right_class(after.text), pair, glue, inside)

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


@lru_cache(maxsize=10_000)
def _left_part(classes: Part, farther: Part, glue: str, inside: bool) -> Part:
    """Return the features of the word before, by its classes; `farther` has what stands before a transparent one."""
    found = [f"lg:{glue}", *(f"l:{name}" if glue == " " else f"l:{glue}:{name}" for name in classes)]
    if farther:
        transparent = next(name for name in classes if name in _TRANSPARENT)
        found += [f"l2:{name}:{transparent}" for name in farther]
    return (*found, "l_inside") if inside else tuple(found)


@lru_cache(maxsize=10_000)
def _right_part(classes: Part, pair: str, glue: str, inside: bool) -> Part:
    """Return the features of the word after, by its classes; `pair` is the group of the name that it begins."""
    found = [f"rg:{glue}", *(f"r:{name}" if glue == " " else f"r:{glue}:{name}" for name in classes)]
    if pair:
        found.append(f"r:,2:{pair}")
    return (*found, "r_inside") if inside else tuple(found)


@lru_cache(maxsize=1_000)
def _possessive(classes: Part, inside: bool) -> Part:
    """Return the features of “'s” and the classes of the word after it."""
    found = ("rg:'", "r:possessive", *(f"r2:{name}" for name in classes))
    return (*found, "r_inside") if inside else found


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
