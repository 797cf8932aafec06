"""`python -m data fetch`."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from data.fetching import SOURCES
from data.fetching.question import Question
from data.fetching.run import fetch as fetch_all

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("source", type=click.Choice(list(SOURCES)))
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT.csv")
@click.option("--country", help="acled: a code or name, like UA; ucdp: its own number, 369 for Ukraine.")
@click.option("--since", type=_DAY, help="First day.")
@click.option("--until", type=_DAY, help="Last day.")
@click.option("--release", help="ucdp: which release, 26.1 when left out.")
def fetch(
    source: str,
    out: Path,
    country: str | None,
    since: datetime | None,
    until: datetime | None,
    release: str | None,
) -> None:
    """Fetch events from ACLED or UCDP into a table for `import`.

    Accounts are read from DATELINE_ACLED_EMAIL and DATELINE_ACLED_PASSWORD, or DATELINE_UCDP_TOKEN. After a break the
    same command goes on where it broke. The rows are for your own use under the terms of their owner.
    """
    first, last = (moment.date() if moment else None for moment in (since, until))
    question = Question(country, first, last, release)
    rows = fetch_all(SOURCES[source], question, out, lambda step: click.echo(str(step), err=True))
    click.echo(json.dumps({"rows": rows, "file": str(out)}))
