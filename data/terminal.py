"""Progress as one line of a terminal."""

from __future__ import annotations

import sys

import click

from data.progress import Progress, Step, silent

AT_LEAST_S = 0.5
"""What is done sooner needs no progress."""
SELDOM = 10_000
"""Where nobody watches, a line for so many rows."""


def progress(name: str) -> Progress:
    """Tell how far a file is: on a terminal in one line that changes, elsewhere now and then."""
    if not sys.stderr.isatty():
        return lambda step: (
            click.echo(f"{name}: {step}", err=True) if step.done and step.done % SELDOM == 0 else None
        )
    return lambda step: _one_line(f"{name}: {step}", step)


def of_report(name: str) -> Progress:
    """Tell how far the reading of one report is, on a terminal, and only once it takes its time."""
    if not sys.stderr.isatty():
        return silent
    return lambda step: _one_line(f"{name}: {step}", step) if step.seconds >= AT_LEAST_S else None


def _one_line(text: str, step: Step) -> None:
    click.echo(f"\r{text}\033[K", nl=step.done == step.total, err=True)
