"""Filters: in and out of the address bar, as a predicate, as a sentence."""

from datetime import date, timedelta
from typing import Any

import ibis
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data import Counts, Filters, InputError, schema
from data.filters import CODE_LISTS
from data.table.columns import table

DAYS = st.dates(date(2022, 1, 1), date(2025, 12, 31))
LAT, LON = st.floats(-90, 90), st.floats(-180, 180)
WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=12
)


def some(name: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(list(schema.codes(CODE_LISTS[name]))), max_size=3).map(tuple)


@st.composite
def all_filters(draw: st.DrawFn, words: st.SearchStrategy[str] = WORDS) -> Filters:
    start, end = draw(st.none() | DAYS), draw(st.none() | DAYS)
    if start and end and start > end:
        start, end = end, start
    south, north = sorted((draw(LAT), draw(LAT)))
    box = (draw(LON), south, draw(LON), north)
    countries = st.sampled_from(["UA", "BY", "RU"])
    return Filters(
        date_start=start,
        date_end=end,
        regions=tuple(f"{draw(countries)}:{draw(words)}" for _ in range(draw(st.integers(0, 2)))),
        countries=tuple(draw(st.lists(countries, max_size=2))),
        q=draw(st.none() | words),
        bbox=draw(st.sampled_from([None, box])),
        **{name: draw(some(name)) for name in CODE_LISTS},
    )


@given(all_filters())
@example(Filters(regions=("UA:a,b", "UA:c\\", "UA:\\,")))
@example(Filters(regions=("UA:",)))
def test_filters_survive_the_address_bar(filters: Filters) -> None:
    assert Filters.from_query(filters.to_query()) == filters
    assert Filters.from_query({word: [text] for word, text in filters.to_query().items()}) == filters


def test_an_empty_address_restricts_nothing_and_nothing_is_written_for_it() -> None:
    assert Filters.from_query({}) == Filters()
    assert Filters().to_query() == {}
    assert Filters.from_query({"datetime": "../..", "q": " ", "bbox": ""}) == Filters()


def test_values_may_be_repeated_or_separated_by_commas() -> None:
    one = Filters.from_query({"type": "battle,riot"})
    assert one == Filters.from_query({"type": ["riot", "battle"]}) == Filters(types=("battle", "riot"))


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("color", "red"), ("type", "war"), ("status", "secret"), ("place", "maybe"), ("precision", "1"),
        ("country", "Ukraine"), ("country", "QQ"), ("region", "Donetsk"), ("region", "Q:Donetsk"),
        ("datetime", "tomorrow"), ("datetime", "2023-02-30/.."), ("datetime", "2023-05-01/2023-04-01"),
        ("datetime", "2023/2024/2025"), ("bbox", "1,2,3"), ("bbox", "a,b,c,d"), ("bbox", "0,0,inf,1"),
        ("bbox", "0,50,1,40"), ("bbox", "0,0,190,1"), ("bbox", "nan,0,1,1"), ("q", "\0"), ("q", ["a", "b"]),
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_named_with_what_to_do(parameter: str, value: Any) -> None:
    with pytest.raises(InputError) as caught:
        Filters.from_query({parameter: value})
    assert caught.value.column == parameter
    assert caught.value.expected


@given(
    st.dictionaries(st.sampled_from(["datetime", "bbox", "type", "region", "q", "x"]), st.text(max_size=20))
)
def test_any_address_is_filters_or_an_input_error(params: dict[str, str]) -> None:
    named = None
    try:
        Filters.from_query(params)
    except InputError as error:
        named = error.column
    assert named is None or named in params


PLAIN = st.text("aAbB%_\\ дД", min_size=1, max_size=3)
ROWS = st.fixed_dictionaries(
    {
        "event_type": st.sampled_from(list(schema.codes("event_type"))),
        "geo_precision": st.sampled_from(list(schema.codes("geo_precision"))),
        "geo_status": st.sampled_from(list(schema.codes("geo_status"))),
        "status": st.sampled_from(list(schema.codes("status"))),
        "country": st.sampled_from(["UA", "BY", "RU", None]),
        "admin1": st.none() | PLAIN,
        "title": PLAIN,
        "summary": st.none() | PLAIN,
        "place_text": PLAIN,
        "actors": st.none() | PLAIN,
        "date_start": st.none() | DAYS,
        "days": st.integers(0, 40),
        "position": st.none() | st.tuples(LAT, LON),
    }
)


