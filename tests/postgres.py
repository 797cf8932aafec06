"""A PostgreSQL server of the tests' own: made in a temporary folder, run by a user who is not root, gone afterwards."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

USER = "dateline"


def programs() -> Path | None:
    """The newest server's programs: where Debian keeps them, or on the path."""
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    found = shutil.which("initdb")
    return newest[-1].parent if newest else Path(found).resolve().parent if found else None


class Server:
    """One server; every database it makes is empty."""

    def __init__(self, bin_folder: Path) -> None:
        self._bin = bin_folder
        self._made = 0
        self.folder = Path(tempfile.mkdtemp(prefix="dateline-pg-"))
        self.runs_as = "postgres" if os.geteuid() == 0 else getpass.getuser()
        if os.geteuid() == 0:
            shutil.chown(self.folder, self.runs_as)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        auth = ("--auth=trust", f"--username={USER}", "--encoding=UTF8", "--no-locale", "--no-sync")
        self._run("initdb", "-D", self.folder / "db", *auth)
        self.start()

    def start(self) -> None:
        """Start, and wait until it answers."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        quick = " -c fsync=off -c full_page_writes=off"
        log = self.folder / "log"
        self._run("pg_ctl", "-D", self.folder / "db", "-w", "-l", log, "-o", options + quick, "start")
        self.running = True

    def stop(self, how: str = "immediate") -> None:
        """Stop; `immediate` is what a power cut looks like from outside."""
        self._run("pg_ctl", "-D", self.folder / "db", "-w", "-m", how, "stop")
        self.running = False

    def remove(self) -> None:
        """Stop and leave nothing behind."""
        if self.running:
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def database(self) -> str:
        """Make an empty database; give its address."""
        self._made += 1
        name = f"d{self._made}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        return self.address(name, "postgresql+psycopg")

    def address(self, name: str, scheme: str = "postgresql") -> str:
        """Give the address of a database."""
        return f"{scheme}://{USER}@127.0.0.1:{self.port}/{name}"

    def _run(self, program: str, *arguments: str | Path) -> None:
        as_user = {"user": self.runs_as} if os.geteuid() == 0 else {}
        command = [str(self._bin / program), *map(str, arguments)]
        done = subprocess.run(
            command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True, check=False, **as_user,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr}")


def serve() -> Iterator[Server]:
    """Give a running server to tests; where none is installed they are skipped, except where nothing may be missing."""
    found = programs()
    if found is None:
        missing = "no PostgreSQL server is installed (Debian: apt-get install postgresql)"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    server = Server(found)
    yield server
    server.remove()
