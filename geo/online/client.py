"""Asks online geocoders: the cache first, then in turn, with patience and an end to it."""

from __future__ import annotations

import http.client
import importlib
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from geopy import exc
from geopy.adapters import AdapterHTTPError, get_retry_after

from geo.errors import GeocoderUnavailable, OnlineRefused
from geo.model import Resolution
from geo.online.found import Found, Question
from geo.online.ledger import Ledger
from geo.online.resolution import resolution_of
from geo.online.service import Service, names, service

ATTEMPTS = 3
BACK_OFF_S = 1.0
LONGEST_WAIT_S = 60.0
"""A provider that asks to wait longer than this is unavailable."""
LONGEST_TEXT = 500
_FINAL = (exc.GeocoderAuthenticationFailure, exc.GeocoderInsufficientPrivileges, exc.GeocoderQuotaExceeded)
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, IndexError)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider answered; empty when it knows no such place."""

    service: Service
    found: list[Found]
    asked_at: float
    kept: bool
    """Whether it came from the cache."""


class Online:
    """Some providers, asked one after the other until one knows the place."""

    def __init__(
        self,
        providers: Sequence[str] | str,
        *,
        user_agent: str | None = None,
        timeout_s: float | None = None,
        ledger: Ledger | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Read the settings; raise OnlineRefused when a provider is unknown or lacks one."""
        text = providers if isinstance(providers, str) else ",".join(providers)
        self.services = tuple(service(name, user_agent, timeout_s) for name in names(text))
        if not self.services:
            raise OnlineRefused("no online geocoder was named")
        self._ledger = ledger or Ledger()
        self._sleep = sleep

    def answer(self, question: Question) -> Answer:
        """Return the first answer that holds a place, else the last; raise GeocoderUnavailable when one is missing."""
        missing: GeocoderUnavailable | None = None
        answer: Answer | None = None
        for one in self.services:
            try:
                answer = self._ask(one, question)
            except GeocoderUnavailable as error:
                missing = missing or error
                continue
            if answer.found:
                return answer
        if missing is not None or answer is None:
            raise missing or GeocoderUnavailable("no online geocoder answered")
        return answer

    def resolve(
        self,
        place: str,
        *,
        within: Sequence[str] = (),
        country: str = "",
        relation: str = "at",
        offset: Any = None,
        limit: int = 10,
        name: str | None = None,
    ) -> Resolution:
        """Answer a place; `name` is what to ask for when the phrase holds more than that."""
        asked = ", ".join(dict.fromkeys(part.strip() for part in (name or place, *within) if part.strip()))
        answer = self.answer(Question(asked[:LONGEST_TEXT], country, limit=min(limit, 10)))
        return resolution_of(answer.service.provider, answer.found, place, name or place, relation, offset)

    def _ask(self, one: Service, question: Question) -> Answer:
        provider = one.provider
        key = f"{one.url} {question.key()}"
        kept = self._ledger.get(provider.name, key)
        if kept is not None:
            return Answer(one, kept.found, kept.asked_at, True)
        search = importlib.import_module(f"geo.online.{provider.name}").search
        for attempt in range(ATTEMPTS):
            self._wait(one)
            try:
                found = search(question, one)
                break
            except exc.GeocoderQueryError:
                found = []
                break
            except exc.ConfigurationError as error:
                raise OnlineRefused(f"{provider.title}: {error}") from error
            except (exc.GeopyError, OSError, http.client.HTTPException, *_UNREADABLE) as error:
                self._after(one, error, attempt)
        keep_days = provider.keep_days if found else provider.keep_miss_days
        self._ledger.put(provider.name, key, found, keep_days)
        return Answer(one, found, time.time(), False)

    def _wait(self, one: Service) -> None:
        wait_s = self._ledger.wait_s(one.provider.name, one.provider.delay_s, LONGEST_WAIT_S)
        if wait_s > LONGEST_WAIT_S:
            raise GeocoderUnavailable(
                f"{one.provider.title} asked to be left alone for another {wait_s:,.0f} s"
            )
        if wait_s > 0:
            self._sleep(wait_s)

    def _after(self, one: Service, error: Exception, attempt: int) -> None:
        """Hold the provider back as it asks or as patience grows; raise GeocoderUnavailable when that has an end."""
        retry_after = _retry_after(error)
        if retry_after is not None:
            self._ledger.hold(one.provider.name, retry_after)
        else:
            self._ledger.hold(one.provider.name, BACK_OFF_S * 2**attempt)
        final = isinstance(error, _FINAL) and not isinstance(error, exc.GeocoderRateLimited)
        too_long = retry_after is not None and retry_after > LONGEST_WAIT_S
        if final or too_long or attempt == ATTEMPTS - 1:
            raise GeocoderUnavailable(f"{one.provider.title} ({one.url}) {_said(error)}") from error


def _retry_after(error: Exception) -> float | None:
    """Return the seconds that a provider asks to wait (429, also 503)."""
    given = getattr(error, "retry_after", None)
    if given is None and isinstance(error.__cause__, AdapterHTTPError):
        given = get_retry_after(error.__cause__.headers)
    return None if given is None else max(0.0, float(given))


def _said(error: Exception) -> str:
    """Return what happened in a few words, without what was asked or any key."""
    if isinstance(error, exc.GeocoderRateLimited):
        return f"asks for fewer requests (429{_wait_text(error)})"
    if isinstance(error, exc.GeocoderTimedOut) or "timed out" in str(error):
        return "did not answer in time"
    if isinstance(error, exc.GeocoderAuthenticationFailure):
        return "does not accept the key or user name"
    if isinstance(error, exc.GeocoderInsufficientPrivileges):
        return "refuses this service to us (403)"
    if isinstance(error, exc.GeocoderQuotaExceeded):
        return "says that the quota is used up"
    if isinstance(
        error, exc.GeocoderParseError | KeyError | TypeError | ValueError | AttributeError | IndexError
    ):
        return "answered in no format known here"
    if isinstance(error.__cause__, AdapterHTTPError):
        return f"failed (HTTP {error.__cause__.status_code})"
    return "could not be reached or broke off"


def _wait_text(error: Exception) -> str:
    seconds = _retry_after(error)
    return "" if seconds is None else f", wait {seconds:,.0f} s"


def from_environment() -> Online | None:
    """Return the providers that DATELINE_ONLINE names, None when it names none: then nothing is ever sent."""
    text = os.environ.get("DATELINE_ONLINE", "").strip()
    return None if text.casefold() in ("", "0", "off", "no", "none") else Online(text)
