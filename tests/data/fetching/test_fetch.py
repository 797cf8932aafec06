"""ACLED and UCDP fetched from a server that answers in their formats, and in every way that goes wrong."""

import csv
import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from click.testing import CliRunner

from data import InputError, Options, Store
from data.cli import main
from data.fetching import SOURCES, acled, ucdp
from data.fetching.question import FetchProblem, Question
from data.fetching.run import fetch

FILES = Path(__file__).parents[1] / "files"
Trouble = Callable[["Api"], bool]


class Server(ThreadingHTTPServer):
    """Both services in one: rows of the made files, page by page, and troubles that each come once."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Api)
        self.asked: list[dict[str, str]] = []
        self.logins: list[dict[str, str]] = []
        self.troubles: list[Trouble | None] = []
        self.rows: dict[str, list[dict[str, str]]] = {}
        for name in ("acled.csv", "ucdp_ged.csv"):
            with (FILES / name).open(encoding="utf-8", newline="") as file:
                self.rows[name] = list(csv.DictReader(file))
        self.token = "t0"


class Api(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *_: Any) -> None:
        pass

    def send(self, content: Any, status: int = 200, **headers: str) -> bool:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        for name, value in {
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            **headers,
        }.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)
        return True

    def do_POST(self) -> None:
        form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        self.server.logins.append(form)
        if form.get("password") != "right":
            self.send({"error": "invalid_grant"}, 400)
            return
        self.server.token = f"t{len(self.server.logins)}"
        self.send({"token_type": "Bearer", "expires_in": 86400, "access_token": self.server.token})

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = dict(parse_qsl(parts.query))
        trouble = self.server.troubles.pop(0) if self.server.troubles else None
        if trouble and trouble(self):
            return
        self.server.asked.append(asked)
        if parts.path == "/api/acled/read":
            if self.headers["Authorization"] != f"Bearer {self.server.token}":
                self.send({"message": "Unauthorized"}, 401)
                return
            size, number = int(asked["limit"]), int(asked["page"]) - 1
            rows = self.server.rows["acled.csv"][number * size : (number + 1) * size]
            self.send({"status": 200, "success": True, "count": len(rows), "data": rows})
        elif parts.path == "/api/gedevents/26.1":
            if self.headers["x-ucdp-access-token"] != "token":
                self.send(b"API token required", 401)
                return
            size, number = int(asked["pagesize"]), int(asked.get("page", 0))
            rows = self.server.rows["ucdp_ged.csv"]
            more = (number + 1) * size < len(rows)
            url = f"http://elsewhere.example{parts.path}?pagesize={size}&page={number + 1}"
            page = [{**row, "date_start": row["date_start"][:10] + "T00:00:00", "best": int(row["best"] or 0)}
                    for row in rows[number * size : (number + 1) * size]]  # fmt: skip
            self.send({"TotalCount": len(rows), "TotalPages": -(-len(rows) // size), "PreviousPageUrl": "",
                       "NextPageUrl": url if more else "", "Result": page})  # fmt: skip
        else:
            self.send(b"no such page", 404)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with Server() as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        address = f"http://127.0.0.1:{made.server_address[1]}"
        for name, value in {
            "DATELINE_ACLED_URL": address, "DATELINE_UCDP_URL": address, "DATELINE_ACLED_EMAIL": "analyst@example.org",
            "DATELINE_ACLED_PASSWORD": "right", "DATELINE_UCDP_TOKEN": "token",
        }.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(acled, "PAGE", 3)
        monkeypatch.setattr(ucdp, "PAGE", 3)
        yield made
        made.shutdown()
        thread.join()


class Sleeper:
    """Does not sleep; remembers how long it should have."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)


def get(name: str, out: Path, sleep: Callable[[float], None] | None = None, **asks: Any) -> int:
    return fetch(SOURCES[name], Question(**asks), out, sleep=sleep or Sleeper(), timeout_s=2)


@pytest.mark.parametrize(("name", "file"), [("acled", "acled.csv"), ("ucdp", "ucdp_ged.csv")])
def test_what_is_fetched_is_what_the_importer_reads(
    server: Server, empty: Store, tmp_path: Path, name: str, file: str
) -> None:
    out = tmp_path / "fetched.csv"
    assert get(name, out) == len(server.rows[file]) == 4
    summary = empty.import_file(out, Options(), geocode=False)
    by_hand = empty.import_file(FILES / file, Options(), geocode=False, rejects_beside=False)
    assert (summary.format, summary.read) == (name, 4)
    assert summary.imported == by_hand.unchanged + by_hand.updated
    assert sorted(path.name for path in tmp_path.glob(".*")) == []


def test_acled_is_asked_in_its_own_words(server: Server, tmp_path: Path) -> None:
    get("acled", tmp_path / "a.csv", country="Ukraine", since=date(2023, 1, 1), until=date(2023, 6, 30))
    assert server.logins == [
        {
            "username": "analyst@example.org",
            "password": "right",
            "grant_type": "password",
            "client_id": "acled",
        }
    ]
    assert [asked["page"] for asked in server.asked] == ["1", "2"]
    assert server.asked[0] == {
        "_format": "json", "limit": "3", "page": "1", "iso": "804", "event_date": "2023-01-01|2023-06-30",
        "event_date_where": "BETWEEN",
    }  # fmt: skip


