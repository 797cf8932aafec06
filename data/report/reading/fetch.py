"""Fetch one document from the web: only public addresses, only for so long, only so much.

The address that was checked is the address that is connected to, and every redirect is checked anew, so that neither a
name that changes its meaning between two look-ups nor a page that points inward reaches what only this machine may see.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import os
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urljoin, urlsplit, urlunsplit

from data.errors import FileProblem
from data.report.reading.content import LARGEST

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
AGENT = "Dateline (reads one article for an analyst)"
MOST_REDIRECTS = 5
_CHUNK = 1 << 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_KINDS = frozenset(
    {
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "text/xml",
        "application/xml",
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/pdf",
        "message/rfc822",
        "application/octet-stream",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: IPAddress) -> bool:
    """Say whether an address belongs to the open internet, also when it hides another one inside.

    >>> [is_public(ipaddress.ip_address(text)) for text in ("127.0.0.1", "10.1.2.3", "::ffff:192.168.0.1", "9.9.9.9")]
    [False, False, False, True]
    """
    if isinstance(address, ipaddress.IPv6Address):
        inside = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            inside.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if any(hidden is not None and not is_public(hidden) for hidden in inside):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


@dataclass(frozen=True)
class FetchPolicy:
    """What may be fetched. The defaults are for every real use; tests of this module inject others."""

    allows: Callable[[IPAddress], bool] = is_public
    ports: frozenset[int] | None = frozenset({80, 443, 8080, 8443})
    """None allows any."""
    timeout_s: float = 20.0
    """For everything together: all redirects, all bytes."""
    most_bytes: int = LARGEST


@dataclass(frozen=True)
class Fetched:
    """A document as it came."""

    content: bytes
    url: str
    """Where it was found in the end."""
    kind: str
    charset: str | None


def fetching_allowed(*, hosted: bool) -> bool:
    """Say whether addresses may be fetched: as `DATELINE_FETCH` (1 or 0) says, else where nobody else is served."""
    setting = os.environ.get("DATELINE_FETCH", "").strip().lower()
    if setting:
        return setting not in ("0", "no", "off", "false")
    return not hosted


def fetch(url: str, policy: FetchPolicy | None = None) -> Fetched:
    """Fetch a document; raise `FileProblem` with what is wrong and what to do."""
    policy = policy or FetchPolicy()
    until = time.monotonic() + policy.timeout_s
    for _ in range(MOST_REDIRECTS + 1):
        answer = _ask(url, policy, until)
        if isinstance(answer, Fetched):
            return answer
        url = urljoin(url, answer)
    raise FileProblem(f"{url} only points to further addresses; open it in a browser and paste the text")


def _ask(url: str, policy: FetchPolicy, until: float) -> Fetched | str:
    """Ask one address; return what came, or where it points to."""
    try:
        parts = urlsplit(url)
        secure, host, port = parts.scheme == "https", parts.hostname or "", parts.port
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except (ValueError, UnicodeError) as error:
        raise FileProblem(f"{url[:200]} is not an address; copy it again") from error
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.password:
        raise FileProblem(
            f"{url[:200]} is not the address of a web page; give one like https://example.org/article"
        )
    port = port or (443 if secure else 80)
    if policy.ports is not None and port not in policy.ports:
        raise FileProblem(
            f"{url[:200]} asks for port {port}, where no web page is; give the article's own address"
        )
    address = _resolve(host, port, policy)
    target = urlunsplit(("", "", parts.path or "/", parts.query, "")).encode("ascii", "ignore").decode()
    watched: list[socket.socket] = []
    late = threading.Event()

    def stop() -> None:
        late.set()
        for open_socket in watched:
            with contextlib.suppress(OSError):
                open_socket.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(max(0.0, until - time.monotonic()), stop)
    watch.daemon = True
    watch.start()
    connection = http.client.HTTPConnection(host, port)
    try:
        plain = socket.create_connection((str(address), port), max(0.01, until - time.monotonic()))
        watched.append(plain)
        if secure:
            plain = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
            watched[:] = [plain]
        connection.sock = plain
        connection.request(
            "GET", target, headers={"User-Agent": AGENT, "Accept-Encoding": "gzip", "Connection": "close"}
        )
        answer = connection.getresponse()
        moved = answer.getheader("Location")
        if answer.status in _REDIRECTS and moved:
            return moved
        if answer.status != 200:
            raise FileProblem(
                f"{url[:200]} answered {answer.status} {answer.reason}; open it in a browser and paste the text"
            )
        kind, charset = _kind(answer.headers, url)
        content = _body(answer, policy, url)
    except (OSError, http.client.HTTPException, ValueError) as error:
        if late.is_set() or isinstance(error, TimeoutError):
            raise _too_slow(url, policy) from error
        raise FileProblem(
            f"{url[:200]} could not be fetched ({error}); open it in a browser and paste the text"
        ) from error
    finally:
        watch.cancel()
        connection.close()
    if late.is_set():
        raise _too_slow(url, policy)
    return Fetched(content, url, kind, charset)


def _too_slow(url: str, policy: FetchPolicy) -> FileProblem:
    return FileProblem(
        f"{url[:200]} did not come within {policy.timeout_s:g} seconds; try again later, or paste the text"
    )


def _resolve(host: str, port: int, policy: FetchPolicy) -> IPAddress:
    """Find the one address to connect to; one inward address among several is enough to refuse."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FileProblem(f"there is no server called {host[:200]}; check the address") from error
    addresses = [ipaddress.ip_address(str(row[4][0]).partition("%")[0]) for row in found]
    for address in addresses:
        if not policy.allows(address):
            raise FileProblem(
                f"{host[:200]} leads to {address}, an address inside a private network; only public pages are fetched: "
                "paste the text instead"
            )
    return addresses[0]


def _kind(headers: Message, url: str) -> tuple[str, str | None]:
    kind = headers.get_content_type() if headers.get("Content-Type") else "text/html"
    if kind not in _KINDS:
        raise FileProblem(
            f"{url[:200]} is {kind}, not an article; give the address of a page, a PDF or a feed"
        )
    return kind, headers.get_content_charset()


def _body(answer: http.client.HTTPResponse, policy: FetchPolicy, url: str) -> bytes:
    """Read the body, unpacked, and stop as soon as it is too much."""
    coding = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip", "deflate"):
        raise FileProblem(f"{url[:200]} came packed as {coding}; open it in a browser and paste the text")
    unpack = None if coding == "identity" else zlib.decompressobj(zlib.MAX_WBITS | 32)
    parts: list[bytes] = []
    size = 0
    while piece := answer.read1(_CHUNK):
        if unpack is not None:
            try:
                piece = unpack.decompress(piece, policy.most_bytes + 1 - size)
            except zlib.error as error:
                raise FileProblem(f"{url[:200]} came broken; try again, or paste the text") from error
        size += len(piece)
        if size > policy.most_bytes:
            raise FileProblem(
                f"{url[:200]} is larger than {policy.most_bytes / (1 << 20):,.0f} MB; paste the text of the report"
            )
        parts.append(piece)
    return b"".join(parts)
