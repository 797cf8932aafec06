"""Drafts from a text, with the default gazetteer."""

from collections.abc import Callable
from datetime import date

import pytest

import geo
from data.report import Draft, extract, read

Tell = Callable[..., list[Draft]]


@pytest.fixture(scope="session")
def tell(gazetteer: geo.Gazetteer) -> Tell:
    """Read a text as published on Wednesday 9 April 2025, and give its drafts."""

    def drafts(text: str, published: date | None = date(2025, 4, 9)) -> list[Draft]:
        return extract(read(text, published_at=published), gazetteer)

    return drafts
