"""Many places at once: JSON lines in, JSON lines out, an answer or an error for every line, in order."""

from __future__ import annotations

import json
from functools import lru_cache, partial
from typing import Any

import orjson

from geo.errors import GazetteerError, PlaceTextError
from geo.gazetteer import Gazetteer
from geo.priors import NO_PRIORS, Priors

MOST_KEPT = 1_000
"""Answers kept for lines that say the same again: some kilobytes each."""


def unresolved(row_id: Any, error: str) -> dict[str, Any]:
    """Return the answer line for a row that cannot be read."""
    return {
        "id": row_id,
        "status": "unresolved",
        "error": error,
        "relation": "unknown",
        "candidates": [],
        "area": None,
    }


class Answerer:
    """Answers lines of places; what comes again in the same words is looked up once."""

    def __init__(self, gazetteer: Gazetteer, limit: int = 10, priors: Priors = NO_PRIORS) -> None:
        self._resolve = partial(gazetteer.resolve, priors=priors, limit=limit)
        self._answered = lru_cache(maxsize=MOST_KEPT)(self._answer)

    def answer(self, line: bytes | str) -> tuple[str, bool]:
        """Return the answer to one line as JSON, and whether it is one; never raises for what the line holds."""
        row_id: Any = None
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise PlaceTextError(f"expected an object with id and place, not a {type(row).__name__}")
            row_id = row.get("id")
            place, within, country = arguments(row)
            rest, answered = self._answered(place, tuple(within), country)
            return f"{to_json({'id': row_id})[:-1]},{rest}", answered
        except UnicodeDecodeError as error:
            problem = f"the line is not UTF-8 text: {error.reason} at byte {error.start}"
        except json.JSONDecodeError as error:
            problem = f"the line is not JSON: {error.msg} at column {error.colno}"
        except PlaceTextError as error:
            problem = str(error)
        except GazetteerError:
            raise
        except (RecursionError, ValueError, TypeError, ArithmeticError, LookupError) as error:
            problem = f"this line could not be answered: {type(error).__name__}: {error}"[:300]
        return to_json(unresolved(row_id, problem)), False

    def _answer(self, place: str, within: tuple[str, ...], country: str | None) -> tuple[str, bool]:
        """Return what the line says after its id, and whether the place could be read."""
        resolution = self._resolve(place, within=within, country=country)
        return to_json(resolution.to_dict())[1:], resolution.problem is None


def arguments(row: dict[str, Any]) -> tuple[str, list[str], str | None]:
    """Return place, within and country of a row; raise PlaceTextError for what is no such thing."""
    place, within, country = row.get("place"), row.get("within"), row.get("country")
    if place is None:
        raise PlaceTextError("there is no place: give it under the key “place”")
    if not isinstance(place, str):
        raise PlaceTextError(f"place should be a text, not a {type(place).__name__}")
    if isinstance(within, str):
        within = [within]
    if within is not None and not (
        isinstance(within, list) and all(isinstance(w, str | None) for w in within)
    ):
        raise PlaceTextError("within should be a list of names, narrow to wide")
    if country is not None and not isinstance(country, str):
        raise PlaceTextError(f"country should be a text, not a {type(country).__name__}")
    return place, [name for name in within or [] if name], country


def to_json(row: dict[str, Any]) -> str:
    """Return a row as one line of JSON; what is not UTF-8 (lone surrogates) is escaped, so that the line always is."""
    try:
        return orjson.dumps(row).decode()
    except TypeError:
        return json.dumps(row, separators=(",", ":"))
