"""Every stretch of a text that could be a place name, with what it and its surroundings say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from geo.mentions.around import Around
from geo.mentions.lexicon import ABBREVIATED, ADJECTIVE_NOUNS, RIGHT
from geo.mentions.reading import Reading, Readings
from geo.mentions.slavic import is_adjective, is_cyrillic
from geo.mentions.tokens import Chunk, Word, chunks_of, is_name_like, may_end, words_of

LONGEST, LONGEST_UNKNOWN = 6, 4
AHEAD = 100
"""Chunks whose names are looked up at once."""
Part = tuple[str, ...]


_NAMES = frozenset({"r:cap_surname1", "r:cap_surname2", "r:cap_unknown"})
"""What stands after a given name when it is one."""


@dataclass(slots=True, eq=False)
class Segment:
    """A stretch of words in a chunk."""

    chunk: int
    first: int
    last: int
    """Words from first up to, not including, last; counted in the text."""
    start: int
    end: int
    reading: Reading
    left: Part
    right: Part
    document: Part = ()
    """What the rest of the text says of the name."""
    believed: Part = ()
    """What the first pass says of it and of the names around it."""
    as_newspapers: bool = False
    """Whether it is one half of a town with its state as newspapers write them: "Jackson, Miss.,"."""

    def features(self) -> Iterator[str]:
        """Yield the features by name: what the name says, and what stands around, alone and with the name's group."""
        yield from self.reading.features
        for name in chain(self.left, self.right, self.document, self.believed):
            yield name
            yield f"{self.reading.group}|{name}"


@dataclass(slots=True, eq=False)
class Segments:
    """All of a text's."""

    words: list[Word]
    chunks: list[Chunk]
    items: list[Segment]
    adjectives: list[Segment]
    """Such as “Syrian”: taken as they are, without a model, since no two corpora agree on them."""

    def members(self) -> dict[int, list[Segment]]:
        """Return the segments of each chunk that has any."""
        found: dict[int, list[Segment]] = defaultdict(list)
        for item in self.items:
            found[item.chunk].append(item)
        return found


class Segmenter:
    """Lists the segments of texts."""

    def __init__(self, readings: Readings) -> None:
        self._read = readings.of
        self._look_ahead = readings.look_ahead
        self._around = Around(readings)

    def segments(self, text: str) -> Segments:
        """Return the segments of a text with their features."""
        words = words_of(text)
        chunks = chunks_of(text, words)
        items: list[Segment] = []
        adjectives: list[Segment] = []
        stretches = [_stretches(words, chunk) for chunk in chunks]
        foreign = not text.isascii()
        for number, chunk in enumerate(chunks):
            if number % AHEAD == 0:
                self._look_ahead(
                    text[words[first].start : words[last - 1].end]
                    for of_chunk in stretches[number : number + AHEAD]
                    for first, last in of_chunk
                )
            inside = text[words[chunk.first].start : words[chunk.last - 1].end]
            may_be_cut = foreign or "-" in inside
            lefts: dict[int, Part] = {}
            rights: dict[int, Part] = {}
            for first, last in stretches[number]:
                found = self._read_segment(text, words, first, last)
                if found is not None:
                    reading, end = found
                    if may_be_cut and self._is_cut(text, words, first, last, chunk, reading):
                        continue
                    left = lefts.get(first)
                    if left is None:
                        left = lefts[first] = self._around.left(text, words, first, chunk)
                    right = rights.get(last)
                    if right is None:
                        right = rights[last] = self._around.right(text, words, last, end, chunk)
                    item = Segment(number, first, last, words[first].start, end, reading, left, right)
                    if last == first + 1 and reading.given and not _NAMES.isdisjoint(right):
                        item.document = ("given_then_surname",)
                    elif last == chunk.last and text.startswith(",", end) and _OFFSET.match(text, end):
                        item.document = ("before_offset",)
                    elif reading.group in _TOWNS and last < chunk.last and _is_plural(words[last].text):
                        item.document = ("before_plural",)
                    if reading.adjective:
                        adjectives.append(item)
                    if reading.group != "demonym":
                        items.append(item)
            if len(stretches[number]) > 1:
                _compare(items, number)
        _mark_towns_with_states(items, text)
        _look_through(items, self._around.people(words, chunks), words)
        return Segments(words, chunks, items, adjectives)

    def _is_cut(
        self, text: str, words: Sequence[Word], first: int, last: int, chunk: Chunk, reading: Reading
    ) -> bool:
        """Tell whether a town's name is a piece of a longer one: “Ain” in “Ain al-Hilweh”, “Bir” in “Bir-Dagonia”."""
        if reading.group in _WHOLE:
            return False
        if last < len(words) and words[last].text in ADJECTIVE_NOUNS and is_adjective(words[last - 1].text):
            return True
        if last < chunk.last:
            behind = words[last]
            if behind.text[0].islower() and "-" in behind.text:
                return True
            if text[behind.start - 1] == "-":
                ends = range(last + 1, min(last + 2, chunk.last) + 1)
                return not any(self._is_known(text, words, last, end) for end in ends)
        if first > chunk.first and text[words[first].start - 1] == "-":
            begins = range(max(first - 2, chunk.first), first)
            return not any(self._is_known(text, words, begin, first) for begin in begins)
        return False

    def _is_known(self, text: str, words: Sequence[Word], first: int, last: int) -> bool:
        return (
            is_name_like(words[first].text)
            and self._read(text[words[first].start : words[last - 1].end]).known
        )

    def _read_segment(
        self, text: str, words: Sequence[Word], first: int, last: int
    ) -> tuple[Reading, int] | None:
        """Return what a stretch of words says and where it ends, None when it can be no name."""
        end = words[last - 1].end
        abbreviated = words[last - 1].text in ABBREVIATED and text.startswith(".", end)
        reading = self._read(text[words[first].start : end])
        if abbreviated and last - first == 1 and _BEHIND_STATE.match(text, end + 1):
            return self._read(text[words[first].start : end + 1]), end + 1
        if reading.group in ("unknown", "headed"):
            if last - first == 1:
                return None if reading.ordinary else (reading, end)
            inner = any(
                not is_name_like(word.text) and text[word.end : word.end + 1] != "-"
                for word in words[first + 1 : last - 1]
            )
            if last - first > LONGEST_UNKNOWN or (inner and reading.group == "unknown"):
                return None
        if abbreviated:
            reading = self._read(text[words[first].start : end + 1])
        return reading, end + abbreviated


