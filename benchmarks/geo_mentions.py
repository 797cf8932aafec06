"""How well place names are found in running text, how well they are answered then, and how fast.

    python -m benchmarks.geo_mentions [--wrong]

Trains on one corpus of `../shared/corpora` (and our own sentences) and reads the other; both ways round. Scored by that
folder's `evaluate.py`. GeoVirus marks no adjectives ("Syrian"), so it is also scored without those. Then Ukrainian and
Russian sentences of `benchmarks/slavic_sentences.txt`, with the weights that come with the project.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from typing import Any

from benchmarks.geo_corpora import CORPORA, PAIRS, evaluator
from geo.documents import weights as document_weights
from geo.documents.answering import Documents
from geo.documents.model import Document
from geo.mentions import weights as mention_weights
from geo.mentions.finding import Finder
from geo.mentions.parsing import Parser
from geo.mentions.reading import Readings
from geo.mentions.segments import Segmenter
from geo.paths import gazetteer_path
from geo.priors import NO_PRIORS
from geo.resolve import Resolver
from geo.store import Store
from geo.train.corpora import marked_documents
from geo.train.mentions_run import train_mentions
from geo.train.run import read_corpora, train_documents
from geo.weights import load

PUBLISHED = {
    "trnews": "published: geotext .641, flashgeotext .577, linear CRF of the reference .879",
    "geovirus": "published: geotext .681, flashgeotext .663, Edinburgh .833, linear CRF of the reference .847",
}


def rows_of(parser: Parser, documents: Sequence[Document]) -> list[dict[str, Any]]:
    """Return a row for every name found."""
    return [
        {"doc_id": document.doc_id, **answer.to_dict()}
        for document in documents
        for answer in parser.parse(document, NO_PRIORS, 5)
    ]


def is_adjective(row: dict[str, Any]) -> bool:
    return bool(row["candidates"]) and "is said of" in row["candidates"][0]["reasons"][0]


def scores(
    evaluate: Any, gold: Sequence[dict[str, Any]], rows: Sequence[dict[str, Any]]
) -> tuple[float, float, float]:
    """Return F1 exact, F1 overlapping, and F1 with the position within 161 km."""
    found = evaluate.recognition(gold, rows)
    return found["exact"]["f1"], found["overlap"]["f1"], evaluate.end_to_end(gold, rows)["f1"]


def measure(trained_on: str, asked: str) -> None:
    """Print one direction."""
    resolver, evaluate = Resolver(Store(gazetteer_path()), load()), evaluator()
    learned = read_corpora(CORPORA, [f"{trained_on}.jsonl"])
    mentions = mention_weights.from_text(train_mentions(resolver.store, learned, lambda _: None))
    ranking = document_weights.from_text(train_documents(resolver, learned, lambda _: None).text)
    finder = Finder(Segmenter(Readings(resolver.store)), mentions)
    parser = Parser(finder, Documents(resolver, ranking))
    gold = evaluate.read_jsonl(CORPORA / f"{asked}.jsonl")
    documents = [
        Document(row["text"], (), row["doc_id"], row.get("title") or "", row.get("source") or "")
        for row in gold
    ]
    rows = rows_of(parser, documents)
    print(f"{asked}, trained on {trained_on}; {PUBLISHED[asked]}")
    print(f"  {'F1':26} {'exact':>6} {'overlap':>8} {'within 161 km':>14}")
    for name, some in (("all", rows), ("without adjectives", [r for r in rows if not is_adjective(r)])):
        exact, overlap, end_to_end = scores(evaluate, gold, some)
        print(f"  {name:26} {exact:6.3f} {overlap:8.3f} {end_to_end:14.3f}")
    start = time.process_time()
    for document in documents:
        finder.find(document.text)
    found_s = time.process_time() - start
    start = time.process_time()
    for row in rows_of(parser, documents):
        json.dumps(row)
    answered_s = time.process_time() - start
    print(
        f"  per core, names met before: {len(documents) / found_s:,.0f} documents/s found, "
        f"{len(documents) / answered_s:,.0f} found and answered\n"
    )


def measure_slavic(show: bool) -> None:
    """Print how well Ukrainian and Russian names are found."""
    from geo.gazetteer import open_gazetteer

    gazetteer = open_gazetteer()
    right = found = marked = known = 0
    examples = marked_documents("benchmarks", "slavic_sentences.txt", "\n")
    for example in examples:
        gold = {(mention.start, mention.end) for mention in example.document.mentions}
        answers = gazetteer.parse_document(example.document)
        mine = {(answer.start, answer.end) for answer in answers}
        right, found, marked = right + len(gold & mine), found + len(mine), marked + len(gold)
        known += sum((a.start, a.end) in gold and a.status != "unresolved" for a in answers)
        if show and gold != mine:
            print("  ", example.document.text, sorted(a.surface for a in answers))
    print(
        f"Ukrainian and Russian, {len(examples)} sentences of our own, not trained on: F1 exact "
        f"{2 * right / (found + marked):.3f} (precision {right / found:.3f}, recall {right / marked:.3f}), "
        f"{known / marked:.3f} answered with a place"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print both directions, then Ukrainian and Russian."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--wrong", action="store_true", help="list the sentences that are not read rightly")
    options = parser.parse_args(arguments)
    measure_slavic(options.wrong)
    if not CORPORA.is_dir():
        raise SystemExit(f"{CORPORA} is not here: nothing more to measure")
    for trained_on, asked in PAIRS:
        measure(trained_on, asked)


if __name__ == "__main__":
    main()
