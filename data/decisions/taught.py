"""What decisions on places teach: the same words in the same context are placed as a person placed them before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from data.decisions import log
from data.decisions.model import Choice, PlaceDecision, Spot
from data.decisions.place import chosen_fields, decide_place
from data.placing import Placed
from data.records import tables, write


@dataclass(frozen=True)
class Lesson:
    """One decision that stands."""

    decision_id: str
    at: datetime
    decision: PlaceDecision

    @property
    def why(self) -> str:
        """Say where a place comes from that was found by this; the public may read it, so it names nobody."""
        return (
            f"a person decided so on {self.at.day} {self.at:%b %Y} for the same words in the same context "
            f"({self.decision_id})"
        )


class Taught:
    """The decisions on places that stand, by words and context; the last one about the same words counts."""

    def __init__(self, lessons: Mapping[tuple[str, ...], Lesson]) -> None:
        self._lessons = lessons

    @classmethod
    def load(cls, connection: Connection) -> Taught:
        """Read what the store has been taught so far."""
        row = tables.decisions.c
        query = select(tables.decisions).where(row.kind == "place", log.STANDING).order_by(row.seq)
        lessons = {}
        for found in connection.execute(query).mappings():
            said = found["after"] or {}
            if "words" in said:
                lesson = Lesson(found["decision_id"], found["at"], _decision(said))
                lessons[_key(said["words"])] = lesson
        return cls(lessons)

    @property
    def version(self) -> str:
        """Name the decisions that count."""
        return write.digest(sorted(lesson.decision_id for lesson in self._lessons.values()))

    @property
    def names(self) -> Mapping[str, str]:
        """What each name was decided to be, where that was always the same place; elsewhere it only leans."""
        from geo import decision_key

        chosen: dict[str, set[str]] = {}
        for lesson in self._lessons.values():
            for choice in lesson.decision.choices:
                if choice.place_id:
                    chosen.setdefault(decision_key(choice.text), set()).add(choice.place_id)
        return {name: ids.pop() for name, ids in chosen.items() if len(ids) == 1}

    def lesson(self, event: Mapping[str, Any]) -> Lesson | None:
        """Give the decision about the same words in the same context, if there is one."""
        return self._lessons.get(_key(event)) if self._lessons else None

    def applied(self, event: Mapping[str, Any], placed: Placed) -> Placed:
        """Place an incident as decided before; without such a decision, or where nobody could tell, leave it.

        It is `auto`, not `confirmed`: nobody has looked at this incident. A rejected place is not found again.
        """
        lesson = self.lesson(event)
        if lesson is None:
            return placed
        decision = lesson.decision
        mentions = [dict(mention) for mention in placed.mentions]
        here = {**event, **placed.fields, "places": mentions}
        if decision.spot is not None or decision.rejected:
            fields, marked = decide_place(here, decision, {"reason": lesson.why})
            fields["geo_status"] = "unresolved" if decision.rejected else "auto"
            return placed._replace(fields={**placed.fields, **fields}, mentions=tuple(marked), asked=True)
        known = [c for c in decision.choices if c.place_id and c.text in {m["text"] for m in mentions}]
        if not known:
            return placed
        _fields, marked = decide_place(here, replace(decision, choices=tuple(known)), {"reason": lesson.why})
        fields = chosen_fields(here, marked, status="auto")
        return placed._replace(fields={**placed.fields, **fields}, mentions=tuple(marked), asked=True)


def _key(event: Mapping[str, Any]) -> tuple[str, ...]:
    from geo.normalize import fold

    names = ("place_text", "reported_admin2", "reported_admin1", "reported_country")
    return tuple(fold(event.get(name) or "") for name in names)


def _decision(said: Mapping[str, Any]) -> PlaceDecision:
    spot = said.get("spot")
    choices = tuple(Choice(c["text"], c["place_id"], c["candidate"]) for c in said.get("choices", ()))
    return PlaceDecision(
        {}, choices, spot=Spot(**spot) if spot else None, rejected=bool(said.get("rejected"))
    )
