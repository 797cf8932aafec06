"""Rows that were taken although a name is not known or a character means nothing: said, with what to do."""

from __future__ import annotations

from data.importing.prepared import Prepared
from data.placing import country_code

MOST_SAID = 20


class UnknownNames:
    """Collects the rows whose place or country is not known, and damaged ones."""

    def __init__(self, *, looked_up: bool) -> None:
        self._looked_up = looked_up
        self._said: list[str] = []
        self._count = 0

    def note(self, row: int, prepared: Prepared) -> None:
        """Look at one row that is taken in; one whose place is known from before is not said again."""
        if not self._looked_up or prepared.place is None:
            return
        event = prepared.event
        country = event.get("reported_country")
        if country and country_code(event) is None:
            self._say(
                f"row {row}, country: {country!r} is not a country known here; give its name or ISO code"
            )
        if prepared.place.fields["geo_status"] == "unresolved" and event.get("place_text"):
            self._say(
                f"row {row}, place: {event['place_text']!r} is not known; taken without a position; give coordinates, "
                "a country or a region, or add a country's places with `python -m geo install CC`"
            )

    def empty(self) -> UnknownNames:
        """Make another one with nothing in it."""
        return UnknownNames(looked_up=self._looked_up)

    def __iadd__(self, other: UnknownNames) -> UnknownNames:
        self._said += other._said[: MOST_SAID - len(self._said)]
        self._count += other._count
        return self

    def note_nul(self, row: int) -> None:
        """Say that a row was damaged."""
        self._say(f"row {row}: NUL characters, which stand for nothing, were left out; is the file damaged?")

    def _say(self, text: str) -> None:
        self._count += 1
        if len(self._said) < MOST_SAID:
            self._said.append(text)

    def warnings(self) -> tuple[str, ...]:
        """Return the first sentences, and how many more there would be."""
        rest = self._count - len(self._said)
        return (*self._said, *([f"... and {rest:,} more rows in doubt"] if rest else []))
