"""ACLED's API: sign in with the account, then pages of 5,000 events."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from typing import Any

import pycountry
import requests

from data import countries
from data.errors import InputError
from data.fetching.question import FetchProblem, Params, Question, secret

NAME = "acled"
PAGE = 5_000
_TERMS = "https://acleddata.com"


def base() -> str:
    """Give the address of the service; `DATELINE_ACLED_URL` names another."""
    return os.environ.get("DATELINE_ACLED_URL", "https://acleddata.com").rstrip("/")


def address(_question: Question) -> str:
    """Give the address of the events."""
    return f"{base()}/api/acled/read"


def login(session: requests.Session) -> None:
    """Exchange e-mail and password for a token that the session then carries."""
    form = {
        "username": secret("DATELINE_ACLED_EMAIL", _TERMS),
        "password": secret("DATELINE_ACLED_PASSWORD", _TERMS),
        "grant_type": "password",
        "client_id": "acled",
    }
    answer = session.post(f"{base()}/oauth/token", data=form, timeout=60)
    if answer.status_code in (400, 401, 403):
        raise FetchProblem(
            "ACLED refuses the account; check DATELINE_ACLED_EMAIL and DATELINE_ACLED_PASSWORD"
        )
    answer.raise_for_status()
    session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"


def first(question: Question) -> Params:
    """Ask for the first page."""
    params = {"_format": "json", "limit": str(PAGE), "page": "1"}
    if question.country:
        params["iso"] = _number(question.country)
    if question.since or question.until:
        since, until = question.since or date(1997, 1, 1), question.until or date(2999, 12, 31)
        params |= {"event_date": f"{since}|{until}", "event_date_where": "BETWEEN"}
    return params


def _number(country: str) -> str:
    found = pycountry.countries.get(alpha_2=countries.code_of(country) or "")
    if found is None:
        raise InputError(
            column="--country", value=country, problem="is not known", expected="give a code like UA"
        )
    return str(int(found.numeric))


def page(answer: Mapping[str, Any], asked: Params) -> tuple[list[dict[str, Any]], Params | None]:
    """Take the events out of an answer, and what to ask next; None after the last page."""
    if answer.get("success") is False or "data" not in answer:
        said = answer.get("messages") or answer.get("message") or answer.get("error") or "no reason given"
        raise FetchProblem(f"ACLED refuses the question: {str(said)[:200]}")
    rows = list(answer["data"])
    return rows, {**asked, "page": str(int(asked["page"]) + 1)} if len(rows) >= PAGE else None
