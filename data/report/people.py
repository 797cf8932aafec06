"""How many people a sentence counts as killed, injured, captured, displaced or missing: low, best, high."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from data import schema
from data.report.lexicon import Lexicon, lexicon
from data.report.model import Span

_GAP = 90
_MOST = 10_000_000
_FIGURES = 2
"""Significant figures of a number made from "about 4,000, about two thirds of them"."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people; None where the text sets no such bound."""

    low: int | None
    best: int | None
    high: int | None
    span: Span

    def fields(self, category: str) -> dict[str, int]:
        """Give the fields of an incident."""
        values = zip(("min", "best", "max"), (self.low, self.best, self.high), strict=True)
        return {f"{category}_{name}": value for name, value in values if value is not None}


@dataclass(frozen=True, slots=True)
class _Quantity:
    span: Span
    low: int | None
    best: int | None
    high: int | None
    of_people: bool


def count(text: str, span: Span, lex: Lexicon, dates: Sequence[Span] = ()) -> dict[str, Count]:
    """Count people by category in a clause.

    An exact number is low, best and high; "at least" leaves the high end open, "up to" the low end and the best
    value, "about" both ends, and "dozens" is no more than a floor.
    """
    asides = [Span(*found.span()) for found in lex["people.aside"].finditer(text, span.start, span.end)]
    for aside in asides:
        text = text[: aside.start] + " " * (aside.end - aside.start) + text[aside.end :]
    quantities = [
        quantity
        for quantity in _quantities(text, span, lex)
        if not any(quantity.span.overlaps(date) for date in dates)
    ]
    found: dict[str, Count] = {}
    words = [
        (category, Span(*match.span()))
        for category in schema.PEOPLE
        for match in lex[f"people.{category}"].finditer(text, span.start, span.end)
    ]
    if lex["people.no"].search(text, span.start, span.end):
        return _nobody(text, span, lex)
    for category, word in sorted(words, key=lambda pair: pair[1]):
        quantity = _nearest(text, word, words, quantities, lex, span)
        if quantity is not None and category not in found:
            found[category] = Count(quantity.low, quantity.best, quantity.high, _around(quantity.span, word))
    return _with_shares(text, span, lex, quantities, found)


def _nobody(text: str, span: Span, lex: Lexicon) -> dict[str, Count]:
    match = lex["people.no"].search(text, span.start, span.end)
    assert match is not None
    nobody = Count(0, 0, 0, Span(*match.span()))
    said = {name: lex[f"people.{name}"].search(match.group()) for name in ("killed", "injured")}
    if not any(said.values()):
        return {"killed": nobody, "injured": nobody}
    return {name: nobody for name, word in said.items() if word}


def _nearest(
    text: str,
    word: Span,
    words: Sequence[tuple[str, Span]],
    quantities: Sequence[_Quantity],
    lex: Lexicon,
    span: Span,
) -> _Quantity | None:
    """Find the number that belongs to a word: right after it, else before it with nothing but small words between."""
    for quantity in quantities:
        if quantity.span.start < word.start and word.end <= quantity.span.end:
            return quantity  # the word is the noun itself: "100 wounded"
    for quantity in quantities:
        if quantity.span.start < word.end:
            continue
        gap = text[word.end : quantity.span.start]
        if lex["people.leads"].fullmatch(gap):
            return _with_others(text, quantity, words, quantities, lex)
        break
    toll = lex["people.toll"]
    for quantity in quantities:
        if toll.search(text, max(span.start, quantity.span.start - _GAP), quantity.span.start):
            if toll.search(text[max(span.start, word.start - 20) : quantity.span.start]):
                return quantity
            quantities = [other for other in quantities if other is not quantity]
            break
    between = lex["people.between"]
    before = [quantity for quantity in quantities if quantity.span.end <= word.start]
    for quantity in reversed(before[-3:]):
        gap = text[quantity.span.end : word.start]
        others = [other for _, other in words if quantity.span.end <= other.start and other.end <= word.start]
        if len(gap) > _GAP or any(re.search(r"\w", text[other.start : other.end]) for other in others):
            return None
        if between.match(gap):
            if not quantity.of_people and len(gap.split()) > 2:
                return None
            return _with_those_before(text, quantity, words, before, lex)
    return None


