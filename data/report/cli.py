"""`python -m data report`: one article in, its draft incidents out."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from data import schema, terminal
from data.decisions.log import login
from data.errors import InputError
from data.report.extract import extract
from data.report.model import Article, Draft
from data.report.reading import read_all
from data.store import open_store

_INDENT = "    "


@click.command()
@click.argument("source", metavar="FILE|URL|-")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each article.")
@click.option("--save", is_flag=True, help="Save the incidents as drafts.")
@click.option(
    "--published", metavar="YYYY-MM-DD", help="Day of publication, where the document does not say it."
)
@click.option("--publisher", default="", help="Who published it, where the document does not say it.")
@click.option("--url", help="Where it was published (for a file or standard input).")
@click.option("--archive-url", help="Where an archive keeps a copy of it.")
@click.option(
    "--background/--no-background", default=True, help="Whether to list what only explains the news."
)
@click.option(
    "--user",
    envvar="DATELINE_USER",
    default=login,
    help="Who saves; default DATELINE_USER or the login name.",
)
@click.option(
    "--store", "store_url", help="Address of the records; default DATELINE_STORE or the home folder."
)
def report(
    source: str,
    as_json: bool,
    save: bool,
    published: str | None,
    publisher: str,
    url: str | None,
    archive_url: str | None,
    background: bool,
    user: str,
    store_url: str | None,
) -> None:
    """Find the incidents that one report tells: a text, web page, PDF, Word file, e-mail, address or feed.

    Nothing is stored without --save, which keeps them as drafts. A feed gives one article for each entry.
    """
    from geo import open_gazetteer

    given: str | Path | bytes
    if source == "-":
        given, name = sys.stdin.buffer.read(), "standard input"
    elif source.lower().startswith(("http://", "https://")):
        given, name = source, None
    else:
        given, name = Path(source), None
    articles = read_all(
        given,
        name,
        published_at=_day(published),
        publisher=publisher,
        url=_address("--url", url),
        archive_url=_address("--archive-url", archive_url),
    )
    gazetteer = open_gazetteer()
    store = open_store(store_url, sample=False) if save else None
    try:
        taught = store.taught() if store else None
        for article in articles:
            found = extract(article, gazetteer, taught, terminal.of_report(article.name))
            drafts = [draft for draft in found if background or not draft.background]
            ids = store.save_drafts(article, drafts, user=user).ids if store else ()
            if as_json:
                click.echo(json.dumps(_answer(article, drafts, ids), ensure_ascii=False))
            else:
                click.echo(in_words(article, drafts, ids))
    finally:
        if store:
            store.close()


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError(
            column="--published", value=text, problem="is not a day", expected="write it as 2025-04-08"
        ) from None


def _address(option: str, text: str | None) -> str | None:
    if text and not text.startswith(("http://", "https://")):
        raise InputError(
            column=option, value=text, problem="is not a web address", expected="begin with https://"
        )
    return text


def _answer(article: Article, drafts: Sequence[Draft], ids: Sequence[str]) -> dict[str, Any]:
    incidents = [draft.to_dict() for draft in drafts]
    for incident, event_id in zip(incidents, ids, strict=False):
        incident["event_id"] = event_id
    return {"report": article.to_dict(), "incidents": incidents}


def in_words(article: Article, drafts: Sequence[Draft], ids: Sequence[str] = ()) -> str:
    """Put an article's drafts into lines for a person."""
    published = f", published {article.published_at}" if article.published_at else ""
    if article.published_from:
        published += f" by its own words “{article.cut(article.published_from)}”"
    lines = [
        f"{article.title or article.name} ({len(article.text):,} characters, {article.language}{published})"
    ]
    lines += [f"note: {warning}" for warning in article.warnings]
    if not drafts:
        lines.append("no incident was found: nothing in the text tells of one in words that are known here")
    for number, draft in enumerate(drafts, start=1):
        lines += ["", f"{number}. {draft.fields['title']}" + ("   [background]" if draft.background else "")]
        lines += [f"{_INDENT}{label + ':':11}{value}" for label, value in _rows(draft) if value]
        lines += [
            f"{_INDENT}{'told in:' if i == 0 else '':11}“{_short(article.cut(s))}”"
            for i, s in enumerate(draft.sentences)
        ]
        lines += [f"{_INDENT}note:      {note}" for note in draft.notes]
        if number <= len(ids):
            lines.append(f"{_INDENT}saved as:  {ids[number - 1]}")
    return "\n".join(lines) + "\n"


def _rows(draft: Draft) -> list[tuple[str, str]]:
    fields = draft.fields
    return [
        (
            "what",
            _label(fields, "event_type") + "; " + _label(fields, "modality").lower(),
        ),
        ("when", _period(fields)),
        ("where", _place(draft)),
        ("people", _counted(fields)),
        ("parties", "; ".join(f"{actor.name} ({actor.role})" for actor in draft.actors)),
        ("said by", "; ".join(f"{said.name} ({said.kind})" for said in draft.said_by)),
        (
            "care",
            "people to protect: no names, no details that identify"
            if fields.get("protected_persons")
            else "",
        ),
    ]


def _label(fields: Mapping[str, Any], name: str) -> str:
    return schema.label(name, fields.get(name))


def _period(fields: Mapping[str, Any]) -> str:
    start, end = fields.get("date_start"), fields.get("date_end")
    if start is None:
        return "not known"
    basis = schema.label("date_basis", fields.get("date_basis")).lower()
    days = f"{start}" if start == end else f"{start} to {end}"
    return f"{days} ({schema.label('date_precision', fields['date_precision']).lower()}, {basis})"


def _place(draft: Draft) -> str:
    fields = draft.fields
    status = schema.label("geo_status", fields["geo_status"]).lower()
    precision = schema.label("geo_precision", fields["geo_precision"]).lower()
    doubt = [
        f"{place['text']}: "
        + ", ".join(
            f"{c['name']}, {c['admin1'] or c['country'] or ''} {c['probability']:.0%}"
            for c in place["candidates"][:3]
        )
        for place in draft.places
        if place["role"] == "event" and place["candidates"] and fields["geo_status"] != "auto"
    ]
    return f"{fields['place_text']} ({precision}, {status})" + ("; " + "; ".join(doubt) if doubt else "")


def _counted(fields: Mapping[str, Any]) -> str:
    parts = []
    for category in schema.PEOPLE:
        low, best, high = (fields.get(f"{category}_{name}") for name in ("min", "best", "max"))
        if low is None and best is None and high is None:
            continue
        exact = low == best == high
        bounds = (
            f"{best}"
            if exact
            else f"{'?' if low is None else low} / {'?' if best is None else best} / {'?' if high is None else high}"
        )
        parts.append(f"{category} {bounds}")
    return ", ".join(parts) + (" (low / best / high)" if any("/" in part for part in parts) else "")


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 160 else words[:159].rsplit(" ", 1)[0] + "…"
