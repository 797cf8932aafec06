"""The schema as data: fields, code lists, crosswalks and column names, read once from the files beside this one."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

_HERE = Path(__file__).parent

PEOPLE = ("killed", "injured", "captured", "displaced", "missing")
"""Categories of people counted, each as low, best and high."""


@dataclass(frozen=True)
class Field:
    """One column of one table of the records."""

    table: str
    name: str
    type: str
    """text, int, float, bool, date, datetime or json."""
    label: str
    description: str
    origin: str
    """Who sets it: source, place, derived or system."""
    required: bool = False
    public: bool = False
    codes: str | None = None
    """Name of the code list its values are drawn from."""
    references: str | None = None
    """The table.column it points to."""
    max_length: int | None = None


@dataclass(frozen=True)
class Code:
    """One entry of a code list."""

    list: str
    code: str
    label: str
    definition: str
    more: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """Further properties: acled, ucdp, event_type, radius_m, public."""


@dataclass(frozen=True)
class Crosswalk:
    """How a code list maps to a field of another data set, and what is lost."""

    name: str
    list: str
    their_field: str
    reversible: bool
    why: str
    forward: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """Our code -> theirs; codes without a counterpart are absent."""
    inverse: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Their code (as text) -> ours."""


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def tables() -> tuple[str, ...]:
    """Name the tables of the records, in the order they must be created."""
    return tuple(_read("fields"))


@cache
def fields(table: str = "events") -> Mapping[str, Field]:
    """Give the fields of a table by name, in order."""
    entries = _read("fields")[table]
    return MappingProxyType({name: Field(table=table, name=name, **entry) for name, entry in entries.items()})


@cache
def code_lists() -> tuple[str, ...]:
    """Name all code lists."""
    return tuple(_read("codes"))


@cache
def codes(name: str) -> Mapping[str, Code]:
    """Give the entries of a code list by code, in order."""
    entries = {}
    for code, entry in _read("codes")[name].items():
        more = {key: value for key, value in entry.items() if key not in ("label", "definition")}
        entries[code] = Code(name, code, entry["label"], entry["definition"], MappingProxyType(more))
    return MappingProxyType(entries)


def label(list_name: str, code: str | None) -> str:
    """Put a code into words; an unknown code stays itself, no code is an empty text."""
    if code is None:
        return ""
    entry = codes(list_name).get(code)
    return entry.label if entry else code


@cache
def crosswalks() -> Mapping[str, Crosswalk]:
    """Give the mappings to other data sets' codes by name."""
    walks = {}
    for name, entry in _read("crosswalks").items():
        forward = {
            code.code: code.more[entry["key"]]
            for code in codes(entry["list"]).values()
            if entry["key"] in code.more
        }
        inverse = entry.get("inverse") or {str(theirs): ours for ours, theirs in forward.items()}
        walks[name] = Crosswalk(
            name, entry["list"], entry["their_field"], entry["reversible"], entry["why"], forward, inverse
        )
    return MappingProxyType(walks)


def plain(text: str) -> str:
    """Reduce a name to lower-case letters and digits joined by `_`, for comparing names of columns and codes."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "_", text).strip("_")


@cache
def _code_names(list_name: str) -> Mapping[str, str]:
    """Every way to write a code: the code, its label, its name in ACLED, what else it is called."""
    names: dict[str, str] = {}
    for entry in codes(list_name).values():
        for name in (entry.code, entry.label, str(entry.more.get("acled", "")), *entry.more.get("also", ())):
            if name and not name.isdigit():
                names.setdefault(plain(name), entry.code)
    names.update({plain(code): code for code in codes(list_name)})
    return names


def code_of(list_name: str, text: str) -> str | None:
    """Find the code meant by a code, a label, an ACLED name or another word for it, however it is capitalised."""
    return text if text in codes(list_name) else _code_names(list_name).get(plain(text))


@cache
def column_names() -> Mapping[str, str]:
    """Map every known plain column name to `events.field` or `reports.field`."""
    names: dict[str, str] = {}
    for table, entries in _read("columns").items():
        for name in entries:
            names[plain(name)] = f"{table}.{name}"
        for name in entries:
            if table == "events":
                names.setdefault(plain(fields("events")[name].label), f"{table}.{name}")
    for table, entries in _read("columns").items():
        for name, synonyms in entries.items():
            for synonym in synonyms:
                names.setdefault(plain(synonym), f"{table}.{name}")
    return names


@cache
def word_list(name: str) -> tuple[str, ...]:
    """Give the words of a list, lower case."""
    return tuple(_read("words")[name].split())


@cache
def hxl() -> Mapping[str, Mapping[str, list[str]]]:
    """Give the HXL hashtags of every column, the one to write first, by table (`events`, `reports`)."""
    return MappingProxyType(_read("hxl"))


@cache
def importable() -> Mapping[str, tuple[str, ...]]:
    """Name the fields an imported table may give, by table (`events`, `reports`)."""
    return MappingProxyType({table: tuple(entries) for table, entries in _read("columns").items()})
