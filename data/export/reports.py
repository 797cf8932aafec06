"""The reports of an incident as columns beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

COLUMNS = {
    "publisher": "publisher",
    "url": "url",
    "archive_url": "archive_url",
    "published_at": "published_at",
    "source_title": "title",
    "language": "language",
    "reliability": "reliability",
    "source_credibility": "credibility",
    "quote": "quote",
    "licence": "licence",
    "independent_of": "independent_of",
    "retrieved_at": "retrieved_at",
    "text_sha256": "text_sha256",
}
"""Column -> field of a report; the second report's columns end in `_2`, and so on."""


def shown(report: Mapping[str, Any]) -> dict[str, Any]:
    """Give a report's public fields; the report it repeats is named by its number within the incident."""
    row = {field: report.get(field) for field in COLUMNS.values()}
    if report.get("event_id"):
        row["independent_of"] = within(row["independent_of"], report["event_id"])
    return row


def within(origin: str | None, event_id: str) -> str | None:
    """Name the origin of a report by its number where it is another report of the same incident."""
    return origin.removeprefix(f"{event_id}:r") if origin else origin