def _with_others(
    text: str,
    first: _Quantity,
    words: Sequence[tuple[str, Span]],
    quantities: Sequence[_Quantity],
    lex: Lexicon,
) -> _Quantity:
    """Add up what one word counts: "killed two patients and a guard", but not "killed two and three were wounded"."""
    total = chain = first
    for other in quantities[quantities.index(first) + 1 :]:
        gap = text[chain.span.end : other.span.start]
        if not _adds(text, chain, other, gap, lex):
            break
        theirs = next((word for _, word in words if word.start >= other.span.end), None)
        if theirs and lex["people.between"].match(text[other.span.end : theirs.start]):
            break
        if any(other.span.start <= word.start < other.span.end for _, word in words):
            break
        chain = _together(chain, other)
        if lex["people.and"].search(gap):  # "three people, two children" is one number
            total = chain
    return total


def _with_those_before(
    text: str,
    last: _Quantity,
    words: Sequence[tuple[str, Span]],
    quantities: Sequence[_Quantity],
    lex: Lexicon,
) -> _Quantity:
    """Add up what stands before its word: "two men and a woman were killed"."""
    total = last
    for other in reversed(quantities[: quantities.index(last)]):
        gap = text[other.span.end : total.span.start]
        if not _adds(text, other, total, gap, lex) or (total is last and not lex["people.and"].search(gap)):
            break
        led = any(
            word.end <= other.span.start and lex["people.leads"].fullmatch(text[word.end : other.span.start])
            for _, word in words
        )
        if led or any(other.span.start <= word.start < other.span.end for _, word in words):
            break
        total = _together(other, total)
    return total


def _adds(text: str, one: _Quantity, other: _Quantity, gap: str, lex: Lexicon) -> bool:
    """Say whether two numbers beside each other may add up: none is a share of the other, "44 people, 30 of them"."""
    share = lex["people.share"].search(text[one.span.start : other.span.end])
    known = one.best is not None and other.best is not None
    return (
        one.of_people and other.of_people and known and not share and bool(lex["people.also"].fullmatch(gap))
    )


def _together(one: _Quantity, other: _Quantity) -> _Quantity:
    return _Quantity(
        _around(one.span, other.span),
        _sum(one.low, other.low),
        _sum(one.best, other.best),
        _sum(one.high, other.high),
        True,
    )


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _with_shares(
    text: str, span: Span, lex: Lexicon, quantities: Sequence[_Quantity], found: dict[str, Count]
) -> dict[str, Count]:
    """Read "about 4,000 casualties, about two thirds of them killed"."""
    total = lex["people.casualties"].search(text, span.start, span.end)
    if total is None:
        return found
    whole = next(
        (q for q in reversed(quantities) if q.span.end <= total.start() and total.start() - q.span.end < 25),
        None,
    )
    share = _shares(lex.code).search(text, total.end(), span.end)
    if whole is None or whole.best is None or share is None:
        return found
    killed = lex["people.killed"].search(text, share.end(), min(span.end, share.end() + 30))
    if killed is None:
        return found
    number = _rounded(whole.best * _share(share, lex))
    rest = whole.best - number
    found = {name: value for name, value in found.items() if name not in ("killed", "injured")}
    found["killed"] = Count(None, number, None, Span(whole.span.start, killed.end()))
    if rest > 0:
        found["injured"] = Count(None, None, _rounded(rest), Span(*total.span()))
    return found


def _rounded(value: float) -> int:
    digits = len(str(int(value)))
    return round(value, min(0, _FIGURES - digits)).__int__()


def _around(one: Span, other: Span) -> Span:
    return Span(min(one.start, other.start), max(one.end, other.end))


@cache
def _shares(language: str) -> re.Pattern[str]:
    names = "|".join(
        re.escape(name) for name in sorted(lexicon(language).raw["numbers"]["shares"], key=len, reverse=True)
    )
    return re.compile(
        rf"(?P<name>{names})|(?P<percent>\d{{1,2}}(?:[.,]\d)?)\s?(?:%|per\s?cent)", re.IGNORECASE
    )


