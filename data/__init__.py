"""Incidents: schema, records, event table, filters, import, export.

>>> import data
>>> store = data.open_store()                                               # doctest: +SKIP
>>> store.events.frame(data.Filters(types=("detention_capture",)))          # doctest: +SKIP
"""

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
from data.importing.importer import Summary
from data.importing.options import Options
from data.importing.plan import Plan
from data.progress import Step
from data.publication import Audience, is_public
from data.store import Store, open_store
from data.table.event_table import Counts, EventTable, Extent

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
