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


def limit(request: Request, *, default: int, most: int) -> int:
    """Return the parameter `limit`; asking for more than there can be is no mistake and gives the most."""
    text = request.query_params.get("limit", str(default))
    digits = text.lstrip("0")
    if not (text.isascii() and text.isdigit() and digits):
        raise wrong("limit", text, "give a whole number from 1")
    return most if len(digits) > len(str(most)) else min(int(digits), most)


def json_only(request: Request, *, alone: bool = True) -> None:
    """Refuse a format other than JSON, and where `f` stands alone every other parameter."""
    if alone:
        only(request, "f")
    if request.query_params.get("f", "json") not in ("json", "geojson"):
        raise wrong("f", request.query_params["f"], "use json")


def once(request: Request, *names: str) -> None:
    """Raise InputError for one of these parameters that is given twice."""
    for name in names:
        if len(values := request.query_params.getlist(name)) > 1:
            raise wrong(name, ", ".join(values), "give it once")


def only(request: Request, *names: str) -> None:
    """Raise InputError for a parameter that this address does not know, or that is given twice."""
    for name in request.query_params:
        if name not in names:
            raise wrong(name, request.query_params[name], f"use {', '.join(names) or 'no parameters'}")
    once(request, *names)


def bbox(request: Request) -> BBox:
    """Return the viewport west, south, east, north in degrees; the whole world when left out."""
    text = request.query_params.get("bbox")
    once(request, "bbox")
    return WORLD if text is None else Filters.from_query({"bbox": text}).bbox or WORLD


def filters(request: Request, *, besides: tuple[str, ...] = ()) -> Filters:
    """Return the filters of the address, leaving out the parameters read elsewhere."""
    once(request, *besides)
    names = [name for name in request.query_params if name not in besides]
    return Filters.from_query({name: request.query_params.getlist(name) for name in names})