def _is_plural(word: str) -> bool:
    """Tell whether a word with a capital is a plural and says nothing else: the “Dallas Cowboys” are a team."""
    return len(word) > 3 and word.endswith("s") and word[-2] not in "su" and word.casefold() not in RIGHT


def _stretches(words: Sequence[Word], chunk: Chunk) -> list[tuple[int, int]]:
    """Return the stretches of a chunk that begin and end as names do, as words from first up to last, not included."""
    if chunk.last - chunk.first == 1:
        return [(chunk.first, chunk.last)]
    ends = [at + 1 for at in range(chunk.first, chunk.last) if may_end(words[at].text)]
    return [
        (first, last)
        for first in range(chunk.first, chunk.last)
        if is_name_like(words[first].text)
        for last in ends
        if first < last <= first + LONGEST
    ]


def _compare(items: list[Segment], number: int) -> None:
    """Tell the segments of the last chunk whether a longer name that the gazetteer has holds them."""
    at = len(items)
    while at and items[at - 1].chunk == number:
        at -= 1
    mine = items[at:]
    known = [item for item in mine if item.last - item.first > 1 and item.reading.known]
    regions = {
        item.first for item in known if item.reading.group == "wide" and is_cyrillic(item.reading.name)
    }
    for item in mine if regions else ():
        if item.last in regions:
            item.document += ("before_region",)
    for item in mine if known else ():
        for longer in known:
            if longer is not item and longer.first <= item.first and item.last <= longer.last:
                item.document += ("within_known", f"within_{longer.reading.group}")
                break


def _look_through(items: Sequence[Segment], people: Counter[str], words: Sequence[Word]) -> None:
    """Add to each segment what the rest of the text says of its name."""
    counts = Counter(item.reading.key for item in items)
    where = Counter(item.reading.key for item in items if "l:where" in item.left)
    spelled = {word for word, _, _ in words}
    for item in items:
        key = item.reading.key
        count = counts[key]
        found = [_COUNTS[min(4, count)]]
        if where[key] - ("l:where" in item.left) > 0:
            found.append("where_elsewhere")
        if item.last - item.first == 1:
            if key in people:
                found.append("person_in_document")
                if 2 * people[key] >= count:
                    found.append("person_mostly")
            if key in spelled and key.islower():
                found.append("small_in_document")
        item.document = (*item.document, *found)


def _mark_towns_with_states(items: Sequence[Segment], text: str) -> None:
    """Mark known names behind which a shortened state stands, and those states: "Jackson, Miss., is"."""
    by_end: dict[int, list[Segment]] = defaultdict(list)
    for item in items:
        by_end[item.end].append(item)
    for item in items:
        shortened = text[item.end - 1] == "." and text[item.start : item.end - 1] in ABBREVIATED
        if shortened and text[item.start - 2 : item.start] == ", " and _BEHIND_STATE.match(text, item.end):
            for town in by_end[item.start - 2]:
                if town.reading.known:
                    town.as_newspapers = item.as_newspapers = True


_OFFSET = re.compile(
    r",\s+(?:(?:about|around|some|just|roughly|nearly)\s+)?(?:[\d.,]+\s*(?:km|kilomet\w+|miles?)\s+(?:\([^()]*\)\s+)?)?"
    r"(?:to the\s+)?(?:(?:north|south)-?(?:east|west)?|east|west)\s+of\s+(?=[A-Z])"
)
"""“Kibumba, 20 km north of Goma”."""
_TOWNS = frozenset({"city", "town", "person", "word"})
_WHOLE = frozenset({"wide", "code", "demonym"})
"""Names that are also joined to what is no place: “US-Taliban talks”."""
_BEHIND_STATE = re.compile(r"\s*(?:[,;:)\]—–(-]|$|[a-z])")
"""“Miss. Smith” and “Ind. Co.” are no states."""
_COUNTS = [f"count:{count}" for count in range(5)]
