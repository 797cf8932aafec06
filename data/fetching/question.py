"""What to fetch."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date

from data.errors import DataError

Params = dict[str, str]
"""Parameters of one request."""


@dataclass(frozen=True)
class Question:
    """Events of a country within a period, both as the source counts them."""

    country: str | None = None
    since: date | None = None
    until: date | None = None
    release: str | None = None
    """Which edition of a data set that has several."""


class FetchProblem(DataError):
    """A source does not answer as it should; what was fetched before is kept and the next run goes on from there."""


def secret(name: str, where: str) -> str:
    """Read a name or key from the environment; raise `FetchProblem` that says where to get one."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise FetchProblem(f"{name} is not set; get an account at {where} and set it in the environment")
    return value
