"""The elements of one long JSON array, read one after the other in constant memory."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from data.errors import FileProblem

_PIECE = 1 << 18
LARGEST = 64 << 20
"""Characters that one element may have."""
_DECODER = json.JSONDecoder(parse_constant=str)
_SPACE = re.compile(r"[ \t\r\n]*")


class CutOff(Exception):
    """The file ends, or stops being JSON, in the middle of the array; what came before is good."""


class _Text:
    """A window on the file that moves forward."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open(encoding="utf-8-sig")
        self._buffer = ""
        self._at = 0
        self._ended = False

    def close(self) -> None:
        self._file.close()

    def _more(self) -> bool:
        if self._ended:
            return False
        try:
            piece = self._file.read(max(_PIECE, len(self._buffer) - self._at))
        except UnicodeDecodeError as error:
            raise FileProblem(
                f"{self._path.name} is not UTF-8, which JSON must be; save it as UTF-8"
            ) from error
        self._buffer, self._at = self._buffer[self._at :] + piece, 0
        self._ended = not piece
        return bool(piece)

    def peek(self) -> str:
        """Give the next character that is no space, "" at the end."""
        while True:
            found = _SPACE.match(self._buffer, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more():
                return ""

    def skip(self) -> None:
        self._at += 1

    def value(self) -> Any:
        """Read one whole value."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._at)
                if end < len(self._buffer) or self._ended:
                    self._at = end
                    return value
            except json.JSONDecodeError:
                if self._ended:
                    raise CutOff from None
            except RecursionError:
                raise FileProblem(f"{self._path.name} is nested too deeply to be a table") from None
            if len(self._buffer) - self._at > LARGEST:
                raise FileProblem(
                    f"{self._path.name} has an element of more than {LARGEST >> 20} MB, or is not JSON from there on"
                )
            self._more()


def elements(path: Path, member: str | None = None) -> Iterator[Any]:
    """Read the elements of the array that the file is, or of that member of the object that it is.

    Raise `CutOff` after the last good one where the file is broken, `FileProblem` when there is no such array.
    """
    text = _Text(path)
    try:
        if text.peek() == "{" and member is not None:
            text.skip()
            if not _found(text, member):
                raise FileProblem(f"{path.name} has no list of {member}")
        if text.peek() != "[":
            raise FileProblem(f"{path.name} is not a list of {member or 'elements'}")
        text.skip()
        yield from _array(text)
    finally:
        text.close()


def _found(text: _Text, member: str) -> bool:
    """Move to the value of a member of the object; other members are read and dropped."""
    while True:
        if text.peek() == ",":
            text.skip()
        if text.peek() != '"':
            return False
        name = text.value()
        if text.peek() != ":":
            raise CutOff
        text.skip()
        if name == member:
            return True
        text.value()


def _array(text: _Text) -> Iterator[Any]:
    first = True
    while True:
        char = text.peek()
        if char == "]":
            return
        if not first:
            if char != ",":
                raise CutOff
            text.skip()
        yield text.value()
        first = False
