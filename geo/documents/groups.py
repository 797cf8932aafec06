"""Groups a document's mentions: one name has one sense in a document, unless what stands beside it says otherwise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

import numpy as np

from geo.admin_words import split_kind
from geo.documents.model import Document, Mention
from geo.documents.names import Floats, Ints, Known, Names
from geo.documents.offsets import offset_between
from geo.documents.source import source_town
from geo.documents.typed import division_of, looked_up
from geo.mentions.lexicon import ABBREVIATED
from geo.mentions.slavic import is_cyrillic
from geo.normalize import fold
from geo.relations import Offset

TEXT_REACH = 300.0
"""Names this many characters apart are close in the text (weight 1/e)."""
_NOUN = (
    r"(?:\s+(?:district|sub-?district|province|county|region|department|governorate|oblast|raion|division|prefecture|"
    r"municipality|township|borough|state|area|suburb|neighbou?rhood|village|town|city|(?:refugee\s+)?camp))?"
)
_WIND = r"(?:(?:(?:north|south)(?:[ -]?(?:east|west))?|east|west|central)(?:ern)?\s+)?"
_COMMA = re.compile(
    rf"{_NOUN},\s*(?:the\s+|in\s+)?{_WIND}|{_NOUN}\s*\(\s*|,?\s*[-–—]\s*|{_NOUN[:-1]}\s+of\s+(?:the\s+)?"
)
"""What stands between a name and what holds it: “X, Y”, “X district, northern Y”, “X (Y)”, “X district of Y”."""
_AFTER = re.compile(
    rf"{_NOUN}\s+in\s+(?:the\s+)?{_WIND}|\s+of\s+(?:the\s+)?|"
    rf"{_NOUN},\s+(?:an?|the)\s+(?:[\w-]+\s+){{1,3}}(?:in|of)\s+(?:the\s+)?{_WIND}"
)
_BEFORE = re.compile(
    r"['’]s\s+(?:\w+\s+){0,2}|\s+(?:city|town|village|capital|province|state)\s+of\s+|(?:n|ian)?\s+(?:city|town)\s+"
)
_LINK = re.compile(r",?\s+(?P<last>and|or|&|та|и|і)\s+|,\s+")
_NEXT_WORDS = re.compile(r",\s*((?:[A-Z][\w.’'-]*)(?:\s+[A-Z][\w.’'-]*){0,2})")
LONGEST_OFFSET = 80
"""Characters between two names that may say how far one lies from the other."""
WIDE_KINDS = 3
"""`names.KINDS` from here on: first-level divisions and countries."""


@dataclass(slots=True, eq=False)
class Group:
    """The mentions of one name in one sense."""

    surface: str
    known: Known
    is_code: bool = False
    """It is a code that stands for a state: the "IL" of "Cairo, IL"."""
    mentions: list[int] = field(default_factory=list)
    """Indices into the document's mentions."""
    holders: list[int] = field(default_factory=list)
    """Groups named right after this one, past a comma or in brackets: "X, Y"."""
    loose_holders: list[int] = field(default_factory=list)
    """Groups named beside it in other words: "X in Y", "Y's X"."""
    held: list[int] = field(default_factory=list)
    """Groups that this one is named as holding."""
    longer: list[int] = field(default_factory=list)
    """Groups whose name is this one and more words."""

    listed: list[int] = field(default_factory=list)
    """Groups in one list with it: "Georgia, Alabama and Florida"."""
    offset: tuple[int, Offset] | None = None
    """The group named after it as the place that it lies away from, how far and where: "X, 20 km north of Y"."""

    @property
    def shortened(self) -> bool:
        """Tell whether it is a state as newspapers or the post shorten it: "Ky.", "KY"."""
        return self.is_code or self.surface.rstrip(".") in ABBREVIATED


