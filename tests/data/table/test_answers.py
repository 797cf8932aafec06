"""Answers are worked out once, by few threads, and kept within bounds."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from data.table import answers
from data.table.answers import Answers


def test_who_asks_the_same_meanwhile_gets_the_same_answer() -> None:
    known, asked, go_on = Answers(2), [], threading.Event()

    def work_out() -> list[int]:
        asked.append(1)
        go_on.wait(10)
        return [7]

    with ThreadPoolExecutor(8) as visitors:
        said = [visitors.submit(known.get, "how many", work_out) for _ in range(8)]
        go_on.set()
        assert [answer.result() for answer in said] == [[7]] * 8
    assert asked == [1]
    known.close()


def test_more_questions_than_threads_wait_for_their_turn() -> None:
    known, lock, at_work, most = Answers(2), threading.Lock(), [0], [0]
    both = threading.Barrier(2)

    def work_out() -> None:
        with lock:
            at_work[0] += 1
            most[0] = max(most[0], at_work[0])
        both.wait(10)  # passed by two at a time only
        with lock:
            at_work[0] -= 1

    with ThreadPoolExecutor(8) as visitors:
        list(visitors.map(lambda n: known.get(n, work_out), range(8)))
    assert most[0] == 2
    known.close()


def test_parts_are_worked_out_by_the_thread_that_needs_them() -> None:
    known = Answers(1)
    assert known.get("whole", lambda: known.part("part", lambda: 3) + 1) == 4
    assert known.get("another whole", lambda: known.part("part", lambda: 0) + 2) == 5
    known.close()


def test_a_failure_is_told_and_not_kept() -> None:
    known = Answers(1)
    with pytest.raises(ZeroDivisionError):
        known.get("question", lambda: 1 // 0)
    assert known.get("question", lambda: 5) == 5
    known.close()


def test_large_answers_and_old_ones_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_KEPT", 2)
    monkeypatch.setattr(answers, "_KEPT_ROWS", 3)
    known = Answers(1)
    known.get("large", lambda: [0] * 4)
    for name in ("first", "second", "third"):
        known.get(name, lambda: [0])
    assert known.get("large", lambda: "anew") == "anew"
    assert known.get("third", lambda: ["anew"]) == [0]
    assert known.get("first", lambda: ["anew"]) == ["anew"]
    known.close()
