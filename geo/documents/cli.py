"""`python -m geo resolve` and `parse`: documents from a file into a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import click

from geo.batch import to_json
from geo.documents.lines import answer_lines, parse_lines
from geo.gazetteer import open_gazetteer
from geo.priors import Priors

FAILED_ROWS = 1


def answer_file(source: str, target: str, priors: Priors, limit: int) -> None:
    """Answer the marked names of a file of documents; end with 1 when some of it could not be read."""
    answer = partial(open_gazetteer().resolve_document, priors=priors, limit=limit)
    _write(source, target, partial(answer_lines, answer=answer))


def parse_file(source: str, target: str, priors: Priors, limit: int) -> None:
    """Find and answer the place names of a file of documents; end with 1 when some of it could not be read."""
    parse = partial(open_gazetteer().parse_document, priors=priors, limit=limit)
    _write(source, target, partial(parse_lines, parse=parse))


def _write(source: str, target: str, rows_of: Callable[[BinaryIO], Iterable[dict[str, Any]]]) -> None:
    failed = 0
    with ExitStack() as stack:
        lines: BinaryIO = sys.stdin.buffer if source == "-" else stack.enter_context(Path(source).open("rb"))
        output: BinaryIO = (
            sys.stdout.buffer if target == "-" else stack.enter_context(Path(target).open("wb"))
        )
        for row in rows_of(lines):
            failed += "error" in row
            output.write(to_json(row).encode("utf-8") + b"\n")
        output.flush()
    if failed:
        click.echo(f"geo: {failed:,} line(s) or mention(s) could not be read; see their “error”", err=True)
        sys.exit(FAILED_ROWS)
