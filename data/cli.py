"""`python -m data`: import, count, export, history, undo."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from data import terminal
from data.decisions.log import login
from data.errors import DataError, InputError
from data.export import FORMATS, to_bytes, to_file
from data.fetching.cli import fetch
from data.filters import WORDS, Filters
from data.importing.importer import Summary
from data.importing.options import Options
from data.importing.plan import Plan
from data.publication import Audience
from data.readers import FORMATS as READ
from data.records import transfer
from data.report.cli import report
from data.store import Store, open_store

Command = TypeVar("Command", bound=Callable[..., Any])
SAID = 5
"""So many rejected rows are said one by one."""


class _Group(click.Group):
    """Turns every foreseen error into one line and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        from geo.errors import GeoError

        try:
            return super().invoke(ctx)
        except (DataError, GeoError) as error:
            click.echo(f"error: {error}", err=True)
            ctx.exit(2)
        except OSError as error:
            click.echo(f"error: {error.filename or 'file'}: {error.strerror}", err=True)
            ctx.exit(2)


@click.group(cls=_Group)
def main() -> None:
    """Incidents: import, count, export. Exit code 0 done, 1 some rows failed, 2 bad call."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _filtered(command: Command) -> Command:
    """Give a command the options of `Filters`."""

    @wraps(command)
    def run(**options: Any) -> Any:
        given = {word: list(options.pop(word)) for word in WORDS}
        for field, value in _mapping(options.pop("where"), "--where", "field=value").items():
            given.setdefault(field, []).append(value)
        return command(filters=Filters.from_query({k: v for k, v in given.items() if v}), **options)

    made: Any = click.option(
        "--where", multiple=True, metavar="FIELD=VALUE", help="Value of any other field; may be repeated."
    )(run)
    for word, takes in reversed(WORDS.items()):
        made = click.option(f"--{word}", multiple=True, help=takes)(made)
    return made  # type: ignore[no-any-return]


_store_option = click.option(
    "--store", "url", help="Address of the records; default DATELINE_STORE or the home folder."
)


@main.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "file_format", type=click.Choice(READ), help="Found out when not given.")
@click.option("--map", "columns", multiple=True, metavar="FIELD=COLUMN", help="Which column gives a field.")
@click.option("--country", help="Country of rows that name none: a code or a name.")
@click.option(
    "--dates", type=click.Choice(["dmy", "mdy"]), help="Order of day and month in dates like 05/06/2023."
)
@click.option(
    "--no-geocode", is_flag=True, help="Keep places as words only; coordinates in the file still count."
)
@click.option(
    "--fresh",
    is_flag=True,
    help="Find the columns out anew instead of as chosen for an earlier file like it.",
)
@click.option("--dry-run", is_flag=True, help="Say what would happen and save nothing.")
@_store_option
def import_(
    files: tuple[str, ...],
    file_format: str | None,
    columns: tuple[str, ...],
    country: str | None,
    dates: Any,
    no_geocode: bool,
    fresh: bool,
    dry_run: bool,
    url: str | None,
) -> None:
    """Take in tables of incidents; '-' reads standard input. The last line printed is a JSON summary."""
    options = Options(
        _mapping(columns, "--map", "field=column") or None, country, dates, file_format, remembered=not fresh
    )
    gazetteer = None
    if not no_geocode:
        from geo import open_gazetteer

        gazetteer = open_gazetteer()
    with open_store(url, gazetteer=gazetteer, sample=False) as store:
        if dry_run:
            planned = [_plan_one(store, name, options, not no_geocode) for name in files]
        else:
            done = [_import_one(store, name, options, not no_geocode) for name in files]
    if dry_run:
        for counts in planned:
            click.echo(json.dumps(counts, ensure_ascii=False))
        if any(counts["rejected"] for counts in planned):
            click.get_current_context().exit(1)
        return
    click.echo(json.dumps(_together(files, done), ensure_ascii=False))
    if any(summary.rejected for summary in done):
        click.get_current_context().exit(1)


def _mapping(entries: tuple[str, ...], option: str, form: str) -> dict[str, str]:
    mapping = {}
    for entry in entries:
        field, equals, column = entry.partition("=")
        if not equals or not field or not column:
            raise InputError(column=option, value=entry, problem="is incomplete", expected=f"write {form}")
        mapping[field.strip()] = column.strip()
    return mapping


def _import_one(store: Store, name: str, options: Options, geocode: bool) -> Summary:
    with _planned(store, name, options, geocode) as plan:
        summary = store.commit_plan(plan, progress=terminal.progress(name), rejects_beside=name != "-")
    if summary.rejects_file:
        click.echo(
            f"{name}: correct the rejected rows in {summary.rejects_file} and import that file", err=True
        )
    return summary


def _plan_one(store: Store, name: str, options: Options, geocode: bool) -> dict[str, Any]:
    with _planned(store, name, options, geocode) as plan:
        counts = plan.counts
        click.echo(f"{name}: {counts.sentence()}; nothing was saved", err=True)
        return {"file": name, "format": plan.table.kind, **asdict(counts)}


@contextmanager
def _planned(store: Store, name: str, options: Options, geocode: bool) -> Iterator[Plan]:
    """Read a file and say what is odd about it."""
    with (
        _as_file(name) as path,
        store.plan_import(path, options, geocode=geocode, progress=terminal.progress(name)) as plan,
    ):
        if plan.remembered:
            click.echo(
                f"{name}: columns as chosen for {plan.remembered.file_name} on {plan.remembered.at:%Y-%m-%d}; "
                "--fresh finds them out anew",
                err=True,
            )
        for warning in plan.warnings:
            click.echo(f"{name}: warning: {warning}", err=True)
        for reject in plan.rejected[:SAID]:
            click.echo(f"{name}: {reject}", err=True)
        if plan.put_aside > SAID:
            click.echo(f"{name}: ... and {plan.put_aside - SAID:,} rows more", err=True)
        yield plan


@contextmanager
def _as_file(name: str) -> Any:
    """Give a path; standard input is first written to a temporary file."""
    if name != "-":
        yield Path(name)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stdin.csv"
        path.write_bytes(sys.stdin.buffer.read())
        yield path


def _together(files: tuple[str, ...], done: list[Summary]) -> dict[str, Any]:
    if len(done) == 1:
        return done[0].to_dict()
    total: dict[str, Any] = done[-1].to_dict()
    for name, value in total.items():
        if isinstance(value, int):
            total[name] = sum(getattr(summary, name) for summary in done)
    total["files"] = [{"file": f, **summary.to_dict()} for f, summary in zip(files, done, strict=True)]
    return total


def _warn(text: str) -> None:
    click.echo(f"the sample is not loaded: {text}", err=True)


@main.command()
@_filtered
@click.option("--public", is_flag=True, help="Only what the publication rule allows.")
@_store_option
def count(filters: Filters, public: bool, url: str | None) -> None:
    """Count incidents: a sentence on stderr, JSON on stdout."""
    with open_store(url, warn=_warn) as store:
        counts = store.events.counts(filters, audience="public" if public else "analyst")
    click.echo(filters.sentence(counts), err=True)
    click.echo(json.dumps(asdict(counts)))


@main.command()
@click.argument("out", metavar="OUT.{csv,geojson,xlsx,kml,gpkg,parquet}")
@_filtered
@click.option(
    "--format", "kind", type=click.Choice(list(FORMATS)), help="Follows from the name when not given."
)
@click.option("--public", is_flag=True, help="Only what the publication rule allows.")
@click.option("--bom", is_flag=True, help="Begin with a byte order mark, which some spreadsheets need.")
@click.option(
    "--hxl", is_flag=True, help="Put a row of HXL hashtags below the names of the columns (csv, xlsx)."
)
@_store_option
def export(
    filters: Filters, out: str, kind: str | None, public: bool, bom: bool, hxl: bool, url: str | None
) -> None:
    """Write the incidents chosen by filters into a file; '-' is standard output."""
    audience: Audience = "public" if public else "analyst"
    with open_store(url, warn=_warn) as store:
        if out == "-":
            made = to_bytes(store, filters, kind or "csv", audience=audience, bom=bom, hxl=hxl)
            sys.stdout.buffer.write(made)
            return
        done = to_file(store, filters, Path(out), kind, audience=audience, bom=bom, hxl=hxl)
    click.echo(done.sentence, err=True)
    click.echo(json.dumps({"rows": done.rows, "file": out, "data_version": done.version}))


@main.command()
@click.option("--event", "event_id", metavar="ID", help="Only what changed this incident.")
@_store_option
def history(event_id: str | None, url: str | None) -> None:
    """List decisions, imports and undoings, latest first, one JSON line each."""
    with open_store(url, sample=False) as store:
        for row in store.history(event_id):
            click.echo(json.dumps(row, ensure_ascii=False))


@main.command()
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT.parquet")
@_store_option
def table(out: Path, url: str | None) -> None:
    """Write the whole event table, for an engine named by DATELINE_TABLE to load; it holds what is not public too."""
    with open_store(url, sample=False) as store:
        click.echo(json.dumps({"rows": store.events.to_parquet(out), "file": str(out)}))


@main.command()
@click.argument("from_url")
@click.argument("to_url")
def copy(from_url: str, to_url: str) -> None:
    """Move a store to another database: all tables, counted and hashed on both sides, or nothing."""
    moved = transfer.copy(from_url, to_url, terminal.progress("copy"))
    for table in moved:
        click.echo(
            f"{table.table}: {table.rows:,} rows, sha256 {table.sha256[:16]}, equal on both sides", err=True
        )
    click.echo(json.dumps([asdict(table) for table in moved]))


@main.command()
@click.argument("decision_id", metavar="DECISION_ID")
@click.option("--reason", help="Why; kept in the history.")
@click.option(
    "--user", envvar="DATELINE_USER", default=login, help="Who; default DATELINE_USER or the login name."
)
@click.option("--with-later", is_flag=True, help="First undo the later decisions that rest on it.")
@_store_option
def undo(decision_id: str, reason: str | None, user: str, with_later: bool, url: str | None) -> None:
    """Undo a decision or a whole import; the undoing is recorded too. `history` lists the ids."""
    with open_store(url, sample=False) as store:
        done = store.undo(decision_id, user=user, reason=reason, with_later=with_later)
        (row,) = (r for r in store.history(limit=1) if r["decision_id"] == done)
    click.echo(json.dumps(row, ensure_ascii=False))


@main.command()
@click.option("--undo", "undoing", is_flag=True, help="Also undo everything on a copy: nothing may be left.")
@_store_option
def verify(undoing: bool, url: str | None) -> None:
    """Prove that the log explains the records: incidents that are otherwise, one JSON line each; 1 if there are any."""
    from data.decisions import verify as proof

    with open_store(url, sample=False) as store:
        found = list(proof.differences(store.engine, terminal.progress("verify")))
        incidents = store.events.counts(audience="analyst").matching
        left = proof.undone_leaves(store.url, terminal.progress("verify")) if undoing else []
    for difference in found:
        click.echo(json.dumps(asdict(difference), ensure_ascii=False))
    for line in left:
        click.echo(line, err=True)
    summary = {"incidents": incidents, "different": len({d.event_id for d in found})}
    click.echo(json.dumps(summary | ({"left": left} if undoing else {}), ensure_ascii=False))
    if found or left:
        click.get_current_context().exit(1)


main.add_command(report)
main.add_command(fetch)
