"""The words of each language as data: one file a language, every value a regular expression or a list."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from data import schema

_HERE = Path(__file__).parent
LANGUAGES = ("en", "uk", "ru")
OUTCOME = "outcome"
"""Type of a trigger that tells what came of something: "killed", "wounded"."""
Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that tell an event."""

    type: str
    subtype: str | None
    strength: int
    """3 an event by itself, 2 only with a place, a day or people counted, 1 an outcome."""
    needs: str
    """What must stand beside it: `person`, `place`, or nothing."""
    when: Pattern


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whom a text quotes."""

    kind: str
    name: str
    """What to call it; empty: as the text does."""
    when: Pattern


@dataclass(frozen=True)
class Lexicon:
    """One language's words."""

    code: str
    abbreviations: frozenset[str]
    clause: Pattern
    infinitives: frozenset[str]
    openings: frozenset[str]
    """What may stand before a date with which a sentence begins."""
    triggers: tuple[Trigger, ...]
    speakers: tuple[Speaker, ...]
    any_trigger: Pattern
    rules: Mapping[str, Pattern]
    """All other expressions by `section.name`, such as `modality.denied`."""
    raw: Mapping[str, Any]
    """The sections as they stand in the file, for those who build expressions of their own from them."""

    def __getitem__(self, name: str) -> Pattern:
        return self.rules[name]


@cache
def lexicon(language: str) -> Lexicon:
    """Give the words of a language, English for one that has no file."""
    code = language if language in LANGUAGES else "en"
    raw = tomllib.loads((_HERE / f"{code}.toml").read_text(encoding="utf-8"))
    triggers = tuple(_trigger(entry) for entry in raw["trigger"])
    rules = {
        f"{section}.{name}": re.compile(value, re.IGNORECASE)
        for section, entries in raw.items()
        if isinstance(entries, dict)
        for name, value in entries.items()
        if isinstance(value, str)
    } | {name: re.compile(raw[name], re.IGNORECASE) for name in ("passive", "by", "negated", "infinitive")}
    return Lexicon(
        code=code,
        abbreviations=frozenset(raw["abbreviations"].split()),
        clause=re.compile(raw["clause"], re.IGNORECASE),
        infinitives=frozenset(raw["infinitives"].split()),
        openings=frozenset(word.capitalize() for word in raw["openings"].split("|")) | {""},
        triggers=triggers,
        speakers=tuple(
            Speaker(entry["kind"], entry.get("name", ""), re.compile(rf"\b(?:{entry['when']})(?!\w)"))
            for entry in raw["speaker"]
        ),
        any_trigger=re.compile("|".join(f"(?:{entry['when']})" for entry in raw["trigger"]), re.IGNORECASE),
        rules=MappingProxyType(rules),
        raw=MappingProxyType(raw),
    )


def _trigger(entry: Mapping[str, Any]) -> Trigger:
    subtype = entry.get("subtype")
    kind = schema.codes("event_subtype")[subtype].more["event_type"] if subtype else entry["type"]
    return Trigger(
        kind, subtype, entry["strength"], entry.get("needs", ""), re.compile(entry["when"], re.IGNORECASE)
    )
