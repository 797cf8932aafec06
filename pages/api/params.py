"""Reads the parameters that are not filters; what is wrong is named, with what was expected."""

from starlette.requests import Request

from data import Filters
from data.errors import InputError
from data.filters import BBox

WORLD: BBox = (-180.0, -90.0, 180.0, 90.0)


def wrong(name: str, value: str, expected: str) -> InputError:
    """Make the error for a parameter."""
    return InputError(column=name, value=value, problem="is not what this parameter takes", expected=expected)


def number(request: Request, name: str, *, default: int, low: int, high: int) -> int:
    """Return a whole-number parameter between low and high; raise InputError for anything else."""
    text = request.query_params.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 12 and low <= int(text) <= high):
        raise wrong(name, text, f"give a whole number from {low} to {high}")
    return int(text)


def only(request: Request, *names: str) -> None:
    """Raise InputError for a parameter that this address does not know, or that is given twice."""
    for name in request.query_params:
        if name not in names:
            raise wrong(name, request.query_params[name], f"use {', '.join(names) or 'no parameters'}")
        if len(request.query_params.getlist(name)) > 1:
            raise wrong(name, ", ".join(request.query_params.getlist(name)), "give it once")


def bbox(request: Request) -> BBox:
    """Return the viewport west, south, east, north in degrees; the whole world when left out."""
    text = request.query_params.get("bbox")
    if len(request.query_params.getlist("bbox")) > 1:
        raise wrong("bbox", ", ".join(request.query_params.getlist("bbox")), "give it once")
    return WORLD if text is None else Filters.from_query({"bbox": text}).bbox or WORLD


def filters(request: Request, *, besides: tuple[str, ...] = ()) -> Filters:
    """Return the filters of the address, leaving out the parameters read elsewhere."""
    names = [name for name in request.query_params if name not in besides]
    return Filters.from_query({name: request.query_params.getlist(name) for name in names})
