"""Takes a place phrase apart: relation, the names asked for, and the names that only say where those are."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from geo import relations
from geo.admin_words import leading_kind, split_kind
from geo.errors import PlaceTextError
from geo.mentions.lexicon import ABBREVIATED
from geo.normalize import fold
from geo.relations import Offset

LONGEST = 500
MOST_NAMES = 8
"""More names than this in one phrase are a list, not a place; the rest is left aside."""
_EDGE = " \t\r\n.,;:-–—\"'’“”«»*_#|/\\?!"
_PIECES = re.compile(r"\s*[,;|\n\r\t]\s*|\s+[/–—-]\s+|/")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_AND = re.compile(r"\s+(?:and|&|та|и|і|or)\s+", re.IGNORECASE)
_IN = re.compile(r"\s+(?:in|inside|within|of\s+the|в|у)\s+(?:the\s+)?(?=\S)", re.IGNORECASE)
_DIVISION_OF = re.compile(
    r"(?:(?<=oblast)|(?<=region)|(?<=district)|(?<=county)|(?<=province)|(?<=raion)|(?<=state)|(?<=area)|"
    r"(?<=department)|(?<=governorate)|(?<=municipality)|(?<=township)|(?<=division))\s+of\s+(?:the\s+)?(?=\S)",
    re.IGNORECASE,
)
_GENITIVE = re.compile(
    r"\s+(?=[\w'’ʼ-]+\s+(?:області|области|району|района|громади|края|краю|республіки|республики)$)",
    re.IGNORECASE,
)
"""Behind a name in Ukrainian and Russian: what it lies in."""
_SUBURB = re.compile(
    r"^(?:the\s+)?(?P<wide>(?!the\b)[\w'’ -]{2,60}?)\s+(?:suburb|district|neighbou?rhood|town|village)\s+of\s+(?=\S)"
)
_OWNER = re.compile(r"^(?P<wide>[\w -]{2,60}?)['’]s\s+(?=[^\W\d_])")
_ONE_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the phrase: `phrase[start:end] == text`."""

    text: str
    start: int
    end: int
    kind: str = ""
    """`adm1`, `adm2`, `settlement` or `feature` when a word beside the name says so."""
    also: str = ""
    """Another name of the same place: "Lyman / Krasnyi Lyman"."""


@dataclass(slots=True)
class Phrase:
    """A phrase taken apart."""

    text: str
    relation: str = "at"
    names: list[Name] = field(default_factory=list)
    """The names asked for."""
    containers: list[Name] = field(default_factory=list)
    """Names that follow, narrow to wide: "X, Donetsk Oblast", "X (Kharkiv region)"."""
    neighbours: list[Name] = field(default_factory=list)
    """Names said to be close by: "Soledar, near Bakhmut"."""
    offset: Offset | None = None
    border: bool = False
    """Whether the border between the names is meant, or of the one name with what contains the place."""


Known = Callable[[str], bool]
"""Tells whether a folded name is in the gazetteer, so that "Bosnia and Herzegovina" is not cut in two."""


def clean(text: str) -> str:
    """Return a text of the same length with control and direction marks blanked; raise PlaceTextError if useless."""
    if len(text) > LONGEST:
        raise PlaceTextError(
            f"the place is {len(text):,} characters long: give the place alone, up to {LONGEST}"
        )
    cleaned = _CONTROL.sub(" ", text)
    if not fold(cleaned):
        raise PlaceTextError("there is no place: the text is empty")
    return cleaned


def _span(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def parse(text: str, known: Known) -> Phrase:
    """Take a phrase apart.

    >>> found = parse("near the villages of Tarasivka and Bilohorivka in Donetsk Oblast", lambda name: False)
    >>> found.relation, [name.text for name in found.names], [name.text for name in found.containers]
    ('near', ['Tarasivka', 'Bilohorivka'], ['Donetsk Oblast'])
    """
    text = clean(text)
    phrase = Phrase(text)
    if _ONE_WORD.fullmatch(text):  # most strings: what follows would find nothing to cut
        phrase.names.append(Name(text, 0, len(text)))
        return phrase
    brackets = [match.span(1) for match in _BRACKETS.finditer(text)]
    outside = _BRACKETS.sub(lambda match: "," + " " * (len(match.group()) - 2) + ",", text)
    pieces = _pieces(outside, 0, len(outside))
    if not pieces and brackets:
        pieces, brackets = [brackets[0]], brackets[1:]
    for index, (start, end) in enumerate(pieces):
        _read_piece(text, start, end, phrase, known, first=index == 0)
    for start, end in brackets:
        for left, right in _pieces(text, start, end):
            _read_piece(text, left, right, phrase, known, first=False)
    del phrase.names[MOST_NAMES:], phrase.containers[MOST_NAMES:], phrase.neighbours[MOST_NAMES:]
    if not phrase.names and phrase.containers:
        phrase.names.append(phrase.containers.pop(0))
    return phrase


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start]
    for match in _PIECES.finditer(text, start, end):
        cuts += match.span()
    cuts.append(end)
    spans = [_span(text, left, right) for left, right in zip(cuts[::2], cuts[1::2], strict=True)]
    return [(left, right) for left, right in spans if left < right]


