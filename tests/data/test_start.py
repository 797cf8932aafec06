"""A start is as quick as its first answer: what only an import, a decision or a migration needs waits until then."""

import subprocess
import sys
from pathlib import Path

import pytest

import data
import geo

FIRST_ANSWER = """
import sys, data
with data.open_store(sys.argv[1], sample=False) as store:
    store.events.counts()
print(sorted({"alembic", "openpyxl", "geopy", "data.readers", "data.decisions.apply"} & set(sys.modules)))
"""


def test_a_store_that_is_up_to_date_opens_without_readers_migrations_and_gazetteer(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'r.sqlite'}"
    data.open_store(url, sample=False).close()
    said = subprocess.run(
        [sys.executable, "-c", FIRST_ANSWER, url], capture_output=True, text=True, check=True
    )
    assert said.stdout == "[]\n"


@pytest.mark.parametrize("package", [data, geo])
def test_everything_promised_is_there_and_nothing_else(package: object) -> None:
    for name in package.__all__:  # type: ignore[attr-defined]
        assert getattr(package, name) is not None
    with pytest.raises(AttributeError, match="nonsense"):
        getattr(package, "nonsense")  # noqa: B009
