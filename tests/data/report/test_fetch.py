"""Addresses: only public ones, also after a redirect, and never longer or larger than agreed. Against a real server."""

import gzip
import http.server
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from data import FileProblem
from data.report import FetchPolicy, fetching_allowed, read, read_all
from data.report.reading.fetch import fetch, is_public

BODY = "<html><body><article><p>Shelling killed two people in Kherson on Tuesday.</p></article></body></html>"
LOCAL = FetchPolicy(
    allows=lambda address: str(address) == "127.0.0.1", ports=None, timeout_s=2.0, most_bytes=200_000
)
"""For these tests only: the one address that the test's own server has."""
PATIENT = replace(LOCAL, timeout_s=60.0)
"""The same where the clock is not what is tested: a busy machine is slow, not wrong."""
BOMB = gzip.compress(b"0" * 50_000_000)


class Pages(http.server.BaseHTTPRequestHandler):
    """A page for each thing that can go wrong."""

    def do_GET(self) -> None:
        getattr(self, "page_" + self.path.strip("/").split("?")[0].replace("-", "_"))()

    def answer(
        self, body: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def page_article(self) -> None:
        self.answer(BODY.encode())

    def page_packed(self) -> None:
        self.answer(gzip.compress(BODY.encode()), Content_Encoding="gzip")

    def page_bomb(self) -> None:
        self.answer(BOMB, Content_Encoding="gzip")

    def page_large(self) -> None:
        self.answer(b"x" * 300_000)

    def page_picture(self) -> None:
        self.answer(b"\x89PNG", "image/png")

    def page_gone(self) -> None:
        self.answer(b"", status=410)

    def page_hop(self) -> None:
        self.answer(b"", status=302, Location="/article")

    def page_round(self) -> None:
        self.answer(b"", status=302, Location="/round")

    def page_inward(self) -> None:
        self.answer(b"", status=302, Location=f"http://127.0.0.2:{self.server.server_address[1]}/article")

    def page_file(self) -> None:
        self.answer(b"", status=302, Location="file:///etc/passwd")

    def page_hang(self) -> None:
        time.sleep(5)

    def page_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b"<")
            self.wfile.flush()
            time.sleep(0.1)

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


class Quiet(http.server.ThreadingHTTPServer):
    """A client that leaves early is what these tests are about."""

    daemon_threads = True

    def handle_error(self, *_args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    made = Quiet(("127.0.0.1", 0), Pages)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_address[1]}"
    made.shutdown()
    made.server_close()


@pytest.fixture(autouse=True)
def no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATELINE_FETCH", raising=False)


@pytest.mark.parametrize("path", ["article", "packed", "hop"])
def test_an_article_is_fetched_straight_packed_or_after_a_redirect(server, path):
    article = read(f"{server}/{path}", policy=PATIENT)
    assert "Shelling killed two people in Kherson" in article.text
    assert article.url == f"{server}/{'article' if path == 'hop' else path}"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("inward", "127.0.0.2, an address inside a private network"),
        ("file", "is not the address of a web page"),
        ("round", "only points to further addresses"),
        ("large", "larger than 0 MB"),
        ("bomb", "larger than 0 MB"),
        ("picture", "is image/png, not an article"),
        ("gone", "answered 410"),
        ("hang", "did not come within 2 seconds"),
        ("drip", "did not come within 2 seconds"),
    ],
)
def test_what_goes_wrong_is_said_in_one_line(server, path, message):
    with pytest.raises(FileProblem, match=message) as problem:
        read_all(f"{server}/{path}", policy=LOCAL if path in ("hang", "drip") else PATIENT)
    assert "\n" not in str(problem.value)


def test_by_default_nothing_on_this_machine_is_reached(server):
    with pytest.raises(FileProblem, match=r"port \d+"):
        read(f"{server}/article")
    with pytest.raises(FileProblem, match="inside a private network"):
        fetch(f"{server}/article", FetchPolicy(ports=None))


def test_the_address_that_was_checked_is_the_one_connected_to(server, monkeypatch):
    ask, asked = socket.getaddrinfo, []

    def changing(host, *args, **kwargs):
        if host != "changing.test":
            return ask(host, *args, **kwargs)
        asked.append(host)
        return ask("127.0.0.1" if len(asked) == 1 else "127.0.0.2", *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    article = read(f"http://changing.test:{server.rpartition(':')[2]}/article", policy=PATIENT)
    assert "Shelling" in article.text
    assert asked == ["changing.test"]


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"])
def test_other_spellings_of_this_machine_lead_nowhere_either(host):
    with pytest.raises(FileProblem, match=r"private network|there is no server"):
        fetch(f"http://{host}/article")


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::",
     "ff02::1", "2001:0:a00:1::"],
)  # fmt: skip
def test_no_inward_address_is_public(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["9.9.9.9", "93.184.216.34", "2606:4700::1111"])
def test_public_addresses_are(address):
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    ["http://user:secret@example.org/", "http:///x", "http://example.org:99999/", "http://ex ample.org/"],
)
def test_what_is_no_address_is_refused_before_anything_is_asked(url):
    with pytest.raises(FileProblem):
        fetch(url)


def test_a_hosted_instance_fetches_only_when_told(monkeypatch):
    assert fetching_allowed(hosted=False)
    assert not fetching_allowed(hosted=True)
    with pytest.raises(FileProblem, match="DATELINE_FETCH=1"):
        read("https://example.org/a", hosted=True)
    monkeypatch.setenv("DATELINE_FETCH", "1")
    assert fetching_allowed(hosted=True)
    monkeypatch.setenv("DATELINE_FETCH", "0")
    assert not fetching_allowed(hosted=False)
