"""Taking a decision: check it against what stands there now, write its effects and the log in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from data import schema
from data.decisions import fields, log, merging, place
from data.decisions.images import Image, changed_fields, changed_rows, typed, write_events, write_rows
from data.decisions.model import (
    Decision,
    DuplicateDecision,
    FieldDecision,
    PlaceDecision,
    RowDecision,
    StatusDecision,
    Versions,
)
from data.errors import DecisionRefused, StaleDecision
from data.placing import Placer
from data.records import read, tables, write

Change = tuple[str, Image, Image]
Known = Callable[[str], Mapping[str, Any] | None]
"""Gives a place of the gazetteer by its id, as `geo.Candidate.to_dict`."""

PERSON_DECIDED = "a person decided"


class Taking:
    """One transaction's work on behalf of one person."""

    def __init__(
        self,
        connection: Connection,
        user: str,
        reason: str | None,
        place_of: Known,
        placer: Callable[[], Placer],
    ) -> None:
        self._connection = connection
        self._user = log.who(user)
        self._reason = (reason or "").strip()[:2000] or None
        self._place_of = place_of
        self._placer = placer
        self._seq = 0

    def take(self, decision: Decision) -> str:
        """Take any decision; give its id."""
        if isinstance(decision, RowDecision):
            return self._row(decision)
        events = self._events(_versions(decision))
        self._seq = write.next_seq(self._connection)
        match decision:
            case PlaceDecision():
                return self._place(decision, events)
            case StatusDecision():
                return self._fields("status", fields.status(decision.status), events)
            case FieldDecision():
                return self._correct(fields.checked(decision.values, events), events)
            case DuplicateDecision():
                return self._duplicate(decision, events)

    def _events(self, versions: Versions) -> dict[str, dict[str, Any]]:
        if not versions:
            raise DecisionRefused("name at least one incident to decide on")
        found = read.whole_events(self._connection, list(versions))
        for event_id, seen in versions.items():
            if event_id not in found:
                raise DecisionRefused(
                    f"there is no incident {event_id!r}" + _who(log.last_change(self._connection, event_id))
                )
            if seen is not None and found[event_id]["version"] != seen:
                raise StaleDecision(
                    f"{found[event_id]['title']!r} was changed meanwhile"
                    + _who(log.last_change(self._connection, event_id))
                    + "; look at it again before you decide"
                )
        return found

    def _place(self, decision: PlaceDecision, events: Mapping[str, dict[str, Any]]) -> str:
        first, *others = events.values()
        for other in others:
            if any(other[name] != first[name] for name in place.WORDS):
                raise DecisionRefused(
                    f"{other['event_id']!r} has other words for its place than {first['event_id']!r}; "
                    "decide on them one by one"
                )
        decision = place.named(decision, self._candidates(decision, first))
        changes = []
        for event in events.values():
            # a place's reason is public, and what a person wrote may name a source or a victim: it stays in the log
            mark = {"decided_by": self._user, "decided_at": write.now(), "reason": PERSON_DECIDED}
            to, mentions = place.decide_place(event, decision, mark)
            changes.append(_change(event, to, mentions))
        return self._record("place", next(iter(events)), changes, after=place.described(decision, first))

    def _candidates(self, decision: PlaceDecision, event: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
        known = {c["id"]: c for mention in event["places"] for c in mention["candidates"] or []}
        for choice in decision.choices:
            if choice.place_id and choice.place_id not in known:
                found = choice.candidate or self._place_of(choice.place_id)
                if found is not None:
                    known[choice.place_id] = {**found, "plausible": True}
        return known

    def _fields(self, kind: str, values: Mapping[str, Any], events: Mapping[str, dict[str, Any]]) -> str:
        return self._set(kind, values, [_change(event, values) for event in events.values()])

    def _correct(self, values: Mapping[str, Any], events: Mapping[str, dict[str, Any]]) -> str:
        """Set corrected fields, and what follows from them: flags of the text, the place of other words."""
        quotes = read.reports_of(self._connection, list(events)) if fields.rescanned(values) else {}
        words = set(place.WORDS) & set(values)
        placer = self._placer() if words else None
        changes = []
        for event_id, event in events.items():
            to, mentions = dict(values), None
            if placer and (placed := fields.placed_anew(event, values, placer)):
                to, mentions = {**to, **placed[0]}, placed[1]
            if fields.rescanned(values):
                to |= fields.flags({**event, **to}, [r["quote"] for r in quotes.get(event_id, ())])
            changes.append(_change(event, to, mentions))
        return self._set("field", values, changes)

    def _set(self, kind: str, values: Mapping[str, Any], changes: list[Change]) -> str:
        if not any(after.get("event") for _id, _before, after in changes):
            raise DecisionRefused("nothing would change: the values stand there already")
        return self._record(kind, changes[0][0], changes, after=_image_of(values))

    def _duplicate(self, decision: DuplicateDecision, events: Mapping[str, dict[str, Any]]) -> str:
        loser, winner = events[decision.event_id], events[decision.into]
        said = {"into": decision.into, "same": decision.same}
        if not decision.same:
            nothing = [(event_id, Image(), Image()) for event_id in (decision.event_id, decision.into)]
            return self._record("duplicate", decision.event_id, nothing, after=said)
        for event in (loser, winner):
            if event["merged_into"]:
                raise DecisionRefused(
                    f"{event['event_id']!r} is merged into {event['merged_into']!r} already; decide on that one"
                )
        merged = {"status": "duplicate", "merged_into": winner["event_id"]}
        changes = [_change(loser, merged), (winner["event_id"], Image(), Image())]
        decision_id = self._record("duplicate", decision.event_id, changes, after=said)
        merging.settle(self._connection, [winner["event_id"]], self._seq)
        return decision_id

    def _row(self, decision: RowDecision) -> str:
        row, imports = tables.rejects.c, tables.imports.c
        query = (
            select(imports.file_name)
            .join(tables.rejects, row.import_id == imports.import_id)
            .where(row.file_sha256 == decision.file_sha256, row.row == decision.row)
        )
        name = self._connection.execute(query).scalar()
        if name is None:
            raise DecisionRefused("there is no such row any more: its import was undone")
        what = log.row_key(decision.file_sha256, decision.row)
        log.refuse_settled(self._connection, what, f"row {decision.row} of {name}")
        return log.append(
            self._connection,
            write.next_seq(self._connection),
            [],
            kind="row",
            what=what,
            after={"dismissed": True, "file": name, "row": decision.row},
            user=self._user,
            reason=self._reason,
            changed=0,
        )

    def _record(self, kind: str, what: str, changes: list[Change], after: Mapping[str, Any]) -> str:
        apply_images(self._connection, {event_id: image for event_id, _b, image in changes}, self._seq)
        more = len(changes) - 1
        return log.append(
            self._connection,
            self._seq,
            log.image_rows(changes, self._seq),
            kind=kind,
            what=what,
            before=changes[0][1].get("event"),
            after=dict(after),
            user=self._user,
            reason=self._reason,
            changed=1 + more,
        )


def apply_images(connection: Connection, images: Mapping[str, Image], seq: int) -> None:
    """Bring incidents into the state of images, with a new version and hashes."""
    events = read.events_by_id(connection, list(images))
    now = write.now()
    rows = []
    for event_id, image in images.items():
        event = events[event_id] | typed("events", image.get("event", {}))
        event |= {"seq": seq, "updated_at": now, "version": event["version"] + 1}
        event["content_hash"] = write.content_hash(event)
        rows.append(event)
    write_events(connection, rows)
    for table in ("reports", "places"):
        changed = {key: row for image in images.values() for key, row in image.get(table, {}).items()}
        write_rows(connection, table, changed)


def _change(
    event: Mapping[str, Any], to: Mapping[str, Any], mentions: list[dict[str, Any]] | None = None
) -> Change:
    was, now = changed_fields(event, to)
    before, after = Image(event=was), Image(event=now)
    if mentions is not None:
        before["places"], after["places"] = changed_rows("places", event["places"], mentions)
    return event["event_id"], before, after


def _image_of(values: Mapping[str, Any]) -> dict[str, Any]:
    return changed_fields({}, values)[1] | {name: None for name, value in values.items() if value is None}


def _versions(decision: PlaceDecision | StatusDecision | FieldDecision | DuplicateDecision) -> Versions:
    if isinstance(decision, DuplicateDecision):
        if decision.event_id == decision.into:
            raise DecisionRefused("an incident cannot be merged into itself")
        return {name: decision.versions.get(name) for name in (decision.event_id, decision.into)}
    return decision.events


def _who(change: Mapping[str, Any] | None) -> str:
    if change is None:
        return ""
    what = "undone" if change["undoes"] else schema.label("decision_kind", change["kind"]).lower()
    return f" by {change['user']} at {change['at']:%Y-%m-%d %H:%M:%S} UTC ({what}, {change['decision_id']})"
