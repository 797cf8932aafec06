"""`python -m geo resolve`: documents from a file into a file."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import BinaryIO

import click

from geo.batch import to_json
from geo.documents.lines import answer_lines
from geo.documents.model import Priors
from geo.gazetteer import open_gazetteer

FAILED_ROWS = 1


def answer_file(source: str, target: str, priors: Priors, limit: int) -> None:
    """Answer a file of documents; end with 1 when some of it could not be read."""
    answer = partial(open_gazetteer().resolve_document, priors=priors, limit=limit)
    failed = 0
    with ExitStack() as stack:
        lines: BinaryIO = sys.stdin.buffer if source == "-" else stack.enter_context(Path(source).open("rb"))
        output: BinaryIO = (
            sys.stdout.buffer if target == "-" else stack.enter_context(Path(target).open("wb"))
        )
        for row in answer_lines(lines, answer):
            failed += "error" in row
            output.write(to_json(row).encode("utf-8") + b"\n")
        output.flush()
    if failed:
        click.echo(f"geo: {failed:,} line(s) or mention(s) could not be read; see their “error”", err=True)
        sys.exit(FAILED_ROWS)
