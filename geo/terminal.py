"""What the commands share: options, progress on stderr, exit statuses, errors as one line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from geo.coordinates import check
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


def lat_lon(_: click.Context, __: click.Parameter, value: str | None) -> tuple[float, float] | None:
    """Read an option LAT,LON."""
    if value is None:
        return None
    try:
        lat, lon = (float(part) for part in value.replace(";", ",").split(","))
        check(lat, lon)
    except GeoError as error:
        raise click.BadParameter(str(error)) from error
    except ValueError as error:
        raise click.BadParameter(f"{value!r} should be LAT,LON such as 48.35,37.55") from error
    return lat, lon


def in_bulk(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of commands that answer whole files."""
    for option in (
        click.option("--scheduler", metavar="tcp://HOST:PORT", help="Let a Dask cluster do it."),
        click.option(
            "--jobs",
            type=click.IntRange(1, 256),
            help="Processes; default: one, or all cores when there is much to do.",
        ),
    ):
        command = option(command)
    return command


def known_beforehand(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say what is known beforehand."""
    near = "Region of interest; leans, does not bind."
    country = "Country of interest, code or name; leans, does not bind."
    command = click.option("--near", callback=lat_lon, metavar="LAT,LON", help=near)(command)
    return click.option("--country", default="", help=country)(command)