def _read_piece(text: str, start: int, end: int, phrase: Phrase, known: Known, *, first: bool) -> None:
    if first and _read_two(text, start, end, phrase, known):
        return
    relation = relations.leading(text[start:end])
    if relation is not None and known(fold(text[start:end])):
        relation = None
    name = "at"
    if relation is not None and start + relation.length < end:
        name, start = relation.name, start + relation.length
        if first:
            phrase.relation, phrase.offset = relation.name, relation.offset
    if name != "between":
        middle = relations.MIDDLE.search(text[start:end])
        if middle and middle.start() > 1:
            _read_piece(text, start + middle.end(), end, phrase, known, first=False)
            end = start + middle.start()
    if not first and (capital := relations.CAPITAL.match(text[start:end])):
        start += capital.end()
    start, end, containers = _split_containers(text, start, end, known)
    last = relations.trailing(text[start:end])
    if last is not None and not known(fold(text[start:end])):
        end -= last.length
        if first and phrase.relation == "at":
            phrase.relation = last.name
    listed = _names(text, start, end, known)
    if first and relations.ON_THE.match(text) and any(known(f"{fold(one.text)} river") for one in listed):
        name = "along"
    if name == "along":
        listed = [replace(one, kind="feature") for one in listed]
        if first:
            phrase.relation = "within"
    if first:
        phrase.names += listed
    elif name in ("near", "toward", "between", "from"):
        phrase.neighbours += listed
    elif len(listed) > 1 and not any(found.kind.startswith("adm") for found in listed):
        phrase.names += [*phrase.containers, *listed]
        phrase.containers = []
    else:
        phrase.containers += listed
    phrase.containers += containers


def _read_two(text: str, start: int, end: int, phrase: Phrase, known: Known) -> bool:
    """Read "the border between A and B", "the border with A", "A-B border" and "A-B road"; tell whether it was one."""
    if known(fold(text[start:end])):
        return False
    road, border = relations.ROAD_OF_TWO.match(text[start:end]), relations.BORDER.match(text[start:end])
    edge = relations.BORDER_END.search(text[start:end])
    if road and all(known(fold(road[part])) for part in ("first", "second")):
        spans = [road.span("first"), road.span("second")]
        phrase.border = road["border"] is not None
    elif border:
        spans = [(border.end(), end - start)]
        phrase.border = True
    elif edge and edge.start() > 1:
        lead = relations.leading(text[start : start + edge.start()])
        spans = [(lead.length if lead else 0, edge.start())]
        if lead and lead.offset:
            phrase.offset = lead.offset
        phrase.border = True
    else:
        return False
    for left, right in spans:
        phrase.names += _names(text, start + left, start + right, known)
    kinds = {name.kind for name in phrase.names if name.kind}
    if len(kinds) == 1:  # "Kharkiv and Luhansk regions"
        phrase.names = [replace(name, kind=name.kind or min(kinds)) for name in phrase.names]
    phrase.relation = "between"
    return True


def _split_containers(text: str, start: int, end: int, known: Known) -> tuple[int, int, list[Name]]:
    """Cut "X in Y", "X region of Y", "Y's X", "X Донецької області" and "the Y suburb of X".

    Return the span of X and the rest as containers.
    """
    containers: list[Name] = []
    owner = _OWNER.match(text[start:end])
    if owner and not known(fold(text[start:end])) and known(fold(owner["wide"])):
        left, right = owner.span("wide")
        containers += _names(text, start + left, start + right, known)
        start += owner.end()
    suburb = _SUBURB.match(text[start:end])
    if suburb and not known(fold(text[start:end])) and known(fold(suburb["wide"])):
        left, right = suburb.span("wide")
        containers += _names(text, start + left, start + right, known)
        start += suburb.end()
    for pattern in (_IN, _DIVISION_OF, _GENITIVE, _GENITIVE):
        found = pattern.search(text, start, end)
        if found and found.start() > start and not known(fold(text[start:end])):
            containers = _holders(text, found.end(), end, known) + containers
            end = found.start()
    return start, end, containers


def _holders(text: str, start: int, end: int, known: Known) -> list[Name]:
    """Split what contains a place once more: "X district of Y", "X local government area of Y State"."""
    found = _DIVISION_OF.search(text, start, end)
    if found is None or known(fold(text[start:end])):
        return _names(text, start, end, known)
    return _names(text, start, found.start(), known) + _names(text, found.end(), end, known)


def _names(text: str, start: int, end: int, known: Known) -> list[Name]:
    """Split "the villages of A and B" into names."""
    start, end = _span(text, start, end)
    length, kind = leading_kind(text[start:end])
    if length and not known(fold(text[start:end])):
        start += length
    else:
        kind = ""
    parts = [(start, end)]
    if not known(fold(text[start:end])):
        cuts = [start]
        for match in _AND.finditer(text, start, end):
            cuts += match.span()
        cuts.append(end)
        parts = list(zip(cuts[::2], cuts[1::2], strict=True))
    names = []
    for left, right in parts:
        left, right = _span(text, left, right)
        for article in ("the ", "The "):
            if text.startswith(article, left) and not known(fold(text[left:right])):
                left += len(article)
        left += _compass(text[left:right], known)
        if left < right and fold(text[left:right]):
            of_words = "adm1" if _abbreviated(text, left, right) else split_kind(text[left:right]).kind
            names.append(Name(text[left:right], left, right, kind or of_words))
    return names


def _compass(name: str, known: Known) -> int:
    """Return how many characters "northern" and its like take, where only the rest is a name ("North Macedonia")."""
    found = relations.COMPASS.match(name)
    if found is None or known(fold(name)):
        return 0
    rest = name[found.end() :]
    return found.end() if known(fold(rest)) or known(split_kind(rest).stem) else 0


def _abbreviated(text: str, start: int, end: int) -> bool:
    """Tell whether a name is written as newspapers shorten a state or province: "Ont.", "Calif."."""
    return text.startswith(".", end) and text[start:end] in ABBREVIATED
