"""Undoing a decision or a whole import: a further row in the log, and everything as it was before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select

from data.decisions import log, merging
from data.decisions.apply import apply_images
from data.decisions.images import Image
from data.decisions.place import WORDS
from data.errors import DecisionRefused
from data.records import tables, write

_SHOWN = 5
_PART = 500
Effect = Mapping[str, Any]


class Undoing:
    """One transaction's undoing on behalf of one person."""

    def __init__(self, connection: Connection, user: str, reason: str | None) -> None:
        self._connection = connection
        self._user = log.who(user)
        self._reason = (reason or "").strip()[:2000] or None

    def undo(self, decision_id: str, *, with_later: bool = False) -> str:
        """Undo a decision; with `with_later` first undo, newest first, those that rest on it. Give the new row's id."""
        target = self._undoable(decision_id)
        blocking = self._blocking(target)
        if blocking and not with_later:
            raise DecisionRefused(_refusal(target, blocking))
        for later in blocking:
            if log.get(self._connection, later["decision_id"])["reverted_by"] is None:
                self.undo(later["decision_id"], with_later=True)
        return self._undo(target)

    def _undoable(self, decision_id: str) -> dict[str, Any]:
        target = log.get(self._connection, decision_id)
        if target["undoes"]:
            raise DecisionRefused(
                f"{decision_id} undid {target['undoes']}; decide again, or import the file again, to have it back"
            )
        if target["reverted_by"]:
            by = log.get(self._connection, target["reverted_by"])
            raise DecisionRefused(
                f"{decision_id} was undone already by {by['user']} "
                f"at {by['at']:%Y-%m-%d %H:%M} UTC ({by['decision_id']})"
            )
        if target["changed"] is None:
            raise DecisionRefused(
                f"{decision_id} was made by an earlier version of this program, which did not keep what it changed"
            )
        return target

    def _blocking(self, target: dict[str, Any]) -> list[dict[str, Any]]:
        """Find later decisions that stand on what this one changed, newest first."""
        blocking: dict[str, dict[str, Any]] = {}
        if target["kind"] == "import":
            blocking = {row["decision_id"]: row for row in log.mends_of(self._connection, target["what"])}
        again = log.changed_again(self._connection, target["seq"])
        for start in range(0, len(again), _PART):
            part = again[start : start + _PART]
            mine = log.effects_on(self._connection, target["seq"], part)
            for event_id, effects in log.standing_effects(
                self._connection, part, after=target["seq"]
            ).items():
                for effect in effects:
                    if _rests_on(effect, mine[event_id], target):
                        found = blocking.setdefault(effect["decision_id"], {**effect, "on": []})
                        found["on"].append(event_id)
        return sorted(blocking.values(), key=lambda effect: -effect["seq"])

    def _undo(self, target: dict[str, Any]) -> str:
        seq = write.next_seq(self._connection)
        undo_id = f"undo:{seq}"
        log.mark_undone(self._connection, target["decision_id"], undo_id)
        for effects in log.effects_of(self._connection, target["seq"], made=False):
            self._restore(target, effects, seq)
        if target["kind"] == "import":
            self._remove_made(target)
        if target["kind"] == "duplicate" and target["after"]["same"]:
            merging.take_back(self._connection, target["what"], target["after"]["into"])
            merging.settle(self._connection, [target["what"], target["after"]["into"]], seq)
        return log.append(
            self._connection,
            seq,
            [],
            decision_id=undo_id,
            kind=target["kind"],
            what=target["what"],
            before=target["after"],
            after=target["before"],
            user=self._user,
            reason=self._reason,
            changed=target["changed"],
            undoes=target["decision_id"],
        )

    def _restore(self, target: dict[str, Any], effects: Sequence[dict[str, Any]], seq: int) -> None:
        ids = [effect["event_id"] for effect in effects]
        standing = log.standing_effects(self._connection, ids)
        images = {
            effect["event_id"]: _without(target, effect, standing.get(effect["event_id"], []))
            for effect in effects
        }
        apply_images(self._connection, images, seq)
        if target["kind"] == "import":
            merging.settle(self._connection, merging.involved(self._connection, ids), seq)

    def _remove_made(self, target: dict[str, Any]) -> None:
        effects = tables.effects.c
        made = select(effects.event_id).where(effects.seq == target["seq"], effects.after.is_(None))
        for table in (tables.reports, tables.places, tables.events):
            self._connection.execute(delete(table).where(table.c.event_id.in_(made)))
        self._connection.execute(delete(tables.rejects).where(tables.rejects.c.import_id == target["what"]))


def _rests_on(later: Effect, mine: Effect, target: dict[str, Any]) -> bool:
    """Say whether a later effect on the same incident would lose its ground."""
    if mine["after"] is None:
        return True
    for part, changed in mine["after"].items():
        shared = set(changed) & set((later["after"] or {}).get(part, ()))
        # an import goes under corrections, so taking one away does not touch it; but a place goes with its words
        over = part == "event" and later["kind"] == "import" and target["kind"] not in ("import", "place")
        if shared and not (over and shared.isdisjoint(WORDS)):
            return True
    return False


def _without(target: dict[str, Any], effect: Effect, standing: Sequence[Effect]) -> Image:
    """Give the state of an incident without the decision: what stood before, and what still lies over or under it."""
    image: Image = dict(effect["before"])
    fields = dict(image.get("event", {}))
    people = [other for other in standing if other["kind"] not in ("import", "place")]
    corrected = {name for other in people for name in (other["after"] or {}).get("event", {})}
    if target["kind"] == "import":
        fields = {name: value for name, value in fields.items() if name not in corrected}
    elif target["kind"] != "place":
        for other in standing:
            if other["kind"] == "import" and other["seq"] > effect["seq"]:
                said = (other["after"] or {}).get("event", {})
                fields |= {name: said[name] for name in set(fields) & set(said) - corrected}
    image["event"] = fields
    return image


def _refusal(target: dict[str, Any], blocking: Sequence[dict[str, Any]]) -> str:
    shown = [
        f"{later['decision_id']} by {later['user']} at {later['at']:%Y-%m-%d %H:%M} UTC "
        f"({later['kind']}, {', '.join(later['on'][:2])}{' …' if len(later['on']) > 2 else ''})"
        for later in blocking[:_SHOWN]
    ]
    more = f" and {len(blocking) - _SHOWN:,} more" if len(blocking) > _SHOWN else ""
    return (
        f"{target['decision_id']} cannot be undone alone: later decisions rest on it: {'; '.join(shown)}{more}. "
        "Undo those first, or all together with the later ones (--with-later)"
    )
