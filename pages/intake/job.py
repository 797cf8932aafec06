"""Long work beside the page: a thread that tells how far it is, can be stopped, and never shows a traceback."""

import logging
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

import streamlit as st

from data import Cancelled, DataError, Step
from data.progress import Progress
from geo.errors import GeoError
from pages.shared.text import plain
from pages.shared.words import sentence

T = TypeVar("T")
LOOK_EVERY_S = 0.5
log = logging.getLogger("dateline")


class Job(Generic[T]):
    """One piece of work; its result or its problem is there once it is `done`."""

    def __init__(self, work: Callable[[Progress], T]) -> None:
        self.step: Step | None = None
        self.result: T | None = None
        self.problem: Exception | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(work,), daemon=True)
        self._thread.start()

    def _run(self, work: Callable[[Progress], T]) -> None:
        try:
            self.result = work(self._tell)
        except (DataError, GeoError) as problem:
            self.problem = problem
        except Exception as problem:
            log.exception("Work beside a page failed")
            self.problem = problem

    def _tell(self, step: Step) -> None:
        self.step = step
        if self._stop.is_set():
            raise Cancelled("Stopped. Nothing was changed.")

    def stop(self) -> None:
        """Ask the work to stop at its next step; what it has begun is taken back."""
        self._stop.set()

    @property
    def stopping(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    @property
    def done(self) -> bool:
        """Whether it has come to an end, one way or the other."""
        return not self._thread.is_alive()

    def wait(self, seconds: float) -> None:
        """Wait for the end, but not for long: most work is done before anybody could read a progress bar."""
        self._thread.join(seconds)


@st.fragment(run_every=LOOK_EVERY_S)
def watch(job: Job[T]) -> None:
    """Show how far the work is; run the whole page again when it is done."""
    if job.done:
        st.rerun()
    step = job.step
    text = "Stopping" if job.stopping else sentence(str(step)) if step else "Beginning"
    st.progress((step.share if step else None) or 0.0, text=plain(text))
    st.button("Cancel", icon=":material/close:", on_click=job.stop, disabled=job.stopping, key="job_cancel")


def say(problem: Exception) -> None:
    """Show what went wrong in a sentence."""
    if isinstance(problem, Cancelled):
        st.info(plain(str(problem)))
    elif isinstance(problem, (DataError, GeoError)):
        st.error(plain(str(problem)))
    else:
        st.error("Nothing was changed. The server's log has the reason.", title="That did not work")
