"""Places or documents on all cores or on a Dask cluster: chunks of lines out, answers back in order, few under way."""

from __future__ import annotations

import gc
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from geo.batch import Answerer, to_json, unresolved
from geo.documents.lines import answer_together, unanswered
from geo.errors import GeoError
from geo.gazetteer import Gazetteer
from geo.priors import NO_PRIORS, Priors
from geo.table import as_table

Rows = list[tuple[str, bool]]
"""The answers to a line as JSON, and whether each is one or says what is wrong."""
LONGEST_LINE = 1 << 20
UNDER_WAY = 3
"""Chunks handed out for each worker: enough to keep it busy, few enough to keep memory level."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What the lines of a job hold, and how many make a chunk."""

    chunk: int
    worth_cores: int
    """Fewer lines than this are answered before another process has even started."""
    longest: int
    """Bytes of the longest line that is read."""


KINDS = {
    "batch": Kind(250, 2_000, LONGEST_LINE),
    "resolve": Kind(25, 200, 32 * LONGEST_LINE),
    "parse": Kind(25, 200, 32 * LONGEST_LINE),
}
"""By the command's name."""


@dataclass(frozen=True, slots=True)
class Job:
    """What every chunk needs to know."""

    path: str
    limit: int
    online: str | None = None
    command: str = "batch"
    priors: Priors = NO_PRIORS
    """What is known beforehand."""
    table: bool = False
    """Whether the lines are rows of one table, so that they are witnesses for one another."""

    @property
    def kind(self) -> Kind:
        """What the lines hold."""
        return KINDS[self.command]


@dataclass(frozen=True, slots=True)
class Done:
    """The answers of a chunk as they are written, and how many of its lines could not be read."""

    output: bytes
    failed: int


def lines_of(file: BinaryIO, longest: int = LONGEST_LINE) -> Iterator[bytes]:
    """Yield the lines of a file that are not blank; of a far too long one only the start, which is then refused."""
    while line := file.readline(longest):
        if len(line) == longest and not line.endswith(b"\n"):
            while (rest := file.readline(longest)) and not rest.endswith(b"\n"):
                pass
        if line.strip():
            yield line


@lru_cache(maxsize=2)
def _opened(path: str, changed_ns: int, online: str | None) -> Gazetteer:
    return Gazetteer(path, online=online)


def answer_chunk(lines: list[bytes], job: Job) -> Done:
    """Answer some lines in this process, whose gazetteer stays open for the next ones."""
    path = Path(job.path)
    gazetteer = _opened(job.path, path.stat().st_mtime_ns if path.exists() else 0, job.online)
    return answer_lines(lines, gazetteer, job)


def answer_lines(lines: Iterable[bytes], gazetteer: Gazetteer, job: Job) -> Done:
    """Answer lines, in order."""
    answer = _answering(gazetteer, job)
    rest, longest, failed, output = iter(lines), job.kind.longest, 0, bytearray()
    with _no_search_for_cycles():
        while chunk := list(islice(rest, job.kind.chunk)):
            answers = answer([line for line in chunk if len(line) < longest])
            for line in chunk:
                for row, sound in next(answers) if len(line) < longest else _too_long(job):
                    failed += not sound
                    output += row.encode("utf-8") + b"\n"
    return Done(bytes(output), failed)


def _too_long(job: Job) -> Rows:
    """Return what is said of a line that is too long to be read."""
    refused = unresolved if job.command == "batch" else unanswered
    return [(to_json(refused(None, f"the line is longer than {job.kind.longest:,} bytes")), False)]


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Let Python not look for objects in cycles, of which answering makes none, through all that is kept."""
    searches = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searches:
            gc.enable()


def _answering(gazetteer: Gazetteer, job: Job) -> Callable[[list[bytes]], Iterator[Rows]]:
    """Return what answers some lines, each by one row or by one for each name in a document."""
    if job.command == "batch":
        answerer = _answerer(gazetteer, job)
        return lambda lines: ([answerer.answer(line)] for line in lines)
    marked = job.command == "resolve"
    answer_all = gazetteer.resolve_documents if marked else gazetteer.parse_documents
    ask = partial(answer_all, priors=job.priors, limit=job.limit)
    return lambda lines: (
        [(to_json(row), "error" not in row) for row in rows]
        for rows in answer_together(lines, ask, marked=marked)
    )


_last: dict[str, tuple[Gazetteer, Job, Answerer]] = {}


def _answerer(gazetteer: Gazetteer, job: Job) -> Answerer:
    """Return what answers the places of a job; the same for every chunk of it, so that it remembers."""
    last = _last.get("job")
    if last is None or last[0] is not gazetteer or last[1] != job:
        last = _last["job"] = (gazetteer, job, Answerer(gazetteer, job.limit, job.priors))
    return last[2]


def run(
    lines: Iterator[bytes], gazetteer: Gazetteer, job: Job, jobs: int | None, scheduler: str | None
) -> Iterator[Done]:
    """Yield the answers chunk by chunk, in order: here, on several cores, or on a Dask cluster."""
    if job.table:
        lines, priors = as_table(lines, gazetteer, job.priors)
        job = replace(job, priors=priors)
    if scheduler:
        with _cluster(scheduler) as (submit, workers):
            yield from _in_order(lines, submit, job, workers)
        return
    first = list(islice(lines, job.kind.worth_cores))
    workers = jobs or (cores() if len(first) == job.kind.worth_cores else 1)
    lines = chain(first, lines)
    if workers == 1:
        while chunk := list(islice(lines, job.kind.chunk)):
            yield answer_lines(chunk, gazetteer, job)
        return
    with ProcessPoolExecutor(workers) as pool:
        try:
            yield from _in_order(lines, pool.submit, job, workers)
        except BrokenProcessPool as error:
            raise GeoError("a process was ended from outside; what it had to answer is missing") from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def answer_file(
    source: str, target: str, gazetteer: Gazetteer, job: Job, jobs: int | None, scheduler: str | None
) -> int:
    """Answer a file into another, `-` being stdin and stdout; return how many answers are errors."""
    failed = 0
    with ExitStack() as stack:
        file: BinaryIO = sys.stdin.buffer if source == "-" else stack.enter_context(Path(source).open("rb"))
        output: BinaryIO = (
            sys.stdout.buffer if target == "-" else stack.enter_context(Path(target).open("wb"))
        )
        for done in run(lines_of(file, job.kind.longest), gazetteer, job, jobs, scheduler):
            failed += done.failed
            output.write(done.output)
            output.flush()
    return failed


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _in_order(lines: Iterator[bytes], submit: Callable[..., Any], job: Job, workers: int) -> Iterator[Done]:
    under_way: deque[Any] = deque()
    while chunk := list(islice(lines, job.kind.chunk)):
        under_way.append(submit(answer_chunk, chunk, job))
        if len(under_way) >= UNDER_WAY * workers:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


@contextmanager
def _cluster(scheduler: str) -> Iterator[tuple[Callable[..., Any], int]]:
    """Connect to a Dask scheduler; its workers need Dateline and the gazetteer under the same path."""
    try:
        distributed = import_module("distributed")
    except ImportError as error:
        raise GeoError(
            "a Dask scheduler needs the package distributed: pip install 'dateline[dask]'"
        ) from error
    try:
        client = distributed.Client(scheduler, timeout=10, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise GeoError(f"there is no Dask scheduler at {scheduler} ({error})"[:300]) from error
    try:
        workers = client.nthreads()
        if not workers:
            raise GeoError(f"the Dask scheduler at {scheduler} has no workers")
        yield lambda *given: client.submit(*given, pure=False), sum(workers.values())
    finally:
        client.close()
