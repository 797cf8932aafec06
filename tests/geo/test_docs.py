"""Every example of `docs/geo.md` runs and gives what it says; every docstring example too."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import geo

DOCS = Path(__file__).parents[2] / "docs" / "geo.md"
MODULES = [
    module.name
    for module in pkgutil.walk_packages(geo.__path__, "geo.")
    if not module.name.endswith("__main__")
]


def test_the_examples_of_the_page_run(gazetteer: geo.Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geo, "open_gazetteer", lambda: gazetteer)
    failed, tried = doctest.testfile(str(DOCS), module_relative=False, encoding="utf-8")
    assert tried > 10
    assert failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_every_command_stands_on_the_page() -> None:
    from geo.cli import main

    text = DOCS.read_text(encoding="utf-8")
    assert [name for name in main.commands if f"geo {name}" not in text] == []


def test_every_feature_has_a_weight_and_every_weight_a_feature() -> None:
    import re

    from geo.features import DESCRIPTIONS
    from geo.search import HOW
    from geo.train.strings_expected import EXPECTED
    from geo.weights import load

    source = (Path(geo.__file__).parent / "features.py").read_text(encoding="utf-8")
    computed = set(re.findall(r'values\["(\w+)"\]', source)) | set(
        re.findall(r'"((?:type|country|given)_\w+)" if', source)
    )
    others = ("variant", "named_after", "similar", "standing_in", "holding", "confirmed", "borrowed", "heard")
    computed |= {f"name_{how}" for how in (*HOW.values(), *others)}
    computed |= {f"kind_{kind}" for kind in ("adm1", "adm2", "country", "feature")}
    computed |= {"company", "company_roughly"}
    computed |= set(re.findall(r'else "((?:type|country|given)_\w+)"', source))
    assert computed == set(load().features) == set(DESCRIPTIONS) == set(EXPECTED)
