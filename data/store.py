"""One store: the records, the event table over them, and what connects the two."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine

from data import areas, schema
from data.progress import Progress
from data.publication import Audience, is_public
from data.records import dialects, migrate, read, write
from data.table import generations, warehouse
from data.table.copy import Copy
from data.table.event_table import EventTable

if (
    TYPE_CHECKING
):  # what a method needs beyond questions is loaded by it: a start is as quick as its first answer
    from data.decisions.model import Decision
    from data.decisions.taught import Taught
    from data.duplicates import Proposal
    from data.importing.importer import Summary
    from data.importing.look import Look
    from data.importing.mending import Mended
    from data.importing.options import Options
    from data.importing.plan import Plan
    from data.placing import Placer
    from data.report import Article, Draft
    from data.report.save import Saved
    from geo import Gazetteer

SAMPLE = Path(__file__).parent / "sample" / "incidents.csv"


class Store:
    """Incidents, their reports and places. Safe to share between threads; other processes may write meanwhile."""

    def __init__(self, url: str, gazetteer: Gazetteer | None = None) -> None:
        self.url = url
        self.gazetteer = gazetteer
        self._engine = dialects.engine_for(url)
        migrate.upgrade(self._engine)
        elsewhere = os.environ.get("DATELINE_TABLE")
        self._table = EventTable(
            warehouse.connect(elsewhere)
            if elsewhere
            else Copy(self._engine, generations.folder(_home(), self._engine))
        )
        self._table.refresh()

    @property
    def events(self) -> EventTable:
        """The event table, brought up to date (a look at one number when nothing changed)."""
        self._table.refresh()
        return self._table

    @property
    def engine(self) -> Engine:
        """The connection pool of the records, for modules of this package."""
        return self._engine

    def event(self, event_id: str, audience: Audience = "public") -> dict[str, Any] | None:
        """Give one incident with its reports, places and areas as plain values; None when absent or not public."""
        with dialects.reading(self._engine) as connection:
            found = read.event(connection, event_id)
        if found is None or (audience == "public" and not is_public(found, write.now())):
            return None
        shown = _shown("events", found, audience)
        shown["labels"] = {
            name: schema.label(field.codes, found[name])
            for name, field in schema.fields("events").items()
            if field.codes and found[name] is not None
        }
        shown["reports"] = [_shown("reports", report, audience) for report in found["reports"]]
        shown["places"] = [_shown("places", place, audience) for place in found["places"]]
        shown["areas"] = areas.of_event(found)
        return shown

    def is_empty(self) -> bool:
        """Whether no incident was ever saved."""
        with dialects.reading(self._engine) as connection:
            return read.is_untouched(connection)

    def duplicates(
        self, event_ids: Sequence[str] | None = None, *, limit: int | None = None
    ) -> list[Proposal]:
        """List pairs that may be one incident, the most probable first; with ids, only pairs with one of these."""
        from data.duplicates import proposals

        events = self.events
        pairs = events.pairs(event_ids, audience="analyst")
        found = proposals(events.rows({*pairs["event_id"], *pairs["other_id"]}), pairs)
        return found[:limit]

    def decide(self, decision: Decision, *, user: str, reason: str | None = None) -> str:
        """Record a decision of a person and carry it out, both in one transaction; give its id.

        Raise `StaleDecision` when an incident was changed since the version named, `DecisionRefused` when it cannot be.
        """
        from data.decisions.apply import Taking
        from data.decisions.taught import Taught
        from data.placing import Placer

        with dialects.writing(self._engine) as connection:
            return Taking(
                connection,
                user,
                reason,
                self._place_of,
                lambda: Placer(self.gazetteer, Taught.load(connection)),
            ).take(decision)

    def undo(
        self, decision_id: str, *, user: str, reason: str | None = None, with_later: bool = False
    ) -> str:
        """Undo a decision or a whole import by a further decision; give its id.

        Later decisions that rest on it are undone first, newest first, when `with_later` says so. Raise
        `DecisionRefused` when there is none such, it was undone already, or others rest on it (the text names them).
        """
        from data.decisions.undo import Undoing

        with dialects.writing(self._engine) as connection:
            return Undoing(connection, user, reason).undo(decision_id, with_later=with_later)

    def history(self, event_id: str | None = None, *, limit: int | None = None) -> list[dict[str, Any]]:
        """List the decisions, imports and undoings so far, latest first; of one incident, or all."""
        from data.decisions import log

        with dialects.reading(self._engine) as connection:
            return log.history(connection, event_id, limit)

    def placer(self, *, geocode: bool = True) -> Placer:
        """Make what places incidents: by coordinates, then past decisions on the same words, then the gazetteer."""
        from data.placing import Placer

        return Placer(self.gazetteer, self.taught()) if geocode else Placer(None)

    def taught(self) -> Taught:
        """Give what the decisions on places that stand have taught."""
        from data.decisions.taught import Taught

        with dialects.reading(self._engine) as connection:
            return Taught.load(connection)

    def _place_of(self, place_id: str) -> dict[str, Any] | None:
        found = self.gazetteer.place(place_id) if self.gazetteer is not None else None
        return found.to_dict() if found else None

    def look_at(self, path: Path, options: Options | None = None) -> Look:
        """Say what a file is and what its columns seem to mean, as `data.importing.look.look_at` does."""
        from data.importing.look import look_at

        return look_at(self._engine, path, options)

    def plan_import(
        self,
        path: Path,
        options: Options | None = None,
        *,
        geocode: bool = True,
        progress: Progress | None = None,
    ) -> Plan:
        """Read, check and place a file without saving anything, as `data.importing.plan.make_plan` does.

        The plan says what would happen; `commit_plan` saves exactly that. Close it when it is not wanted any more.
        """
        from data.importing.likeness import possible_duplicates
        from data.importing.plan import make_plan

        plan = make_plan(self._engine, path, self.placer(geocode=geocode), options, progress)
        plan.duplicates = possible_duplicates(self.events, plan)
        return plan

    def commit_plan(
        self,
        plan: Plan,
        *,
        progress: Progress | None = None,
        rejects_beside: bool = True,
        user: str = "import",
    ) -> Summary:
        """Save what was planned, all or nothing.

        Rejected rows go into a file beside the one imported, or into `DATELINE_HOME` where that cannot be.
        """
        from data.importing.importer import commit_plan

        beside = plan.table.path.parent
        rejects = beside if rejects_beside and os.access(beside, os.W_OK) else _home() / "rejects"
        return commit_plan(self._engine, plan, rejects, user, progress)

    def import_file(
        self,
        path: Path,
        options: Options | None = None,
        *,
        geocode: bool = True,
        progress: Progress | None = None,
        rejects_beside: bool = True,
        user: str = "import",
    ) -> Summary:
        """Take a file in: plan it and save the plan."""
        from data.importing.plan import make_plan

        with make_plan(self._engine, path, self.placer(geocode=geocode), options, progress) as plan:
            return self.commit_plan(plan, progress=progress, rejects_beside=rejects_beside, user=user)

    def mend_row(
        self, file_sha256: str, row: int, cells: Mapping[str, str], *, user: str, reason: str | None = None
    ) -> Mended:
        """Take in a row that an import put aside, with other cells, as `data.importing.mending.mend` does."""
        from data.importing.mending import mend

        return mend(self._engine, self.placer(), file_sha256, row, cells, user, reason)

    def save_drafts(self, article: Article, drafts: Sequence[Draft], *, user: str) -> Saved:
        """Save drafts of one article in one transaction, as `data.report.save.save_drafts` does; say what that did."""
        from data.report.save import save_drafts

        return save_drafts(self._engine, article, drafts, user)

    def close(self) -> None:
        """Release connections and memory."""
        self._table.close()
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def open_store(
    url: str | None = None,
    *,
    gazetteer: Gazetteer | None = None,
    sample: bool | None = None,
    progress: Progress | None = None,
    warn: Callable[[str], None] | None = None,
) -> Store:
    """Open the records (`DATELINE_STORE`, else the file in `DATELINE_HOME`), making or migrating them first.

    An empty store gets the bundled sample unless `sample` is False or `DATELINE_SAMPLE` is 0. Without a
    `gazetteer` the default one is opened where the sample needs it; when there is none, `warn` is told and the sample
    left for another time, or without `warn` the error is raised.
    """
    store = Store(
        url or os.environ.get("DATELINE_STORE") or f"sqlite:///{_home() / 'records.sqlite'}", gazetteer
    )
    wanted = os.environ.get("DATELINE_SAMPLE", "1") != "0" if sample is None else sample
    if wanted and SAMPLE.exists() and store.is_empty():
        store.gazetteer = store.gazetteer or _gazetteer(warn)
        if store.gazetteer is not None:
            store.import_file(SAMPLE, progress=progress)
    return store


def _gazetteer(warn: Callable[[str], None] | None) -> Gazetteer | None:
    from geo import GeoError, open_gazetteer

    try:
        return open_gazetteer()
    except GeoError as error:
        if warn is None:
            raise
        warn(str(error))
        return None


def _home() -> Path:
    from geo.paths import home

    return home()


def _shown(table: str, row: dict[str, Any], audience: Audience) -> dict[str, Any]:
    return {
        name: _plain(row[name])
        for name, field in schema.fields(table).items()
        if field.public or audience == "analyst"
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value
