"""Which characters the bytes of a file stand for."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from charset_normalizer import from_bytes

from data.errors import FileProblem

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {
    b"PK\x03\x04": "a ZIP archive with neither a workbook nor KML inside; unpack it first or save it as CSV",
    b"%PDF": "a PDF; give the table as CSV",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file; save it as CSV first",
    b"\x1f\x8b": "compressed with gzip; unpack it first",
    b"SQLite format 3": "an SQLite database; export the table as CSV first",
    b"{": "JSON but neither GeoJSON nor TimeMap; save it as CSV first",
    b"[": "JSON but neither GeoJSON nor TimeMap; save it as CSV first",
    b"<?xml": "XML but not KML; save it as CSV first",
    b"\x89PNG": "a picture; give the table as CSV",
    b"\xff\xd8\xff": "a picture; give the table as CSV",
    b"PAR1": "Parquet; save it as CSV first",
}
_CYRILLIC = ("cp1251", "koi8_u", "cp866", "iso8859_5", "mac_cyrillic")
_LATIN = ("cp1252", "cp1250", "cp1254", "cp1257")
_PIECE = 1 << 20
STRAY_SHARE = 0.01
"""A text file may have this share of null bytes: only the rows with them are refused."""


def detect(path: Path) -> str:
    """Name the encoding of a text file.

    Raise `FileProblem` for a file that is empty, not text, or cut off within a character.
    """
    with path.open("rb") as file:
        head = file.read(_PIECE)
    if not head.strip():
        raise FileProblem(f"{path.name} is empty; nothing was imported")
    for magic, what in _MAGIC.items():
        if head.startswith(magic):
            raise FileProblem(f"{path.name} is {what}")
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    if head.count(0) > len(head) * STRAY_SHARE:
        return _utf16_without_mark(path, head)
    return "utf-8" if _is_utf8(path) else by_letters(path, head)


def _utf16_without_mark(path: Path, head: bytes) -> str:
    sample = head[: len(head) // 2 * 2]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half and min(even, odd) < half * 0.05 and max(even, odd) > half * 0.2:
        name = "utf-16-le" if odd > even else "utf-16-be"
        if not re.search(r"[\x00-\x08\x0e-\x1f]", sample.decode(name, "replace")):
            return name
    raise FileProblem(f"{path.name} is not a text file (it has null bytes); give a table as CSV")


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while piece := file.read(_PIECE):
                decoder.decode(piece)
        except UnicodeDecodeError:
            return False
    if decoder.getstate()[0]:
        raise FileProblem(f"{path.name} ends in the middle of a character: it is cut off; get the whole file")
    return True


def by_letters(path: Path, head: bytes) -> str:
    """Guess an 8-bit encoding: the Cyrillic ones by which gives most lower-case words, else what the library says."""
    if sum(byte < 9 or 13 < byte < 32 for byte in head) > len(head) * 0.01:
        raise FileProblem(f"{path.name} is not a text file; give a table as CSV")
    foreign = sum(byte > 127 for byte in head)
    in_words = sum(len(run) for run in re.findall(rb"[\x80-\xff]{3,}", head))
    if in_words > foreign * 0.5:  # whole words, not single accented letters
        best = max(_CYRILLIC, key=lambda name: _cyrillic_share(head, name))
        if _cyrillic_share(head, best) > 0.8:
            return best
    matches = [match.encoding for match in from_bytes(head[:65_536], cp_isolation=list(_LATIN))]
    if not matches:
        raise FileProblem(f"{path.name} has an unknown encoding; save it as UTF-8")
    return "cp1252" if "cp1252" in matches else matches[0]


_COMMON = frozenset("оаеинтрсвілкмдпуяыьзбгчйхжїюцшєщґфэъё")


def _cyrillic_share(data: bytes, encoding: str) -> float:
    """How much of what lies beyond ASCII reads as ordinary small Cyrillic letters, capitals counting half."""
    foreign = [char for char in data.decode(encoding, "replace") if ord(char) > 127]
    score = sum(1.0 if char in _COMMON else 0.5 if char.lower() in _COMMON else 0.0 for char in foreign)
    capitals = sum(char.isupper() for char in foreign)
    penalty = 0.5 if capitals > len(foreign) * 0.6 else 1.0
    return penalty * (score + 0.35 * capitals) / len(foreign) if foreign else 0.0
