"""Many rows judged by several processes at once, given back in the order of the file."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from itertools import cycle
from typing import IO, Any

from sqlalchemy import Engine

from data.errors import DataError
from data.importing.judging import Judge, Judged
from data.importing.rowcheck import RowCheck
from data.importing.spool import seldom_collected
from data.importing.staging import Stage, Staging
from data.importing.table_file import Row
from data.importing.waiting import Waiting
from data.placing import Placer
from data.records import dialects

MANY_ROWS = 50_000
"""With fewer rows the start of further processes takes longer than it saves."""
MOST = 6
"""More processes than this wait for the one that reads and saves."""
_AHEAD = 2
"""So many batches each process has before it, so that it need not wait for the next one."""
Work = tuple[Sequence[Row], Judged]


def size() -> int:
    """Say how many processes judge the rows of a large file."""
    return min(os.cpu_count() or 1, MOST)


class WorkerLost(DataError):
    """A process that judged rows ended before its time; nothing was changed."""


def judged(
    batches: Iterable[Sequence[Row]],
    engine: Engine,
    check: RowCheck,
    placer: Placer,
    expected: int,
    staging: Staging,
) -> Generator[Work]:
    """Judge rows batch by batch: here, or where there are many and the machine can, in processes of their own.

    New incidents are staged.
    """
    count = size()
    if count < 2 or expected < MANY_ROWS or placer.knowledge is None:
        judge = Judge(engine, check, placer)
        with closing(Stage(staging.folder)) as stage:
            for rows in batches:
                yield rows, judge.judge(rows, stage)
        return
    workers: list[_Worker] = []
    try:
        setup = _setup(engine, check, placer, staging)
        workers += (_Worker(setup) for _ in range(count))
        yield from _in_turn(workers, batches, staging.waiting)
    finally:
        for worker in workers:
            worker.stop()


def _in_turn(
    workers: Sequence[_Worker], batches: Iterable[Sequence[Row]], waiting: Waiting
) -> Generator[Work]:
    """Give the workers batches in turn, some ahead of their answers, which come in the order of the file."""
    asked = deque[tuple[_Worker, Sequence[Row], int]]()
    for worker, rows in zip(cycle(workers), batches, strict=False):
        if len(asked) == len(workers) * _AHEAD:
            yield _answered(*asked.popleft())
        place = waiting.put(rows)
        worker.ask(place)
        asked.append((worker, rows, place))
    for one in asked:
        yield _answered(*one)


def _answered(worker: _Worker, rows: Sequence[Row], place: int) -> Work:
    judged = worker.answer()
    return rows, replace(judged, piece=replace(judged.piece, asked=place))


def _setup(engine: Engine, check: RowCheck, placer: Placer, staging: Staging) -> bytes:
    """Write down what a worker needs to know."""
    url = engine.url.render_as_string(hide_password=False)
    made_of = url, check.made_of, placer, staging.folder, staging.waiting.path
    return pickle.dumps(made_of, pickle.HIGHEST_PROTOCOL)


class _Worker:
    """One process. It is started by name: forking would copy open databases, `spawn` would run the dashboard again."""

    def __init__(self, setup: bytes) -> None:
        command = [sys.executable, "-m", "data.importing.crew"]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        )
        assert self._process.stdin
        assert self._process.stdout
        self._to: IO[bytes] = self._process.stdin
        self._from: IO[bytes] = self._process.stdout
        self._send(setup)

    def ask(self, place: int) -> None:
        """Let it judge rows that wait; answers are taken in the order of asking."""
        self._send(pickle.dumps(place))

    def answer(self) -> Judged:
        """Wait for what it found; raise what went wrong there."""
        try:
            answer = pickle.load(self._from)
        except (EOFError, pickle.UnpicklingError):
            raise self._lost() from None
        if isinstance(answer, BaseException):
            raise answer
        found: Judged = answer
        return found

    def _send(self, message: bytes) -> None:
        try:
            self._to.write(message)
            self._to.flush()
        except OSError:
            raise self._lost() from None

    def _lost(self) -> WorkerLost:
        code = self._process.wait()
        how = f"was killed (signal {-code})" if code < 0 else f"ended (code {code})"
        return WorkerLost(
            f"a process that checked rows {how}, perhaps for want of memory; nothing was changed: import the file again"
        )

    def stop(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        with suppress(OSError):
            self._to.close()
        self._from.close()
        self._process.wait()


@seldom_collected()
def main() -> None:
    """Judge what comes in, until nothing more does."""
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what is printed must not come between the answers
    url, check, placer, folder, path = pickle.load(asked)
    judge, stage = Judge(dialects.engine_for(url), RowCheck(*check), placer), Stage(folder)
    waiting = Waiting(path)
    while True:
        try:
            place = pickle.load(asked)
        except EOFError:
            return
        answer: Any
        try:
            answer = judge.judge(waiting.at(place), stage, keep=False)
        except Exception as error:
            answer = error
        pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


if __name__ == "__main__":
    main()
