"""A geocoding service on this machine that answers in every provider's format, well or badly."""

import contextlib
import http.server
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from geo.online import Online
from geo.online.ledger import Ledger

AGENT = "harbour-desk (maps@harbour.news)"


@dataclass
class Service:
    """What the server shall do next, and what it was asked."""

    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    """Answers in turn, the last one again and again: status, headers, body."""
    delay_s: float = 0.0
    cut: bool = False
    asked: list[tuple[str, dict[str, list[str]], dict[str, str]]] = field(default_factory=list)
    url: str = ""

    def says(self, body: Any, status: int = 200, **headers: str) -> None:
        data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        self.answers.append(
            (status, {name.replace("_", "-"): value for name, value in headers.items()}, data)
        )


@pytest.fixture
def service() -> Iterator[Service]:
    known = Service()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            known.asked.append((parts.path, parse_qs(parts.query), dict(self.headers.items())))
            status, headers, body = known.answers[0] if len(known.answers) == 1 else known.answers.pop(0)
            time.sleep(known.delay_s)
            if known.cut:
                self.close_connection = True
                self.connection.close()
                return
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

        def handle(self) -> None:
            with contextlib.suppress(OSError):  # the client gave up, as it should
                super().handle()

        def finish(self) -> None:
            with contextlib.suppress(OSError, ValueError):
                super().finish()

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
        known.url = f"http://127.0.0.1:{running.server_address[1]}"
        yield known
        running.shutdown()


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def online(
    service: Service, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Online]:
    """Make an `Online` whose every provider is the service on this machine."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name in ("NOMINATIM", "PHOTON", "PELIAS", "GEONAMES", "ARCGIS"):
        monkeypatch.setenv(f"DATELINE_{name}_URL", service.url)
    monkeypatch.setenv("DATELINE_GEONAMES_USERNAME", "harbour")
    monkeypatch.setenv("DATELINE_PELIAS_KEY", "key-1")

    def make(*providers: str, **options: Any) -> Online:
        ledger = Ledger(tmp_path / "online.sqlite", clock)
        return Online(
            providers,
            **{"user_agent": AGENT, "timeout_s": 10, "ledger": ledger, "sleep": clock.sleep, **options},
        )

    return make
