"""One limiter, one cache, for all threads and processes; nothing leaves unasked."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

import geo
from geo.errors import GeocoderUnavailable, OnlineRefused
from geo.online import PROVIDERS, Online, from_environment
from geo.online.found import Found, Question
from geo.online.ledger import Ledger
from geo.online.service import check_user_agent
from tests.geo.online import bodies
from tests.geo.online.conftest import AGENT, Clock, Service

ROOT = Path(__file__).parents[3]
Make = Callable[..., Online]


@pytest.mark.parametrize(
    "agent",
    ["", "  ", "my-application", "my_app/1", "my_user_agent/1.0", "specify_your_app_name_here", "geopy/2.5.0",
     "dateline", "python-requests/2.34", "Mozilla/5.0 (X11)", "someone@example.com", "desk\nX-Evil: 1"],
)  # fmt: skip
def test_a_user_agent_that_says_nothing_is_refused(agent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATELINE_USER_AGENT", raising=False)
    with pytest.raises(OnlineRefused, match="DATELINE_USER_AGENT"):
        Online(["nominatim"], user_agent=agent)


def test_a_user_agent_that_says_who_asks_is_taken() -> None:
    assert check_user_agent(f" {AGENT} ") == AGENT


@pytest.mark.parametrize(
    ("providers", "message"),
    [
        ("gogle", "choose among"),
        ("", "no online"),
        ("geonames", "DATELINE_GEONAMES_USERNAME"),
        ("pelias", "PELIAS_URL"),
    ],
)
def test_what_is_missing_is_told_before_anything_is_sent(providers: str, message: str) -> None:
    with pytest.raises(OnlineRefused, match=message):
        Online(providers, user_agent=AGENT)


@pytest.mark.parametrize("value", ["", " ", "off", "0", "none"])
def test_nothing_is_online_unless_it_is_named(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_ONLINE", value)
    assert from_environment() is None


def test_terms_and_attribution_stand_for_every_provider() -> None:
    for provider in PROVIDERS.values():
        assert provider.attribution
        assert provider.terms
        assert provider.terms_url.startswith("https://")
        assert provider.delay_s > 0
    assert PROVIDERS["nominatim"].delay_s >= 1
    assert PROVIDERS["arcgis"].keep_days == 0


def test_requests_keep_their_distance(online: Make, service: Service, clock: Clock) -> None:
    service.says(bodies.nominatim())
    asked = online("nominatim")
    for number in range(4):
        asked.answer(Question(f"Place {number}"))
    assert clock.slept == [1.0, 1.0, 1.0]


def test_two_providers_do_not_wait_for_each_other(online: Make, service: Service, clock: Clock) -> None:
    service.says(bodies.nominatim())
    online("nominatim").answer(Question("A"))
    service.answers.clear()
    service.says(bodies.photon())
    online("photon").answer(Question("A"))
    assert clock.slept == []


def test_threads_share_the_limiter(online: Make, service: Service, tmp_path: Path) -> None:
    service.says(bodies.arcgis())
    began = time.monotonic()
    one = [online("arcgis", ledger=Ledger(tmp_path / "real.sqlite"), sleep=time.sleep) for _ in range(2)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: one[n % 2].answer(Question(f"Place {n}")), range(4)))
    assert time.monotonic() - began >= 2.9


def test_any_number_of_threads_may_make_the_file_at_once(tmp_path: Path) -> None:
    together = Barrier(8)

    def turn(path: Path) -> float:
        together.wait()
        return Ledger(path, clock=lambda: 1_000.0).wait_s("arcgis", 1, 60)

    for n in range(40):
        with ThreadPoolExecutor(8) as pool:
            waits = sorted(pool.map(turn, [tmp_path / f"{n}.sqlite"] * 8))
        assert waits == list(range(8)), "each takes a turn of its own"


def test_what_was_asked_is_not_asked_again_until_it_is_old(
    online: Make, service: Service, clock: Clock
) -> None:
    service.says(bodies.nominatim())
    first = online("nominatim").answer(Question("Saltivka"))
    clock.now += 86_400 * 10
    second = online("nominatim").answer(Question(" SALTIVKA "))
    assert (first.kept, second.kept, len(service.asked)) == (False, True, 1)
    assert second.found == first.found
    assert clock.now - second.asked_at >= 86_400 * 10
    clock.now += 86_400 * 171
    assert not online("nominatim").answer(Question("Saltivka")).kept
    assert not online("nominatim").answer(Question("Saltivka", "UA")).kept, "another question"


def test_answers_that_may_not_be_kept_are_not(online: Make, service: Service, tmp_path: Path) -> None:
    service.says(bodies.arcgis())
    online("arcgis").answer(Question("Saltivka"))
    with sqlite3.connect(tmp_path / "online.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM answers").fetchone() == (0,)


def test_the_next_provider_is_asked_after_a_miss_or_a_failure(online: Make, service: Service) -> None:
    service.says([])
    service.says(bodies.photon())
    assert online("nominatim", "photon").answer(Question("A")).service.provider.name == "photon"
    service.answers[:0] = [(403, {}, b"")]
    assert online("nominatim", "photon").answer(Question("B")).found
    service.answers[:] = [(403, {}, b""), (200, {}, b'{"features": []}')]
    with pytest.raises(GeocoderUnavailable, match="Nominatim"):
        online("nominatim", "photon").answer(Question("C"))


def test_a_damaged_cache_is_put_aside(online: Make, service: Service, tmp_path: Path) -> None:
    (tmp_path / "online.sqlite").write_bytes(b"not a database at all" * 500)
    service.says(bodies.nominatim())
    assert online("nominatim").answer(Question("Saltivka")).found
    assert (tmp_path / "online.sqlite.damaged").exists()


def test_a_cache_that_cannot_be_written_refuses(online: Make, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OnlineRefused, match="cannot be used"):
        online("nominatim", ledger=Ledger(tmp_path / "file" / "online.sqlite")).answer(Question("A"))


KEEP = """
import sys
from pathlib import Path
from geo.online.found import Found
from geo.online.ledger import Ledger
ledger = Ledger(Path(sys.argv[1]))
for number in range(100):
    ledger.put("nominatim", f"{sys.argv[2]} {number}", [Found("osm:1", "Київ", 50.4, 30.5, "settlement", 1000.0)], 1)
    ledger.wait_s("turns", 5.0, 1e9)
