"""Days as texts give them, relative to Wednesday 9 April 2025, and no more precise than said."""

from datetime import date

import pytest

from data.report import Span, when
from data.report.lexicon import lexicon
from data.report.relative_days import Reference

NOW = Reference(date(2025, 4, 9))


def dated(text: str, language: str = "en", reference: Reference = NOW, *, future: bool = False):
    found = when.find(text, Span(0, len(text)), lexicon(language), reference, future=future)
    return [(w.start.isoformat(), w.end.isoformat(), w.precision) for w in found]


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("on April 8", "2025-04-08", "2025-04-08", "day"),
        ("8 April 2024", "2024-04-08", "2024-04-08", "day"),
        ("Feb. 24, 2022", "2022-02-24", "2022-02-24", "day"),
        ("on December 30", "2024-12-30", "2024-12-30", "day"),
        ("on Tuesday", "2025-04-08", "2025-04-08", "day"),
        ("on Wednesday", "2025-04-09", "2025-04-09", "day"),
        ("last Wednesday", "2025-04-02", "2025-04-02", "day"),
        ("yesterday", "2025-04-08", "2025-04-08", "day"),
        ("three days ago", "2025-04-06", "2025-04-06", "day"),
        ("overnight", "2025-04-08", "2025-04-09", "range"),
        ("overnight on Sunday", "2025-04-05", "2025-04-06", "range"),
        ("between 3 and 7 August 2024", "2024-08-03", "2024-08-07", "range"),
        ("April 3-5", "2025-04-03", "2025-04-05", "range"),
        ("earlier this week", "2025-04-07", "2025-04-09", "week"),
        ("last week", "2025-03-31", "2025-04-06", "week"),
        ("two weeks ago", "2025-03-24", "2025-03-30", "week"),
        ("late 2024", "2024-10-01", "2024-12-31", "range"),
        ("in early 2025", "2025-01-01", "2025-03-31", "range"),
        ("in mid-March", "2025-03-11", "2025-03-20", "range"),
        ("in February 2022", "2022-02-01", "2022-02-28", "month"),
        ("in May", "2024-05-01", "2024-05-31", "month"),
        ("last summer", "2024-06-01", "2024-08-31", "range"),
        ("in 2022", "2022-01-01", "2022-12-31", "year"),
        ("last year", "2024-01-01", "2024-12-31", "year"),
        ("in the past 24 hours", "2025-04-08", "2025-04-09", "range"),
    ],
)
def test_english(text, start, end, precision):
    assert dated(text) == [(start, end, precision)]


@pytest.mark.parametrize(
    ("language", "text", "start", "end", "precision"),
    [
        ("uk", "8 квітня", "2025-04-08", "2025-04-08", "day"),
        ("uk", "24 лютого 2022 року", "2022-02-24", "2022-02-24", "day"),
        ("uk", "у вівторок", "2025-04-08", "2025-04-08", "day"),
        ("uk", "у п’ятницю", "2025-04-04", "2025-04-04", "day"),
        ("uk", "у ніч на 7 квітня", "2025-04-06", "2025-04-07", "range"),
        ("uk", "минулої ночі", "2025-04-08", "2025-04-09", "range"),
        ("uk", "наприкінці 2024 року", "2024-10-01", "2024-12-31", "range"),
        ("uk", "минулого тижня", "2025-03-31", "2025-04-06", "week"),
        ("uk", "у квітні 2023 року", "2023-04-01", "2023-04-30", "month"),
        ("uk", "у 2022 році", "2022-01-01", "2022-12-31", "year"),
        ("uk", "три дні тому", "2025-04-06", "2025-04-06", "day"),
        ("ru", "8 апреля", "2025-04-08", "2025-04-08", "day"),
        ("ru", "во вторник", "2025-04-08", "2025-04-08", "day"),
        ("ru", "в ночь на субботу", "2025-04-04", "2025-04-05", "range"),
        ("ru", "в начале 2025 года", "2025-01-01", "2025-03-31", "range"),
        ("ru", "на прошлой неделе", "2025-03-31", "2025-04-06", "week"),
        ("ru", "позавчера", "2025-04-07", "2025-04-07", "day"),
        ("ru", "в апреле 2023 года", "2023-04-01", "2023-04-30", "month"),
    ],
)
def test_ukrainian_and_russian(language, text, start, end, precision):
    assert dated(text, language) == [(start, end, precision)]


def test_what_is_planned_lies_ahead():
    assert dated("on May 10", future=True) == [("2025-05-10", "2025-05-10", "day")]
    assert dated("on Wednesday", future=True) == [("2025-04-16", "2025-04-16", "day")]


def test_without_a_day_of_publication_only_whole_dates_are_known():
    unknown = Reference(None)
    assert dated("on Tuesday, yesterday, last week, April 8", reference=unknown) == []
    assert dated("on 8 April 2024", reference=unknown) == [("2024-04-08", "2024-04-08", "day")]


@pytest.mark.parametrize(
    "text", ["155 mm shells", "1,300 square kilometres", "it may rain", "They marched on", "No. 2022"]
)
def test_numbers_and_words_like_dates_are_none(text):
    assert dated(text) == []


def test_a_day_that_does_not_exist_is_not_made_up():
    assert dated("on 31.02.2024") == []


def test_the_reference_is_the_latest_day_of_a_text_that_names_a_year():
    text = "He said on April 8 that in early 2025 troops came, as reported on March 27."
    found = when.reference(text, None, lexicon("en"), date(2026, 1, 1))
    assert (found.day, found.inferred) == (date(2025, 4, 8), True)
    assert when.reference("On April 8 he came.", None, lexicon("en"), date(2026, 1, 1)).day is None
