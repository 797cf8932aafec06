"""Every download on the screen is a file of exactly the rows that match."""

import io
import json
from pathlib import Path

import pandas as pd
import pytest

from data import Filters, open_store
from data.export import to_bytes
from pages.incidents.downloads import FORMATS


@pytest.fixture
def store(sample_home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATELINE_HOME", str(sample_home))
    with open_store() as opened:
        yield opened


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_offered_can_be_made(store, name):
    assert len(to_bytes(store, Filters(types=("battle",)), name)) > 500


def test_a_download_holds_exactly_the_rows_on_the_screen(store):
    filters = Filters(types=("battle", "protest"))
    shown = set(store.events.frame(filters)["event_id"])
    table = pd.read_csv(io.BytesIO(to_bytes(store, filters, "csv")))
    features = json.loads(to_bytes(store, filters, "geojson"))["features"]
    assert set(table["event_id"]) == {feature["id"] for feature in features} == shown
