"""The HTTP interface over the bundled sample: called in process, and served on a port of this machine."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages.api.middleware import MIDDLEWARE
from pages.api.routes import ROUTES
from pages.shared import resources


@pytest.fixture(scope="module")
def interface(sample_home: Path) -> Iterator[Starlette]:
    """The addresses for machines, without the dashboard behind them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATELINE_HOME", str(sample_home))
        resources.close()
        yield Starlette(routes=ROUTES, middleware=MIDDLEWARE)
        resources.close()


@pytest.fixture(scope="module")
def client(interface: Starlette) -> Iterator[TestClient]:
    with TestClient(interface) as opened:
        yield opened


@pytest.fixture(scope="module")
def served(interface: Starlette) -> Iterator[str]:
    """The address of a real server."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(interface, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()
