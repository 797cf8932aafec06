"""How often the marked names of documents are answered rightly.

    python -m benchmarks.geo_corpora [--wrong] [--no-places]

Trains on one corpus of `../shared/corpora` and answers the other through the JSON lines of `geo resolve`; both ways
round. Scored by that folder's `evaluate.py`: a missing answer is wrong. “By area” also counts an area of the right
name, wherever its point is. Then the table of place strings (`benchmarks.geo_places`).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from benchmarks import geo_places
from geo.documents.answering import Documents
from geo.documents.lines import answer_lines
from geo.documents.names import Names
from geo.documents.weights import from_text
from geo.model import place_key
from geo.normalize import fold
from geo.paths import gazetteer_path
from geo.priors import NO_PRIORS
from geo.resolve import Resolver
from geo.store import Store
from geo.train.calibration import expected_error
from geo.train.corpora import Example
from geo.train.data import Judge
from geo.train.run import read_corpora, train_documents
from geo.weights import load

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
PAIRS = (("geovirus", "trnews"), ("trnews", "geovirus"))
PUBLISHED = {
    "trnews": "published on the same mentions: CLAVIN .725, CamCoder .672, BLINK .631, ensemble of 20 systems .718",
    "geovirus": "published on the same mentions: CLAVIN .792, CamCoder .768, BLINK .790, ensemble of 20 systems .819",
}


def evaluator() -> ModuleType:
    """Load `evaluate.py` of the corpora."""
    spec = importlib.util.spec_from_file_location("evaluate", CORPORA / "evaluate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def most_populous(store: Store, examples: Sequence[Example]) -> list[dict[str, Any]]:
    """Answer every mention with the most populous place of exactly its name."""
    rows = []
    for example in examples:
        document = example.document
        for mention in document.mentions:
            hits = store.hits(fold(document.text[mention.start : mention.end]), "")
            best = max((hit.place for hit in hits), key=lambda place: place.population, default=None)
            row = {"doc_id": document.doc_id, "start": mention.start, "end": mention.end}
            rows.append(row | ({"lat": best.lat, "lon": best.lon} if best else {"lat": None, "lon": None}))
    return rows


def ceiling(examples: Sequence[Example], names: Names, judge: Judge) -> float:
    """Return the share of mentions with a right place among all that bear the name."""
    asked = found = 0
    for example in examples:
        text = example.document.text
        for mention, gold in zip(example.document.mentions, example.gold, strict=True):
            if gold is not None:
                asked += 1
                places = names.known(text[mention.start : mention.end]).places
                found += any(judge.right(gold, place) for place in places)
    return found / asked


def verdicts(
    examples: Sequence[Example], rows: Sequence[dict[str, Any]], store: Store, judge: Judge, show: bool
) -> list[tuple[float, bool, str]]:
    """Return probability, rightness (by area) and status of every answer to a mention with gold."""
    answers = {(row["doc_id"], row["start"], row["end"]): row for row in rows}
    found = []
    for example in examples:
        for mention, gold in zip(example.document.mentions, example.gold, strict=True):
            if gold is None:
                continue
            row = answers[(example.document.doc_id, mention.start, mention.end)]
            key = place_key(row["id"] or "")
            place = store.place(key) if key is not None else None
            right = (
                row["lat"] is not None
                and geo_places.distance_km(gold.lat, gold.lon, row["lat"], row["lon"]) <= 161
            )
            right = right or (place is not None and judge.right(gold, place))
            found.append((row["probability"], right, row["status"]))
            if show and not right:
                best = row["candidates"][0]["reasons"][0] if row["candidates"] else "-"
                print(
                    f"  {row['status']:10} {row['surface']} {row['probability']:.2f} -> {best} | {gold.name}"
                )
    return found


def measure(trained_on: str, asked: str, show: bool) -> None:
    store = Store(gazetteer_path())
    resolver, evaluate, judge = Resolver(store, load()), evaluator(), Judge(store)
    trained = train_documents(resolver, read_corpora(CORPORA, [f"{trained_on}.jsonl"]), lambda _: None)
    documents = Documents(resolver, from_text(trained.text))
    examples = read_corpora(CORPORA, [f"{asked}.jsonl"])
    lines = (CORPORA / f"{asked}.jsonl").read_bytes().splitlines()
    start = time.perf_counter()
    rows = list(answer_lines(lines, partial(documents.answer, priors=NO_PRIORS, limit=5)))
    first = time.perf_counter() - start
    start = time.perf_counter()
    for row in answer_lines(lines, partial(documents.answer, priors=NO_PRIORS, limit=5)):
        json.dumps(row)
    warm = time.perf_counter() - start
    gold = evaluate.read_jsonl(CORPORA / f"{asked}.jsonl")
    print(
        f"{asked}, trained on {trained_on}: ceiling {ceiling(examples, Names(resolver.search), judge):.3f} by area"
    )
    print(f"  {PUBLISHED[asked]}")
    print(f"  {'':20} {'acc@161':>8} {'median km':>10} {'mean km':>8} {'AUC':>6}")
    for name, answers in (("most populous", most_populous(store, examples)), ("resolve", rows)):
        errors = evaluate.resolution_errors(gold, answers)
        told = np.array([error[3] for error in errors], dtype=bool)
        scores = evaluate.summarise(np.array([error[2] for error in errors]), told)
        shares = (scores["acc@161"], scores["median_km"], scores["mean_km"], scores["auc"])
        print(f"  {name:20} {shares[0]:8.3f} {shares[1]:10.1f} {shares[2]:8.0f} {shares[3]:6.3f}")
    found = verdicts(examples, rows, store, judge, show)
    right = sum(good for _, good, _ in found) / len(found)
    sure = [good for _, good, status in found if status == "auto"]
    error = expected_error([(p, good) for p, good, _ in found])
    wrong = sure.count(False) / len(found)
    print(
        f"  by area {right:.3f}; calibration error {error:.3f}; auto {len(sure) / len(found):.3f}, wrongly {wrong:.3f};"
    )
    print(
        f"  {len(lines) / first:,.0f} documents/s, {len(lines) / warm:,.0f} when their names were met before"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print both directions, then the place strings."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--wrong", action="store_true", help="list the answers that are not right")
    parser.add_argument("--no-places", action="store_true", help="leave out the table of place strings")
    options = parser.parse_args(arguments)
    if not CORPORA.is_dir():
        raise SystemExit(f"{CORPORA} is not here: nothing to measure")
    for trained_on, asked in PAIRS:
        measure(trained_on, asked, options.wrong)
    if not options.no_places:
        geo_places.main(["--wrong"] if options.wrong else [])


if __name__ == "__main__":
    main()
