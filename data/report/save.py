"""Drafts into the records: incidents with status `draft`, each with its report and its place mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Engine, insert

from data import schema
from data.decisions import log
from data.importing.rules import check_values
from data.records import dialects, read, tables, write
from data.report.model import Article, Draft, Span
from data.sources import independent_count
from data.textscan import scan

UNKNOWN_PUBLISHER = "publisher not stated"


@dataclass(frozen=True)
class Saved:
    """What saving the drafts of one article did."""

    ids: tuple[str, ...]
    """Id of every draft, in their order."""
    new: int
    """So many of them were not there before."""
    import_id: str | None
    """The import that the new ones count as, for undoing; None when all were there already."""


def save_drafts(engine: Engine, article: Article, drafts: Sequence[Draft], user: str) -> Saved:
    """Save the drafts of one article, all or none, and give their ids in order.

    An id follows from the text and the words that tell the incident: saving the same again changes nothing. It counts
    as one import, which can be undone. Raise `InputError` when a field was set to what no incident may say.
    """
    user = log.who(user)
    rows = [_event(article, draft) for draft in drafts]
    for row in rows:
        check_values(row)
    ids = tuple(row["event_id"] for row in rows)
    with dialects.writing(engine) as connection:
        known = read.fingerprints(connection, list(ids))
        fresh = {
            row["event_id"]: (row, draft)
            for row, draft in zip(rows, drafts, strict=True)
            if row["event_id"] not in known
        }
        made = _write(connection, article, list(fresh.values()), len(drafts), user) if fresh else None
    return Saved(ids, len(fresh), made)


def _write(
    connection: Connection,
    article: Article,
    fresh: Sequence[tuple[dict[str, Any], Draft]],
    total: int,
    user: str,
) -> str:
    seq, moment = write.next_seq(connection), write.now()
    import_id = f"{moment:%Y%m%dT%H%M%S}-{article.sha256[:8]}-{seq}"
    done = {
        "read": total,
        "imported": len(fresh),
        "updated": 0,
        "unchanged": total - len(fresh),
        "rejected": 0,
    }
    connection.execute(
        insert(tables.imports),
        {
            "import_id": import_id,
            "file_name": article.name,
            "file_sha256": article.sha256,
            "options": {"format": "report", "url": article.url},
            "at": moment,
            "seq": seq,
            **done,
        },
    )
    reports, places = [], []
    for row, draft in fresh:
        row |= {"import_id": import_id, "seq": seq, "created_at": moment, "updated_at": moment, "version": 1}
        row["content_hash"] = write.content_hash(row)
        reports.append(_report(article, draft, row["event_id"]))
        places += _places(draft, row)
    connection.execute(insert(tables.events), [row for row, _ in fresh])
    connection.execute(insert(tables.reports), reports)
    if places:
        connection.execute(insert(tables.places), places)
    made = [{"seq": seq, "event_id": row["event_id"], "before": None, "after": None} for row, _ in fresh]
    log.append(
        connection,
        seq,
        made,
        decision_id=f"import:{import_id}",
        kind="import",
        what=import_id,
        after={"file": article.name, **done},
        user=user,
        changed=len(fresh),
    )
    return import_id


def event_id(article: Article, draft: Draft) -> str:
    """Give the id of a draft: the same for the same words of the same text."""
    told = draft.spans.get("event_type", Span(0, 0)).to_dict()
    return f"r-{article.sha256[:12]}-{write.digest([told, [s.to_dict() for s in draft.sentences]], 8)}"


def _event(article: Article, draft: Draft) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(schema.fields("events"))
    row |= {name: value for name, value in draft.fields.items() if name in row}
    name = event_id(article, draft)
    report = _report(article, draft, name)
    row |= {
        "event_id": name,
        "source_hash": write.digest([article.sha256, name]),
        "sources": report["publisher"],
        "source_count": independent_count([report], name),
        "source_url": report["url"],
    }
    return row


def _report(article: Article, draft: Draft, of: str) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(schema.fields("reports"))
    url = article.url if article.url and article.url.startswith(("http://", "https://")) else None
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    rests_on = next((said.name for said in draft.said_by if said.kind == "media"), None)
    return row | {
        "report_id": f"{of}:r1",
        "event_id": of,
        "position": 1,
        "url": url,
        "archive_url": article.archive_url,
        "publisher": article.publisher or host or UNKNOWN_PUBLISHER,
        "title": article.title if article.title and not scan(article.title) else None,
        "language": article.language,
        "published_at": article.published_at,
        "retrieved_at": article.retrieved_at,
        "text_sha256": article.sha256,
        "quote": draft.quote,
        "independent_of": rests_on,
    }


def _places(draft: Draft, event: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the place mentions; their spans count characters of the place text, where they lie in it."""
    start = draft.spans["place_text"].start if "place_text" in draft.spans else None
    length = len(event["place_text"])
    rows = []
    for number, mention in enumerate(draft.places, start=1):
        row: dict[str, Any] = dict.fromkeys(schema.fields("places"))
        row |= {name: value for name, value in mention.items() if name in row}
        begin = mention["start"] - start if start is not None and mention["start"] is not None else -1
        end = begin + len(mention["text"])
        inside = begin >= 0 and end <= length
        row |= {
            "mention_id": f"{event['event_id']}:p{number}",
            "event_id": event["event_id"],
            "start": begin if inside else None,
            "end": end if inside else None,
        }
        rows.append(row)
    return rows
