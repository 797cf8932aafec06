"""What can go wrong, said so that a person can mend it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class DataError(Exception):
    """Anything this package refuses to do; its text is one line for the user."""


class InputError(DataError):
    """A value given from outside (a cell, a parameter) is not acceptable.

    Raised per row by the importer (the row is put aside, the run goes on) and by `Filters.from_query`
    (the request is answered with 400). The text says what happened, where, and what to do.
    """

    def __init__(
        self, *, column: str, value: object, expected: str, row: int | None = None, problem: str | None = None
    ) -> None:
        self.row = row
        self.column = column
        self.value = value
        self.expected = expected
        self.problem = problem or "is not valid"
        super().__init__(self.__str__())

    def __str__(self) -> str:
        where = f"row {self.row}, {self.column}" if self.row is not None else self.column
        shown = str(self.value)
        shown = shown if len(shown) <= 80 else shown[:77] + "..."
        return f"{where}: {shown!r} {self.problem}; {self.expected}"

    @property
    def reason(self) -> str:
        """The problem and what to do, without the place."""
        return f"{self.problem}; {self.expected}"


class FileProblem(DataError):
    """A file cannot be read as a table at all (empty, binary, no header, cut off); nothing was changed."""


class Undecided(FileProblem):
    """A file can be read in more than one way; `choices` says which, in words, and the options that choose it."""

    def __init__(self, text: str, choices: Mapping[str, Mapping[str, Any]]) -> None:
        super().__init__(text)
        self.choices = choices


class Cancelled(DataError):
    """A person stopped the work; nothing was changed."""


class StoreProblem(DataError):
    """The records cannot be opened or written (broken file, newer schema, locked); nothing was changed."""


class DecisionRefused(DataError):
    """A decision, or the undoing of one, cannot be done as things stand; nothing was changed."""


class StaleDecision(DecisionRefused):
    """Somebody changed the incident after it was shown; the text says who and what."""