def belongs(row: dict[str, Any], filters: Filters) -> bool:
    """Say what the filters mean, in plain Python."""
    first = row["date_start"]
    last = first + timedelta(days=row["days"]) if first else None
    if filters.date_start and not (last and last >= filters.date_start):
        return False
    if filters.date_end and not (first and first <= filters.date_end):
        return False
    for name, column in {**CODE_LISTS, "types": "event_type", "countries": "country"}.items():
        chosen = getattr(filters, name)
        if chosen and row[column] not in chosen:
            return False
    if filters.regions and f"{row['country']}:{row['admin1'] or ''}" not in filters.regions:
        return False
    if filters.q:
        texts = [row[name] or "" for name in ("title", "summary", "place_text", "actors")]
        if not any(filters.q.lower() in text.lower() for text in texts):
            return False
    if filters.bbox:
        west, south, east, north = filters.bbox
        if row["position"] is None:
            return False
        lat, lon = row["position"]
        across = west <= lon <= east if west <= east else lon >= west or lon <= east
        return across and south <= lat <= north
    return True


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=12), st.lists(all_filters(PLAIN), min_size=1, max_size=3))
def test_the_predicate_chooses_what_plain_python_chooses(
    rows: list[dict[str, Any]], choices: list[Filters]
) -> None:
    frame = pd.DataFrame(rows, dtype=object)
    frame["event_id"] = [str(i) for i in range(len(rows))]
    frame["date_end"] = [
        r["date_start"] + timedelta(days=r["days"]) if r["date_start"] else None for r in rows
    ]
    frame["region"] = [f"{r['country']}:{r['admin1'] or ''}" if r["country"] else None for r in rows]
    frame["lat"] = [r["position"][0] if r["position"] else None for r in rows]
    frame["lon"] = [r["position"][1] if r["position"] else None for r in rows]
    frame = frame.drop(columns=["days", "position"])
    shape = ibis.schema({name: kind for name, kind in table().schema().items() if name in frame})
    connection = ibis.duckdb.connect()
    events = connection.create_table("events", ibis.memtable(frame[list(shape)], schema=shape))
    for filters in choices:
        found = set(events.filter(filters.predicate(events)).event_id.to_pandas())
        assert found == {str(i) for i, row in enumerate(rows) if belongs(row, filters)}
    connection.disconnect()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({}, "164 incidents; 4 without a place"),
        (
            {"datetime": "2023-03-01/2023-06-30"},
            "37 of 164 incidents, 1 Mar – 30 Jun 2023; 4 without a place",
        ),
        (
            {"datetime": "2022-03-01/2023-06-30"},
            "37 of 164 incidents, 1 Mar 2022 – 30 Jun 2023; 4 without a place",
        ),
        ({"datetime": "2022-03-01/.."}, "37 of 164 incidents, from 1 Mar 2022; 4 without a place"),
        ({"datetime": "../2022-03-01"}, "37 of 164 incidents, until 1 Mar 2022; 4 without a place"),
        ({"datetime": "2022-03-01"}, "37 of 164 incidents, 1 Mar 2022; 4 without a place"),
        ({"region": "UA:Donetsk Oblast"}, "37 of 164 incidents, Donetsk Oblast; 4 without a place"),
        ({"country": "UA,BY"}, "37 of 164 incidents, Belarus or Ukraine; 4 without a place"),
        (
            {"type": "battle", "place": "ambiguous"},
            "37 of 164 incidents, battle, place in doubt; 4 without a place",
        ),
        ({"q": "bridge"}, "37 of 164 incidents, “bridge”; 4 without a place"),
    ],
)
def test_filters_are_said_in_one_sentence(query: dict[str, str], sentence: str) -> None:
    matching = 164 if not query else 37
    assert Filters.from_query(query).sentence(Counts(164, matching, 4)) == sentence
