"""UCDP's API: a token in every request, pages that name the next."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests

from data.errors import InputError
from data.fetching.question import FetchProblem, Params, Question, secret

NAME = "ucdp"
PAGE = 1_000
RELEASE = "26.1"
"""The yearly release of GED that is fetched when none is named."""


def base() -> str:
    """Give the address of the service; `DATELINE_UCDP_URL` names another."""
    return os.environ.get("DATELINE_UCDP_URL", "https://ucdpapi.pcr.uu.se").rstrip("/")


def address(question: Question) -> str:
    """Give the address of the events of a release."""
    release = question.release or RELEASE
    if not re.fullmatch(r"\d+(\.\d+){1,4}", release):
        raise InputError(
            column="--release", value=release, problem="is no release", expected="give one like 26.1"
        )
    return f"{base()}/api/gedevents/{release}"


def login(session: requests.Session) -> None:
    """Let the session carry the token."""
    session.headers["x-ucdp-access-token"] = secret("DATELINE_UCDP_TOKEN", "https://ucdp.uu.se/apidocs/")


def first(question: Question) -> Params:
    """Ask for the first page."""
    params = {"pagesize": str(PAGE)}
    if question.country:
        if not re.fullmatch(r"\d{1,3}(,\d{1,3})*", question.country):
            expected = "give UCDP's own number, 369 for Ukraine"
            raise InputError(
                column="--country", value=question.country, problem="is no number", expected=expected
            )
        params["Country"] = question.country
    if question.since:
        params["StartDate"] = str(question.since)
    if question.until:
        params["EndDate"] = str(question.until)
    return params


def page(answer: Mapping[str, Any], asked: Params) -> tuple[list[dict[str, Any]], Params | None]:
    """Take the events out of an answer, and what to ask next; None after the last page.

    Of the next page's address only the question is taken, so that the token never goes anywhere else.
    """
    if "Result" not in answer:
        raise FetchProblem(f"UCDP refuses the question: {str(answer)[:200]}")
    following = answer.get("NextPageUrl") or ""
    return list(answer["Result"]), dict(parse_qsl(urlsplit(following).query)) if following else None
