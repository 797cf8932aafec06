"""Incidents: schema, records, event table, filters, import, export.

>>> import data
>>> store = data.open_store()                                               # doctest: +SKIP
>>> store.events.frame(data.Filters(types=("detention_capture",)))          # doctest: +SKIP
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from data.errors import (
    Cancelled,
    DataError,
    DecisionRefused,
    FileProblem,
    InputError,
    StaleDecision,
    StoreProblem,
    Undecided,
)
from data.filters import Filters
from data.progress import Step
from data.publication import Audience, is_public
from data.store import Store, open_store
from data.table.event_table import Counts, EventTable, Extent

if TYPE_CHECKING:
    from data.importing.importer import Summary
    from data.importing.options import Options
    from data.importing.plan import Plan

__all__ = [
    "Audience",
    "Cancelled",
    "Counts",
    "DataError",
    "DecisionRefused",
    "EventTable",
    "Extent",
    "FileProblem",
    "Filters",
    "InputError",
    "Options",
    "Plan",
    "StaleDecision",
    "Step",
    "Store",
    "StoreProblem",
    "Summary",
    "Undecided",
    "is_public",
    "open_store",
]

_LATER = {
    "Options": "data.importing.options",
    "Plan": "data.importing.plan",
    "Summary": "data.importing.importer",
}
"""What only an import needs: readers of many formats, which would make up a third of every start."""


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATER[name]), name)
