"""What every format gives, and what all of them have in common: limits, clean characters, language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from data.errors import FileProblem

LONGEST = 3_000_000
"""Characters of a text; a long investigation has a thirtieth of that, a year of a bulletin has it."""
LARGEST = 20 << 20
"""Bytes of a document."""
_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
_BLANK = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\ufff9-\ufffb]"
)
_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
_RUSSIAN = re.compile(r"[ыэъёЫЭЪЁ]")
_CYRILLIC = re.compile(r"[а-яА-ЯіїєґІЇЄҐёЁ]")
_LATIN = re.compile(r"[A-Za-z]")
_SAMPLE = 20_000


@dataclass(frozen=True)
class Content:
    """The text of a document, with what the document says about itself."""

    text: str
    title: str = ""
    publisher: str = ""
    url: str | None = None
    published_at: date | None = None
    warnings: tuple[str, ...] = ()


def check_size(size: int, name: str) -> None:
    """Refuse a document that is too large to be one; raise `FileProblem`."""
    if size > LARGEST:
        raise FileProblem(
            f"{name} has {size / (1 << 20):,.0f} MB; a report has at most {LARGEST >> 20} MB: "
            "give the article alone"
        )


def clean(text: str) -> str:
    """Make one kind of line end, and blank characters that show nothing or turn the writing direction round."""
    return _BLANK.sub(" ", _ENDS.sub("\n", text))


def check_text(text: str, name: str) -> None:
    """Refuse a text without letters or beyond any article's length; raise `FileProblem`."""
    if not re.search(r"[^\W\d_]", text):
        raise FileProblem(f"{name} is empty: there are no words in it; paste or drop the text of a report")
    if len(text) > LONGEST:
        raise FileProblem(
            f"{name} has {len(text):,} characters; a report has at most {LONGEST:,}: "
            "paste the part that tells of the incidents"
        )


def language_of(text: str) -> str:
    """Tell Ukrainian and Russian from all else by their letters; all else is read as English.

    >>> language_of("Обстріл Бахмута"), language_of("Обстрел был"), language_of("Shelling of Bakhmut")
    ('uk', 'ru', 'en')
    """
    sample = text[:_SAMPLE]
    if len(_CYRILLIC.findall(sample)) <= len(_LATIN.findall(sample)):
        return "en"
    return "uk" if len(_UKRAINIAN.findall(sample)) > len(_RUSSIAN.findall(sample)) else "ru"