def test_ucdp_is_asked_in_its_own_words_and_nobody_else_gets_the_token(
    server: Server, tmp_path: Path
) -> None:
    get("ucdp", tmp_path / "u.csv", country="369", since=date(2022, 2, 24))
    assert server.asked[0] == {"pagesize": "3", "Country": "369", "StartDate": "2022-02-24"}
    assert server.asked[1] == {"pagesize": "3", "page": "1"}


def test_requests_come_one_after_the_other_with_a_rest_between(server: Server, tmp_path: Path) -> None:
    sleeper = Sleeper()
    get("acled", tmp_path / "a.csv", sleeper)
    assert sleeper.slept == [1.0]


def dies(api: Api) -> bool:
    api.send_response(200)
    api.send_header("Content-Length", "5000")
    api.end_headers()
    api.wfile.write(b'{"data": [{"event_id_cnty": "UKR9')
    api.wfile.flush()
    api.connection.close()
    return True


def is_slow(api: Api) -> bool:
    time.sleep(2.5)
    return False


TROUBLES: dict[str, Trouble] = {
    "broken": lambda api: api.send(b'{"status": 200, "data": [{'),
    "no object": lambda api: api.send([]),
    "too many": lambda api: api.send({"message": "slow down"}, 429, Retry_After="7"),
    "server error": lambda api: api.send(b"oops", 503),
    "dies in the middle": dies,
    "slow": is_slow,
}


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("name", SOURCES)
def test_a_trouble_that_passes_is_waited_out(server: Server, tmp_path: Path, name: str, trouble: str) -> None:
    sleeper = Sleeper()
    server.troubles = [None, TROUBLES[trouble]]
    assert get(name, tmp_path / "out.csv", sleeper) == 4
    assert max(sleeper.slept) >= (7 if trouble == "too many" else 1)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert len({row.get("event_id_cnty") or row.get("id") for row in csv.DictReader(file)}) == 4


@pytest.mark.parametrize("name", SOURCES)
def test_after_a_break_it_goes_on_where_it_broke(server: Server, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out.csv"
    server.troubles = [None, *[TROUBLES["server error"]] * 5]
    with pytest.raises(FetchProblem, match="goes on from there"):
        get(name, out)
    assert not out.exists()
    with (tmp_path / ".out.csv.part").open("ab") as cut:
        cut.write(b'{"a line cut')  # as a killed run leaves it
    before = len(server.asked)
    assert get(name, out) == 4
    assert len(server.asked) == before + 1
    assert len(out.read_text(encoding="utf-8").splitlines()) == 5


def test_another_question_begins_anew(server: Server, tmp_path: Path) -> None:
    server.troubles = [None, *[TROUBLES["server error"]] * 5]
    with pytest.raises(FetchProblem):
        get("ucdp", tmp_path / "out.csv")
    assert get("ucdp", tmp_path / "out.csv", country="369") == 4
    assert len(server.asked) == 3


def test_a_token_that_has_run_out_is_renewed_once(server: Server, tmp_path: Path) -> None:
    def expire(api: Api) -> bool:
        api.server.token = "another"
        return False

    server.troubles = [None, expire]
    assert get("acled", tmp_path / "a.csv") == 4
    assert len(server.logins) == 2


def test_a_long_wait_is_said_and_not_waited_for(server: Server, tmp_path: Path) -> None:
    sleeper = Sleeper()
    server.troubles = [lambda api: api.send(b"", 429, Retry_After="86400")]
    with pytest.raises(FetchProblem, match="86,400 s"):
        get("ucdp", tmp_path / "out.csv", sleeper)
    assert sleeper.slept == []


@pytest.mark.parametrize(
    ("name", "variable", "value", "says"),
    [
        ("acled", "DATELINE_ACLED_PASSWORD", "wrong", "ACLED refuses the account"),
        ("acled", "DATELINE_ACLED_EMAIL", "", "DATELINE_ACLED_EMAIL is not set"),
        ("ucdp", "DATELINE_UCDP_TOKEN", "wrong", "401 .API token required"),
        ("ucdp", "DATELINE_UCDP_TOKEN", "", "DATELINE_UCDP_TOKEN is not set"),
    ],
)
def test_a_wrong_account_is_said_at_once(
    server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    variable: str,
    value: str,
    says: str,
) -> None:
    monkeypatch.setenv(variable, value)
    sleeper = Sleeper()
    with pytest.raises(FetchProblem, match=says):
        get(name, tmp_path / "out.csv", sleeper)
    assert sleeper.slept == []


@pytest.mark.parametrize(
    ("name", "asks"),
    [("acled", {"country": "Narnia"}), ("ucdp", {"country": "UA"}), ("ucdp", {"release": "../x"})],
)
def test_a_question_that_cannot_be_asked_is_refused(
    server: Server, tmp_path: Path, name: str, asks: dict[str, str]
) -> None:
    with pytest.raises(InputError):
        get(name, tmp_path / "out.csv", **asks)
    assert server.asked == []


def test_a_refusal_in_words_is_passed_on(server: Server, tmp_path: Path) -> None:
    server.troubles = [lambda api: api.send({"success": False, "messages": ["access level too low"]})]
    with pytest.raises(FetchProblem, match="access level too low"):
        get("acled", tmp_path / "out.csv")


def test_the_command_fetches_and_says_what_it_wrote(server: Server, tmp_path: Path) -> None:
    out = tmp_path / "ged.csv"
    done = CliRunner().invoke(main, ["fetch", "ucdp", str(out), "--since", "2022-01-01"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout.splitlines()[-1]) == {"rows": 4, "file": str(out)}
