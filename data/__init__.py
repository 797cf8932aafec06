"""Incidents: schema, records, event table, filters, import, export.

>>> import data
>>> store = data.open_store()                                               # doctest: +SKIP
>>> store.events.frame(data.Filters(types=("detention_capture",)))          # doctest: +SKIP
"""

from data.errors import DataError, FileProblem, InputError, StoreProblem
from data.filters import Filters
from data.importing.importer import Options, Summary
from data.publication import Audience, is_public
from data.store import Store, open_store
from data.table.event_table import Counts, EventTable, Extent

__all__ = [
    "Audience",
    "Counts",
    "DataError",
    "EventTable",
    "Extent",
    "FileProblem",
    "Filters",
    "InputError",
    "Options",
    "Store",
    "StoreProblem",
    "Summary",
    "is_public",
    "open_store",
]
