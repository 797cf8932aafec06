"""Findings that tell the same event, put together; and which of them look back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice

from data.report.findings import DENIAL, STRONG, Finding
from data.report.lexicon import OUTCOME
from data.report.people import Count
from data.report.relative_days import Reference
from data.report.when import When
from data.report.where import PlacePhrase

LONG_AGO_DAYS = 30
"""What ended so long before the publication is not its news."""
VAGUE_DAYS = 14
"""News is not dated more loosely than this; what looks back is ("late 2024", "in March")."""
_NEAR = 3
"""Sentences within which a further event of the same kind is taken to be the same one."""
_VIOLENT = (
    "battle",
    "explosion_remote",
    "violence_civilians",
    "infrastructure_damage",
    "riot",
    "protest",
    "other",
)


@dataclass
class _Places:
    """The places narrower than a region that an event is told with, so that a further one can be compared at once."""

    ids: set[str] = field(default_factory=set)
    precisions: set[tuple[bool, bool]] = field(default_factory=set)
    """Of each: whether the gazetteer knows it, whether nothing is known of it."""

    def add(self, place: PlacePhrase | None) -> None:
        """Note the place of a finding."""
        if place is not None and place.is_narrow:
            ids = _ids(place)
            self.ids |= ids
            self.precisions.add((bool(ids), place.precision == "unknown"))

    def share(self, place: PlacePhrase) -> bool:
        """Say whether a place may be one of these: the same by its id, or not known well enough to be another."""
        mine, unknown = _ids(place), place.precision == "unknown"
        return bool(mine & self.ids) or any(
            unknown or nothing for known, nothing in self.precisions if not (mine and known)
        )

    def __bool__(self) -> bool:
        return bool(self.precisions)


@dataclass
class Event:
    """One event and the findings that tell it, the first first."""

    findings: list[Finding]
    background: bool
    counts: dict[str, Count] = field(default_factory=dict)
    denied: bool = False
    """Whether the sentence after it denies it."""
    neighbour: When | None = None
    """The date of the event told just before, for one that has none of its own."""
    neighbour_place: PlacePhrase | None = None
    """The place of the event told just before."""
    day: When | None = None
    """The most precise date that a finding gives."""
    places: _Places = field(default_factory=_Places)
    _type: str | None = None
    _subtypes: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for finding in self.findings:
            self._note(finding)

    @property
    def type(self) -> str:
        """The type of the first finding that is more than an outcome."""
        return self._type or self.findings[0].type

    @property
    def subtype(self) -> str | None:
        """The first subtype of that type."""
        return self._subtypes.get(self.type)

    @property
    def says_more(self) -> bool:
        """Whether it says when, where or to how many it happened, or who says so."""
        return bool(self.counts) or any(f.day or f.told or f.place or f.said for f in self.findings)

    def add(self, finding: Finding) -> None:
        """Take in a further finding."""
        self.findings.append(finding)
        self.counts = {**_merged(self.counts, finding.counts)}
        self._note(finding)

    def _note(self, finding: Finding) -> None:
        """Sum up what later findings are compared with: an event may be told a thousand times."""
        if finding.type not in (OUTCOME, "other"):
            self._type = self._type or finding.type
        if finding.subtype:
            self._subtypes.setdefault(finding.type, finding.subtype)
        day = finding.day
        if day and (
            self.day is None or (not finding.later and day.end - day.start < self.day.end - self.day.start)
        ):
            self.day = day
        self.places.add(finding.place)


def gather(findings: Sequence[Finding], reference: Reference) -> list[Event]:
    """Put findings together into events, in the order of the article."""
    events: list[Event] = []
    near: list[Event] = []  # the lead, and those told last so shortly before that they may be told again
    for finding in findings:
        if finding.type == DENIAL:
            if events and _beside(events[-1].findings[-1], finding):
                events[-1].denied = True
            continue
        background = _looks_back(finding, events, reference)
        near = [e for e in near if e is events[0] or finding.number - e.findings[-1].number <= _NEAR]
        same = next((event for event in reversed(near) if _same(event, finding, events, background)), None)
        if same is None:
            events.append(Event([finding], background, dict(finding.counts)))
            near.append(events[-1])
            if background:
                _lean(events)
            elif len(events) > 1 and _beside(events[-2].findings[-1], finding) and not events[-2].background:
                events[-1].neighbour = events[-2].day or events[-2].neighbour
        else:
            same.add(finding)
    return [event for event in events if event is events[0] or event.says_more]


def _lean(events: list[Event]) -> None:
    """Note what is told just before the last event, for what that leaves open."""
    neighbour = place = None
    for event in islice(reversed(events), 1, None):
        if not event.background:
            continue
        neighbour = neighbour or event.day or event.neighbour
        place = place or next((f.place for f in reversed(event.findings) if f.place is not None), None)
        if neighbour and place:
            break
    events[-1].neighbour, events[-1].neighbour_place = neighbour, place


def _looks_back(finding: Finding, events: Sequence[Event], reference: Reference) -> bool:
    day, now = finding.day, reference.day
    if day is not None and now is not None and finding.modality != "planned":
        if (now - day.end) > timedelta(days=LONG_AGO_DAYS):
            return not (reference.inferred and not events)
        if (day.end - day.start) > timedelta(days=VAGUE_DAYS):
            return bool(events)
        if (now - day.end) <= timedelta(days=VAGUE_DAYS):
            return False
    if not events or finding.modality == "planned":
        return False
    beside = _beside(events[-1].findings[-1], finding)
    summed = finding.tense == "perfect" and finding.strength < STRONG and bool(finding.counts) and day is None
    if summed and not beside:
        return True
    if finding.looks_back:
        return True
    return events[-1].background and day is None and beside


def _beside(before: Finding, finding: Finding) -> bool:
    """Say whether two findings stand in one sentence or in two that follow one another in a paragraph."""
    return before.sentence.paragraph == finding.sentence.paragraph and finding.number - before.number <= 1


def _same(event: Event, finding: Finding, events: Sequence[Event], background: bool) -> bool:
    """Say whether a finding tells an event again or tells more of it."""
    last = event.findings[-1]
    apart = finding.number - last.number
    is_lead = event is events[0]
    bare = finding.day is None and finding.place is None
    one, other = last.sentence, finding.sentence
    if one.listed and other.listed and one.paragraph != other.paragraph:
        return False
    if event.background != background and not (bare and not background):
        return False
    if finding.type == OUTCOME:
        if bare and apart <= _NEAR and not background and event is events[-1]:
            return True
    elif event.type not in (finding.type, OUTCOME) and not _covers(event, finding, apart):
        return False
    if finding.subtype and event.subtype and finding.subtype != event.subtype and finding.type == event.type:
        return False
    if not is_lead and apart > _NEAR:
        return False
    if (finding.modality in ("planned", "hypothetical")) != (last.modality in ("planned", "hypothetical")):
        return False
    if event.day and finding.day and not _meet(event.day, finding.day):
        return (
            finding.later and event is events[-1] and _beside(last, finding) and _soon(event.day, finding.day)
        )
    elsewhere = finding.place is not None and finding.place.is_narrow and bool(event.places)
    if elsewhere and finding.place and not event.places.share(finding.place):
        return False
    if _is_part(event, finding):
        return False
    if background:
        return apart == 0 or (bare and not finding.counts) or bool(event.places and finding.place)
    if bare and not finding.counts and finding.type != OUTCOME:
        return apart <= _NEAR or is_lead
    return True


def _covers(event: Event, finding: Finding, apart: int) -> bool:
    """Say whether damage, an unclassified event or arrests at a protest are what came of the one told just before."""
    consequence = (finding.type in ("infrastructure_damage", "other") and event.type in _VIOLENT) or (
        finding.type == "detention_capture" and event.type in ("protest", "riot")
    )
    return (
        consequence
        and apart <= 1
        and finding.day is None
        and (finding.place is None or not finding.place.is_narrow)
    )


def _meet(one: When, other: When) -> bool:
    slack = timedelta(days=1)
    return one.start <= other.end + slack and other.start <= one.end + slack


def _is_part(event: Event, finding: Finding) -> bool:
    """Say whether an outcome is a narrower place's share of one told of a whole region or country."""
    wide = any(f.place is not None for f in event.findings) and not event.places
    narrow = finding.place is not None and finding.place.is_narrow
    fewer = any(
        (all_of_it := event.counts.get(category)) and (count.best or 0) < (all_of_it.best or 0)
        for category, count in finding.counts.items()
    )
    return finding.type == OUTCOME and wide and narrow and fewer


def _soon(one: When, other: When) -> bool:
    """Say whether a day follows another within a week: those who died of it later are counted with it."""
    return timedelta(0) <= other.start - one.end <= timedelta(days=7)


def _ids(place: PlacePhrase) -> set[str]:
    return {candidate.id for answer in place.answers for candidate in answer.candidates[:1]}


def _merged(first: Mapping[str, Count], more: Mapping[str, Count]) -> dict[str, Count]:
    """Widen low and high to what both say; the best is the later one where it is larger: tolls rise."""
    merged = dict(first)
    for category, count in more.items():
        known = merged.get(category)
        if known is None:
            merged[category] = count
            continue
        if count.best is not None and (known.best is None or count.best > known.best):
            merged[category] = count
    return merged
