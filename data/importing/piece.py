"""Some rows as they wait to be saved, written down so that waiting, and passing between processes, costs little."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table

from data import schema
from data.decisions.merging import summed_up
from data.importing.prepared import Prepared
from data.importing.tally import Tally
from data.records import read, tables

Known = Mapping[str, read.Fingerprint]
WHEN_SAVED = ("import_id", "seq", "created_at", "updated_at", "version")
"""Fields of a new incident that are known only when it is saved, the same for all of an import."""
EVENT = tuple(name for name in schema.fields("events") if name not in WHEN_SAVED)
_REPORT, _PLACE = tuple(schema.fields("reports")), tuple(schema.fields("places"))
COLUMNS: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (tables.events, EVENT),
    (tables.reports, _REPORT),
    (tables.places, _PLACE),
)
"""What new incidents bring: tables, in the order in which they are filled, and the columns given. Keys come first."""
_NO_EVENT, _NO_REPORT, _NO_PLACE = (dict.fromkeys(names) for _table, names in COLUMNS)
"""Laid under what is known: records that have all columns in their order are quickly turned into columns."""


@dataclass(frozen=True)
class Piece:
    """Rows in a row."""

    ids: tuple[str, ...]
    tally: Tally
    stretch: tuple[int, int] | None
    """Numbers of the first and the last row, where every incident is new and waits in a `Stage`."""
    packed: bytes | None
    """The rows; None where they wait in a `Stage` of another process."""
    asked: int = 0
    """Where the rows wait as that process was given them, to be judged again should they be needed one by one."""

    def rows(self) -> list[Prepared]:
        """Read the rows themselves."""
        assert self.packed
        prepared: list[Prepared] = pickle.loads(self.packed)[0]
        return prepared

    def known(self) -> Known:
        """Read what was known of their incidents when they were checked."""
        assert self.packed
        known: Known = pickle.loads(self.packed)[1]
        return known


def packed(rows: Sequence[Prepared], known: Known) -> bytes:
    """Write rows down, with what was known of their incidents."""
    return pickle.dumps((list(rows), dict(known)), pickle.HIGHEST_PROTOCOL)


def are_new(rows: Sequence[Prepared], known: Known, tally: Tally) -> bool:
    """Say whether every row tells of a new incident, so that all can be added as they are."""
    return not known and not tally.repeated and all(row.place is not None for row in rows)


def new_event(prepared: Prepared) -> dict[str, Any]:
    """Give an incident that is not there yet, but for its hash and for what is known only when it is saved."""
    assert prepared.place is not None
    return {
        **_NO_EVENT,
        **prepared.event,
        **prepared.place.fields,
        **summed_up(prepared.reports, prepared.event["event_id"]),
        "source_hash": prepared.source_hash,
        "import_row": prepared.number,
    }


def new_reports(prepared: Prepared) -> list[dict[str, Any]]:
    """Give the reports of an incident with their keys."""
    name = prepared.event["event_id"]
    return [
        {**_NO_REPORT, **report, "report_id": f"{name}:r{n}", "event_id": name, "position": n}
        for n, report in enumerate(prepared.reports, start=1)
    ]


def new_places(prepared: Prepared) -> list[dict[str, Any]]:
    """Give the places that an incident names with their keys."""
    name = prepared.event["event_id"]
    return [
        {**_NO_PLACE, **mention, "mention_id": f"{name}:p{n}", "event_id": name}
        for n, mention in enumerate(prepared.place.mentions if prepared.place else (), start=1)
    ]
