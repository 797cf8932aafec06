"""Answers that are kept while the data stay as they are, each worked out once, by a few threads in turn."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar, cast

_KEPT = 512
_KEPT_ROWS = 5_000
Answer = TypeVar("Answer")


class Answers:
    """What is known, by question; safe to share between threads.

    However many ask, `at_once` work: more than there are processors would only take turns, and memory.
    """

    def __init__(self, at_once: int) -> None:
        self._known: OrderedDict[Hashable, Future[Any]] = OrderedDict()
        self._lock = threading.Lock()
        self._workers = ThreadPoolExecutor(at_once, "event-table")

    def get(self, question: Hashable, work_out: Callable[[], Answer]) -> Answer:
        """Answer a question; whoever asks the same meanwhile waits for it."""
        with self._lock:
            answer = self._known.get(question)
            if answer is None:
                answer = self._workers.submit(self._worked_out, question, work_out)
                self._keep(question, answer)
            else:
                self._known.move_to_end(question)
        return cast(Answer, answer.result())

    def part(self, question: Hashable, work_out: Callable[[], Answer]) -> Answer:
        """Answer a part of a question that is being worked out, in the same thread: it may be the last."""
        with self._lock:
            answer = self._known.get(question)
        if answer is None or not answer.done():
            answer = Future[Any]()
            answer.set_result(work_out())
            with self._lock:
                self._keep(question, answer)
            self._leave_out_large(question, answer.result())
        return cast(Answer, answer.result())

    def close(self) -> None:
        """Wait for what is being worked out and give the threads back."""
        self._workers.shutdown(cancel_futures=True)

    def _keep(self, question: Hashable, answer: Future[Any]) -> None:
        self._known[question] = answer
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)

    def _worked_out(self, question: Hashable, work_out: Callable[[], Answer]) -> Answer:
        try:
            answer = work_out()
        except BaseException:
            self._forget(question)
            raise
        self._leave_out_large(question, answer)
        return answer

    def _leave_out_large(self, question: Hashable, answer: Any) -> None:
        if hasattr(answer, "__len__") and len(answer) > _KEPT_ROWS:
            self._forget(question)

    def _forget(self, question: Hashable) -> None:
        with self._lock:
            self._known.pop(question, None)
