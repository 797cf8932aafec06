"""What the commands share: progress on stderr, exit statuses, errors as one line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from geo.errors import GeoError

FAILED_ROWS, BAD_CALL = 1, 2


def progress(message: str) -> None:
    """Say what is under way."""
    click.echo(message, err=True)


def plain_errors(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn errors into one line and exit status 2."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except GeoError as error:
            click.echo(f"geo: {error}", err=True)
            sys.exit(BAD_CALL)
        except OSError as error:
            where = f" {error.filename}" if error.filename else ""
            click.echo(f"geo: {error.strerror or error}{where}", err=True)
            sys.exit(BAD_CALL)

    return run