"""


def test_two_processes_share_the_file(tmp_path: Path) -> None:
    path = tmp_path / "online.sqlite"
    running = [
        subprocess.Popen([sys.executable, "-c", KEEP, str(path), name], cwd=ROOT) for name in ("a", "b")
    ]
    assert [process.wait(60) for process in running] == [0, 0]
    ledger = Ledger(path)
    for name in ("a", "b"):
        for number in range(100):
            kept = ledger.get("nominatim", f"{name} {number}")
            assert kept is not None
            assert kept.found == [Found("osm:1", "Київ", 50.4, 30.5, "settlement", 1000.0)]
    assert 900 < ledger.wait_s("turns", 5.0, 1e9) <= 1000, "200 turns of 5 s, none taken twice"


def test_only_what_the_gazetteer_does_not_know_is_asked(
    gazetteer: geo.Gazetteer, service: Service, online: Make, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_USER_AGENT", AGENT)
    service.says(bodies.nominatim("Qwxzholm"))
    assert gazetteer.resolve("Bakhmut", provider="nominatim").status == "auto"
    assert gazetteer.resolve("Bilohorivka, Donetsk Oblast", provider="nominatim").status == "ambiguous"
    assert gazetteer.resolve("", provider="nominatim").problem
    assert service.asked == []
    found = gazetteer.resolve("near Qwxzholm, Kharkiv Oblast", country="Ukraine", provider="nominatim")
    assert (found.status, found.relation, found.geo_precision) == ("ambiguous", "near", "near")
    assert [toponym.text for toponym in found.toponyms] == ["Qwxzholm"]
    assert service.asked[0][1]["q"] == ["Qwxzholm, Kharkiv Oblast"]
    assert service.asked[0][1]["countrycodes"] == ["ua"]
    location = gazetteer.geocode("Qwxzholm, Kharkiv Oblast", country="UA", provider=["nominatim"])
    assert location.raw["attribution"] == PROVIDERS["nominatim"].attribution
    assert gazetteer.resolve("Qwxzholm").status == "unresolved", "nothing is asked unless a provider is named"
    assert len(service.asked) == 1


def run(home: Path, service: Service, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    settings = {"DATELINE_HOME": str(home), "DATELINE_NOMINATIM_URL": service.url, "NO_PROXY": "127.0.0.1"}
    return subprocess.run(
        [sys.executable, "-m", "geo", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "DATELINE_USER_AGENT": AGENT, **settings, **more},
        timeout=60,
        input='{"id":1,"place":"Qwxzholm"}\n{"id":2,"place":"Kyiv"}\n',
    )


def test_the_command_line_asks_online_when_told_to(home: Path, service: Service) -> None:
    service.says(bodies.nominatim("Qwxzholm"))
    done = run(home, service, "geocode", "Qwxzholm", "--online", "nominatim", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["candidates"][0]["method"] == "nominatim"
    people = run(home, service, "geocode", "Kyiv", "--online", "nominatim", "--no-gazetteer")
    assert "© OpenStreetMap contributors" in people.stdout
    assert len(service.asked) == 2
    named = run(home, service, "batch", "-", "-", DATELINE_ONLINE="nominatim")
    rows = [json.loads(line) for line in named.stdout.splitlines()]
    assert [row["candidates"][0].get("method") for row in rows] == ["nominatim", None]
    assert len(service.asked) == 2, "both were kept"


def test_the_command_line_tells_a_failure_in_one_line(home: Path, service: Service) -> None:
    service.says(b"", 403)
    for arguments in (
        ("geocode", "Qwxzholm", "--online", "nominatim"),
        ("batch", "-", "-", "--online", "nominatim"),
    ):
        done = run(home, service, *arguments)
        assert done.returncode == 2
        assert len(done.stderr.strip().splitlines()) == 1
        assert "Nominatim" in done.stderr
    refused = run(
        home, service, "geocode", "Qwxzholm", "--online", "nominatim", DATELINE_USER_AGENT="my-application"
    )
    assert refused.returncode == 2
    assert "DATELINE_USER_AGENT" in refused.stderr
    listed = run(home, service, "providers")
    assert all(provider.terms_url in listed.stdout for provider in PROVIDERS.values())
