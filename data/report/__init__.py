"""From a report to draft incidents: read a document, find what it tells, propose it with the words it was read from.

>>> from data.report import extract, read
>>> article = read("Shelling killed two people in Kherson on 3 March 2023.")
>>> extract(article, gazetteer)[0].fields["event_subtype"]                  # doctest: +SKIP
'shelling_artillery_missile'
"""

from data.report.extract import extract
from data.report.model import Actor, Article, Draft, Said, Span
from data.report.reading import FetchPolicy, fetching_allowed, read, read_all

__all__ = [
    "Actor",
    "Article",
    "Draft",
    "FetchPolicy",
    "Said",
    "Span",
    "extract",
    "fetching_allowed",
    "read",
    "read_all",
]