def _share(match: re.Match[str], lex: Lexicon) -> float:
    if match["percent"]:
        return float(match["percent"].replace(",", ".")) / 100
    shares: Mapping[str, float] = lex.raw["numbers"]["shares"]
    return shares[match["name"].casefold()]


@cache
def _number_pattern(language: str) -> re.Pattern[str]:
    """Everything that is a number, with what stands before it."""
    lex = lexicon(language)
    numbers = lex.raw["numbers"]

    def either(names: Mapping[str, object]) -> str:
        escaped = (re.escape(name) for name in sorted(names, key=len, reverse=True))
        return "|".join(name.replace(r"\ ", r"\s+").replace("'", "['’ʼ]") for name in escaped)

    scale = rf"(?:\s+(?P<scale>{either(numbers['scales'])})(?!\w))?"
    digits = r"\d{1,3}(?:[,.\u00a0\u202f ]\d{3})+(?!\d)|\d{1,8}"
    one = rf"(?:{digits}|(?:{either(numbers['words'])})(?!\w))"
    before = (
        rf"(?:(?P<least>{numbers['least']})|(?P<most>{numbers['most']})|(?P<about>{numbers['about']}))\s*"
    )
    return re.compile(
        rf"(?<![\w.,/-])(?:(?P<article>{numbers['article']})"
        rf"|(?:{before})?(?:(?P<between>{numbers['between']})?(?P<low>{one})"
        rf"(?:(?(between){numbers['between_to']}|{numbers['to']})(?P<high>{one}))?{scale}"
        rf"|(?P<vague>{either(numbers['vague'])})(?!\w)))",
        re.IGNORECASE,
    )


@cache
def _noun_pattern(language: str) -> re.Pattern[str]:
    nouns = lexicon(language).raw["people"]["nouns"]
    return re.compile(
        rf"\s*(?:(?:\d+-|[^\W\d])[\w’'-]*\s+){{0,4}}?(?:{nouns})(?!\w)(?:\s+(?:{nouns})(?!\w))*",
        re.IGNORECASE,
    )


def _quantities(text: str, span: Span, lex: Lexicon) -> Iterator[_Quantity]:
    not_people = lex["numbers.not_people"]
    nouns = _noun_pattern(lex.code)
    last = span.start
    for match in _number_pattern(lex.code).finditer(text, span.start, span.end):
        if not_people.match(text, match.end()) or (match["article"] is not None and match.start() < last):
            continue  # "5 чоловік": the noun alone would count one
        noun = nouns.match(text, match.end(), min(span.end, match.end() + _GAP))
        blocked = noun is not None and _other_word(text[match.end() : noun.end()], lex)
        end = noun.end() if noun and not blocked else match.end()
        low, best, high = _bounds(match, lex)
        last = end
        yield _Quantity(Span(match.start(), end), low, best, high, noun is not None and not blocked)


def _other_word(words: str, lex: Lexicon) -> bool:
    """Say whether a category stands between a number and the noun: "killed two and wounded three people"."""
    inside = words[: words.rstrip().rfind(" ") + 1]
    return any(lex[f"people.{name}"].search(inside) for name in schema.PEOPLE)


def _bounds(match: re.Match[str], lex: Lexicon) -> tuple[int | None, int | None, int | None]:
    numbers = lex.raw["numbers"]
    if match["vague"]:
        return numbers["vague"][_plain(match["vague"])], None, None
    if match["article"] is not None:
        return 1, 1, 1
    scale = numbers["scales"][match["scale"].casefold()] if match["scale"] else 1
    low = _value(match["low"], numbers["words"]) * scale
    if match["high"]:
        high = _value(match["high"], numbers["words"]) * scale
        return (low, None, high) if low < high else (low, low, low)
    if match["least"]:
        return low, low, None
    if match["most"]:
        return None, None, low
    if match["about"]:
        return None, low, None
    return low, low, low


def _plain(words: str) -> str:
    return re.sub("[’ʼ]", "'", " ".join(words.casefold().split()))


def _value(words: str, known: Mapping[str, int]) -> int:
    digits = re.sub(r"[,.\s\u00a0\u202f]", "", words)
    return min(int(digits), _MOST) if digits.isdecimal() else known[_plain(words)]
