"""Fetch all pages of a source into a table: politely, and after a break from where it broke."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import requests

from data.fetching.question import FetchProblem, Params, Question
from data.progress import Progress, Step, silent
from data.readers.table import as_text

PAUSE_S = 1.0
"""Rest between two requests."""
ATTEMPTS = 5
LONGEST_WAIT_S = 120.0
"""A source that asks to wait longer than this is not waited for."""
TIMEOUT_S = 60.0
_AGENT = "Dateline (incident analysis; one request at a time)"


@dataclass
class _State:
    """How far a fetch has come: kept beside the unfinished rows after every page."""

    question: str
    asks: Params | None
    rows: int = 0
    size: int = 0


def fetch(
    source: ModuleType,
    question: Question,
    out: Path,
    progress: Progress | None = None,
    *,
    pause_s: float = PAUSE_S,
    sleep: Callable[[float], None] = time.sleep,
    timeout_s: float = TIMEOUT_S,
) -> int:
    """Write the events of a source as CSV; return how many there are.

    Pages already fetched for the same question are not asked for again. Raise `FetchProblem` where the source does not
    answer; the file `out` appears only when everything is there.
    """
    tell, began = progress or silent, time.monotonic()
    unfinished, kept = (out.with_name(f".{out.name}.{end}") for end in ("part", "state"))
    state = _resumed(source, question, unfinished, kept)
    client = _Client(source, source.address(question), sleep, timeout_s)
    with unfinished.open("r+b") as pages:
        while state.asks is not None:
            pages.seek(state.size)
            rows, following = source.page(client.answer(state.asks), state.asks)
            pages.write(b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows))
            pages.flush()
            os.fsync(pages.fileno())
            state.asks, state.rows, state.size = following, state.rows + len(rows), pages.tell()
            _keep(kept, state)
            tell(Step("fetching", state.rows, None, time.monotonic() - began))
            if following is not None:
                sleep(pause_s)
        pages.truncate(state.size)
    _as_table(unfinished, out)
    unfinished.unlink()
    kept.unlink()
    return state.rows


def _resumed(source: ModuleType, question: Question, unfinished: Path, kept: Path) -> _State:
    """Take up what an earlier run of the same question left; begin anew otherwise."""
    asked = json.dumps([source.NAME, source.address(question), asdict(question)], default=str)
    name = hashlib.sha256(asked.encode()).hexdigest()
    try:
        state = _State(**json.loads(kept.read_text(encoding="utf-8")))
        if state.question == name and unfinished.stat().st_size >= state.size:
            return state
    except (OSError, ValueError, TypeError):
        pass
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    unfinished.write_bytes(b"")
    return _State(name, source.first(question))


def _keep(kept: Path, state: _State) -> None:
    new = kept.with_name(f"{kept.name}.new")
    new.write_text(json.dumps(asdict(state)), encoding="utf-8")
    os.replace(new, kept)


class _Client:
    """Asks one address, signs in when that is needed, and waits when it is asked to."""

    def __init__(
        self, source: ModuleType, address: str, sleep: Callable[[float], None], timeout_s: float
    ) -> None:
        self._source, self._address, self._sleep, self._timeout_s = source, address, sleep, timeout_s
        self._session = requests.Session()
        self._session.headers["User-Agent"] = _AGENT
        self._signed_in = False

    def answer(self, asks: Params) -> dict[str, Any]:
        """Give the answer to one question; raise `FetchProblem` when there is none after some attempts."""
        why = ""
        for attempt in range(ATTEMPTS):
            wait_s = 2.0**attempt
            try:
                fresh = not self._signed_in
                if fresh:
                    self._source.login(self._session)
                    self._signed_in = True
                got = self._session.get(self._address, params=asks, timeout=self._timeout_s)
                if got.status_code == 401 and not fresh:
                    self._signed_in = False  # the token has run out: sign in again
                    continue
                self._refused(got)
                if got.status_code == 429:
                    wait_s = max(wait_s, _asked_to_wait(got))
                got.raise_for_status()
                found = got.json()
                if isinstance(found, dict):
                    return found
                why = "its answer is no object"
            except (requests.RequestException, ValueError) as error:
                why = str(error)[:200]
            if attempt + 1 < ATTEMPTS:
                self._sleep(wait_s)
        raise FetchProblem(
            f"{self._source.NAME} does not answer ({why}); what came is kept, the same command goes on from there"
        )

    def _refused(self, got: requests.Response) -> None:
        if got.status_code in (400, 401, 403, 404):
            raise FetchProblem(
                f"{self._source.NAME} answers {got.status_code} ({got.text.strip()[:200]}); check account and question"
            )


def _asked_to_wait(got: requests.Response) -> float:
    text = got.headers.get("Retry-After", "")
    wait_s = float(text) if text.isdigit() else 0.0
    if wait_s > LONGEST_WAIT_S:
        raise FetchProblem(
            f"the source asks to wait {wait_s:,.0f} s; run the same command again then to go on"
        )
    return wait_s


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _as_table(pages: Path, out: Path) -> None:
    """Turn the rows into CSV with every column that occurs."""
    columns: dict[str, None] = {}
    for row in _rows(pages):
        columns |= dict.fromkeys(row)
    new = out.with_name(f".{out.name}.new")
    with new.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([as_text(row.get(name)) for name in columns] for row in _rows(pages))
    os.replace(new, out)