@dataclass(slots=True, eq=False)
class Grouped:
    """The groups of documents; those without mentions are names nobody marked: "…, Ill.", and the source's own town."""

    groups: list[Group]
    of_mention: list[int]
    others: Floats
    """1 where one group is a witness for another; 0 for itself and for another sense of its name."""
    closeness: Floats
    """How close two such groups stand in the text, 0 to 1."""
    starts: list[int]
    """Where each document's groups begin, and one more: where the last one's end."""

    @property
    def document(self) -> Ints:
        """Return the number of each group's document."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


def group(document: Document, mentions: Sequence[Mention], names: Names) -> Grouped:
    """Group the mentions, which must lie inside the text, in any order."""
    text = document.text
    order = sorted(range(len(mentions)), key=lambda i: (mentions[i].start, -mentions[i].end))
    surfaces = [text[mention.start : mention.end] for mention in mentions]
    asked = looked_up(text, mentions, order, names)
    keys = [fold(name) or name for name in asked]
    holder_of, loose_of, shadow_of = _holders(text, mentions, order, names)
    offset_of = _offsets(text, mentions, order)
    senses = _senses(keys, holder_of, shadow_of, order)
    groups: list[Group] = []
    numbers: dict[tuple[str, str], int] = {}
    of_mention = [-1] * len(mentions)
    for i in order:
        at = numbers.setdefault(senses[i], len(groups))
        if at == len(groups):
            is_code = asked[i] != surfaces[i] and surfaces[i].isupper()
            groups.append(Group(surfaces[i], names.known(asked[i]), is_code))
        groups[at].mentions.append(i)
        of_mention[i] = at
    for i, (other, offset) in offset_of.items():
        groups[of_mention[i]].offset = (of_mention[other], offset)
    lists = _lists(text, mentions, order)
    list_of = {i: at for at, members in enumerate(lists) for i in members}
    shadows: dict[str, int] = {}
    for i in order:
        at = of_mention[i]
        if i in holder_of:
            holder = of_mention[holder_of[i]]
        elif i in shadow_of:
            key = fold(shadow_of[i])
            if key not in shadows:
                shadows[key] = len(groups)
                groups.append(Group(shadow_of[i], names.known(shadow_of[i])))
            holder = shadows[key]
        else:
            continue
        if holder == at:
            continue
        listed = enumerated(groups[at].known, groups[holder].known)
        if i in holder_of and i in list_of and list_of[i] == list_of.get(holder_of[i]):
            listed |= not may_hold(groups[holder].known, groups[at].known)  # "Paris, London and Berlin"
        if listed and not groups[holder].shortened:  # "Lebanon, Tenn." is no list
            groups[at].loose_holders += [] if holder in groups[at].loose_holders else [holder]
        elif holder not in groups[at].holders:
            groups[at].holders.append(holder)
            groups[holder].held.append(at)
    for i, other in loose_of.items():
        at, holder = of_mention[i], of_mention[other]
        if holder != at and holder not in (*groups[at].holders, *groups[at].loose_holders):
            groups[at].loose_holders.append(holder)
    for names_listed in lists:
        members = list(dict.fromkeys(of_mention[i] for i in names_listed))
        for at in members:
            known_already = groups[at].listed
            known_already += [other for other in members if other != at and other not in known_already]
    _look_for_similar(groups, document.country, names)
    _find_longer(groups)
    town = source_town(document.source, names)
    if town:
        groups.append(Group(town, names.known(town)))
    known_names: dict[str, int] = {}
    name_of = np.array(
        [known_names.setdefault(fold(g.surface) or g.surface, at) for at, g in enumerate(groups)]
    )
    others = (name_of[:, None] != name_of[None, :]).astype(float)
    closeness = _closeness(groups, mentions, shadow_of, of_mention) * others
    return Grouped(groups, of_mention, others, closeness, [0, len(groups)])


def join(documents: Sequence[Grouped]) -> Grouped:
    """Put the groups of several documents under each other; those of one are no witnesses for those of another."""
    starts = [0, *accumulate(len(one.groups) for one in documents)]
    joined = Grouped([], [], np.zeros((starts[-1],) * 2), np.zeros((starts[-1],) * 2), starts)
    for first, end, one in zip(starts, starts[1:], documents, strict=False):
        joined.groups += [_moved(group, first) for group in one.groups]
        joined.of_mention += [first + at for at in one.of_mention]
        joined.others[first:end, first:end] = one.others
        joined.closeness[first:end, first:end] = one.closeness
    return joined


def _moved(group: Group, by: int) -> Group:
    """Return a group that speaks of others by numbers that are higher by so much."""
    return replace(
        group,
        holders=[by + at for at in group.holders],
        loose_holders=[by + at for at in group.loose_holders],
        held=[by + at for at in group.held],
        longer=[by + at for at in group.longer],
        offset=(by + group.offset[0], group.offset[1]) if group.offset else None,
    )


def _look_for_similar(groups: Sequence[Group], country: str, names: Names) -> None:
    """Give each name that nobody knows the similar ones of the country that most other names point to."""
    lacking = [g for g in groups if not g.known.places]
    if not lacking:
        return
    pointed = Counter(g.known.places[0].country for g in groups if g.known.places)
    pointed.pop("", None)
    code = country.upper() if len(country) == 2 else next(iter(dict(pointed.most_common(1))), "")
    for one in lacking:
        one.known = names.similar(one.surface, code)


def enumerated(one: Known, other: Known) -> bool:
    """Tell whether two names beside each other are rather a list ("Georgia, Oklahoma") than a place and its holder."""
    return one.widest_main >= WIDE_KINDS and one.widest_main >= other.widest


def may_hold(one: Known, other: Known) -> bool:
    """Tell whether any place of a name lies in a wider place of another."""
    near = other.unit @ one.unit.T >= one.reach
    same_admin1 = (other.admin1[:, None] == one.admin1) & (one.admin1 > 0)
    same_country = other.country[:, None] == one.country
    within = np.where(
        one.kind == WIDE_KINDS, same_admin1, np.where(one.kind > WIDE_KINDS, same_country, near)
    )
    return bool((within & (other.kind[:, None] < one.kind)).any())


def _holders(
    text: str, mentions: Sequence[Mention], order: Sequence[int], names: Names
) -> tuple[dict[int, int], dict[int, int], dict[int, str]]:
    """Return which mention holds which, strictly and loosely, and holders that are no mentions."""
    holder_of: dict[int, int] = {}
    loose_of: dict[int, int] = {}
    shadow_of: dict[int, str] = {}
    for left, right in zip(order, [*order[1:], None], strict=True):
        end = mentions[left].end
        if right is not None:
            start = mentions[right].start
            between = text[end:start] if end <= start <= end + 40 else "\n"
            if _is_acronym(text[start : mentions[right].end], text[mentions[left].start : end]):
                continue
            if _COMMA.fullmatch(between) or (between == " " and _in_genitive(text, mentions[right], names)):
                holder_of[left] = right
            elif _AFTER.fullmatch(between):
                loose_of[left] = right
            elif _BEFORE.fullmatch(between):
                loose_of.setdefault(right, left)
            if start <= end + 2:
                continue
        following = _NEXT_WORDS.match(text, end, end + 60)
        if following and left not in holder_of:
            words = following[1].split()
            for count in range(len(words), 0, -1):
                name = " ".join(words[:count])
                known = names.known(name)
                if known.widest >= WIDE_KINDS and "part" not in known.hows:
                    surface = text[mentions[left].start : end]
                    shadow_of[left] = division_of(name, surface, names) or name
                    break
    return holder_of, loose_of, shadow_of


def _offsets(text: str, mentions: Sequence[Mention], order: Sequence[int]) -> dict[int, tuple[int, Offset]]:
    """Return which mention lies away from which, how far and where."""
    found = {}
    for left, right in pairwise(order):
        between = text[mentions[left].end : mentions[right].start]
        if 4 < len(between) <= LONGEST_OFFSET:
            offset = offset_between(between)
            if offset is not None:
                found[left] = (right, offset)
    return found


def _is_acronym(short: str, name: str) -> bool:
    """Tell whether a name is short for the one before: “New South Wales (NSW)”."""
    initials = "".join(word[0] for word in name.split())
    return len(initials) > 1 and short.isupper() and short.replace(".", "") == initials.upper()


def _in_genitive(text: str, mention: Mention, names: Names) -> bool:
    """Tell whether a mention is a Ukrainian or Russian region or district: it holds the name right before it."""
    surface = text[mention.start : mention.end]
    return (
        is_cyrillic(surface)
        and split_kind(surface).kind in ("adm1", "adm2")
        and names.known(surface).widest > 1
    )


def _lists(text: str, mentions: Sequence[Mention], order: Sequence[int]) -> list[list[int]]:
    """Return the mentions of each list: names with nothing but commas and an "and" between them."""
    lists: list[list[int]] = []
    current, closed = list(order[:1]), False
    for left, right in pairwise(order):
        between = text[mentions[left].end : mentions[right].start]
        link = _LINK.fullmatch(between) if mentions[left].end <= mentions[right].start else None
        if link is None:
            lists += [current] if closed else []
            current, closed = [], False
        closed |= link is not None and link["last"] is not None
        current.append(right)
    return [*lists, current] if closed else lists


def _senses(
    keys: Sequence[str], holder_of: dict[int, int], shadow_of: dict[int, str], order: Sequence[int]
) -> list[tuple[str, str]]:
    """Return name and sense of each mention: a second sense needs a second containing name beside it."""
    senses: list[tuple[str, str]] = [("", "")] * len(keys)
    first: dict[str, str] = {}
    for i in order:
        holder = keys[holder_of[i]] if i in holder_of else fold(shadow_of.get(i, ""))
        if holder and keys[i] not in first:
            first[keys[i]] = holder
    for i in order:
        holder = keys[holder_of[i]] if i in holder_of else fold(shadow_of.get(i, ""))
        senses[i] = (keys[i], "" if not holder or holder == first[keys[i]] else holder)
    return senses


def _find_longer(groups: Sequence[Group]) -> None:
    names = [fold(g.surface) for g in groups]
    for at, name in enumerate(names):
        if len(name) > 3:
            groups[at].longer = [
                other
                for other, longer in enumerate(names)
                if len(longer) > len(name) and (longer.startswith(f"{name} ") or longer.endswith(f" {name}"))
            ]


def _closeness(
    groups: Sequence[Group], mentions: Sequence[Mention], shadow_of: dict[int, str], of_mention: Sequence[int]
) -> Floats:
    size = len(groups)
    starts = np.array(
        [mention.start for mention in mentions] + [mentions[i].end for i in shadow_of], dtype=float
    )
    shadows = {fold(g.surface): at for at, g in enumerate(groups) if not g.mentions}
    owners = np.array(
        list(of_mention) + [shadows.get(fold(name), 0) for name in shadow_of.values()], dtype=np.int64
    )
    near = np.exp(-np.abs(starts[:, None] - starts[None, :]) / TEXT_REACH)
    closeness = np.zeros((size, size))
    np.maximum.at(closeness, (owners[:, None], owners[None, :]), near)
    return closeness
