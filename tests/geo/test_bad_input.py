"""Whatever a line holds: one answer or one clear error, in order, never a stop."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import geo
from geo.bulk import Job, run
from geo.phrase import clean

WORDS = st.sampled_from(
    ["near", "between", "and", ",", "(", ")", "15 km north of", "along", "on the border between", "-", "border", "/",
     "Kyiv", "Тарасівка", "Bakhmut", "القدس", "北京", "raion", "oblast", "the villages of", "road", "\n", "\x00",
     "\u202e"]
)  # fmt: skip
PHRASES = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=12).map(" ".join))
STATUSES = {"auto", "ambiguous", "unresolved"}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=PHRASES, within=st.lists(PHRASES, max_size=3), country=st.none() | PHRASES)
def test_any_text_gets_an_answer_that_keeps_its_promises(
    gazetteer: geo.Gazetteer, place: str, within: list[str], country: str | None
) -> None:
    found = gazetteer.resolve(place, within=within, country=country)
    assert found.status in STATUSES
    assert (found.lat is None) == (found.lon is None)
    if found.lat is not None and found.lon is not None:
        assert -90 <= found.lat <= 90
        assert -180 <= found.lon <= 180
        assert (found.radius_m or 0) > 0
    shares = [candidate.probability for candidate in found.candidates]
    assert all(0 <= share <= 1 for share in shares)
    assert shares == sorted(shares, reverse=True)
    for toponym in found.toponyms if found.geo_precision != "exact" else ():
        whole = clean(place)[toponym.start : toponym.end]
        assert (
            whole == toponym.text or toponym.start == toponym.end == 0
        )  # a border's other side, not in the text
    if found.status == "unresolved":
        assert found.reasons or found.problem


HARD = [
    "",
    "x" * 10_000,
    "\x00\x00",
    "Bakhmut\x00",
    "\u202eтуmхaБ\u202c",
    "بيروت",
    "Київ/Kyiv/Киев",
    ", ".join(["Tarasivka"] * 400),
    " and ".join(f"Village{n}" for n in range(300)),
    "near " * 90,
    "between and",
    "border",
    "on the border between",
    "the border with",
    "((((((((((",
    "between " * 60 + "Kyiv and Lviv",
    "Kyiv - " * 70,
    "0, 0",
    "raion",
    "15 km north of",
]


def test_words_that_only_say_how_near_name_no_place_and_are_told_so(gazetteer: geo.Gazetteer) -> None:
    found = gazetteer.resolve("NEAR +")
    assert (found.status, found.lat) == ("unresolved", None)
    assert found.reasons == ("there is no place: the words only say how near one is",)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_batch_of_hard_lines_is_answered_line_by_line_in_order(gazetteer: geo.Gazetteer, jobs: int) -> None:
    lines = [json.dumps({"id": at, "place": text}).encode() + b"\n" for at, text in enumerate(HARD)]
    done = list(run(iter(lines), gazetteer, Job(str(gazetteer.path), 5, table=True), jobs, None))
    rows = [json.loads(line) for one in done for line in one.output.splitlines()]
    assert [row["id"] for row in rows] == list(range(len(HARD)))
    assert all(row["status"] in STATUSES for row in rows)
    for row in rows:
        if row["status"] == "unresolved":
            assert row.get("error") or row["reasons"]
