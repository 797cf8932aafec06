"""Downloads that go on where they broke off, in the same run or in the next one."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from geo.errors import SourceError

TIMEOUT_S = 30.0
ATTEMPTS = 5
BACK_OFF_S = 1.0
CHUNK = 1 << 17
STEP = 0.1
"""Progress is told at every tenth."""
_WORTH_ANOTHER_TRY = frozenset({408, 425, 429, 500, 502, 503, 504})
_AGENT = "dateline (GeoNames dump installer)"


class _BrokeOff(Exception):
    """The connection ended before the file did."""


def download(url: str, target: Path, progress: Callable[[str], None], keep: Path | None = None) -> None:
    """Download an address into a file; what has arrived stays in `keep` until the whole is there.

    Raise SourceError when it cannot be had; asked again, it goes on where it ended if the file is still the same.
    """
    folder = keep or target.parent
    part = folder / f"{hashlib.sha256(url.encode()).hexdigest()[:16]}.part"
    for attempt in range(ATTEMPTS):
        try:
            _go_on(url, part, progress)
            break
        except urllib.error.HTTPError as error:
            why: object = f"HTTP {error.code} {error.reason}"
            final = error.code not in _WORTH_ANOTHER_TRY
        except (urllib.error.URLError, http.client.HTTPException, _BrokeOff, OSError, ValueError) as error:
            why = getattr(error, "reason", None) or error
            final = isinstance(error, ValueError)
        if final or attempt == ATTEMPTS - 1:
            arrived = part.stat().st_size if part.exists() else 0
            later = f"; the {arrived:,} bytes that came are kept, run it again to go on" if arrived else ""
            raise SourceError(f"{url} could not be downloaded ({why}); nothing has been changed{later}")
        time.sleep(BACK_OFF_S * 2**attempt)
    os.replace(part, target)
    _note(part).unlink(missing_ok=True)


def _note(part: Path) -> Path:
    return part.with_suffix(".json")


def _begun(part: Path, url: str) -> tuple[int, str]:
    """Return how many bytes have come and what tells that the file is still the same; nothing without that."""
    try:
        note = json.loads(_note(part).read_text(encoding="utf-8"))
        if note["url"] == url and note["same"]:
            return part.stat().st_size, str(note["same"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return 0, ""


def _go_on(url: str, part: Path, progress: Callable[[str], None]) -> None:
    have, same = _begun(part, url)
    headers = {"User-Agent": _AGENT, "Accept-Encoding": "identity"}
    if have:
        headers |= {"Range": f"bytes={have}-", "If-Range": same}
    try:
        answer = urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=TIMEOUT_S)
    except urllib.error.HTTPError as error:
        if error.code == 416 and have:
            if error.headers.get("Content-Range", "") == f"bytes */{have}":
                return  # all of it had come
            part.unlink()
            raise _BrokeOff("the file there has changed") from error
        raise
    with answer:
        if answer.status != 206 or not answer.headers.get("Content-Range", "").startswith(f"bytes {have}-"):
            have = 0
        length = answer.headers.get("Content-Length")
        total = have + int(length) if length else None
        etag = answer.headers.get("ETag") or ""
        validator = etag if etag and not etag.startswith("W/") else answer.headers.get("Last-Modified") or ""
        _note(part).write_text(json.dumps({"url": url, "same": validator}), encoding="utf-8")
        said = f"{'going on with' if have else 'downloading'} {url}"
        progress(said if total is None else f"{said}: {total / 1e6:.1f} MB")
        with part.open("r+b" if have else "wb") as file:
            file.seek(have)
            _copy(answer, file, have, total, url.rsplit("/", 1)[-1], progress)
    size = part.stat().st_size
    if total is not None and size != total:
        raise _BrokeOff(f"it ended early: {size:,} of {total:,} bytes")


def _copy(
    answer: Any, file: Any, have: int, total: int | None, name: str, progress: Callable[[str], None]
) -> None:
    told = have
    while chunk := answer.read(CHUNK):
        file.write(chunk)
        have += len(chunk)
        if total is not None and total > CHUNK and have - told >= STEP * total:
            told = have
            progress(f"  {name}: {have / 1e6:.1f} of {total / 1e6:.1f} MB ({have / total:.0%})")
