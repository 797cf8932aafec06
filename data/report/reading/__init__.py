"""A document in, its article out: pasted text, files of the usual kinds, addresses, feeds."""

from data.report.reading.fetch import FetchPolicy, fetching_allowed
from data.report.reading.read import read, read_all

__all__ = ["FetchPolicy", "fetching_allowed", "read", "read_all"]
