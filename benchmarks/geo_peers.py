"""Accuracy and speed beside the open tools that run here: `python -m benchmarks.geo_peers`.

Place strings of investigators in Ukraine (`../shared/incidents`), country as typed, default gazetteer; right is within
25 km. geotext and flashgeotext name places without saying where: the most populous place of the first name they find
stands for their answer. Documents are the texts of `../shared/corpora`, names to be found by each tool itself.
Needs the extra `bench`; a tool that is not installed is left out and named.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from importlib import import_module

import geo
from benchmarks.geo_places import SHARED, most_populous
from benchmarks.machine import describe
from geo.store import Store
from geo.train.incidents import Question, questions

Answer = tuple[float, float, str, float] | None
DOCUMENTS = 100
PUBLISHED = """Published, or measured elsewhere on a 2-core machine with corpora/evaluate.py:
  acc@161 km, mentions given, missing = wrong             LGL   TR-News  GeoWebNews  GeoVirus
    CLAVIN                                                .595   .725     .665        .792
    CamCoder (neural)                                     .606   .672     .588        .768
    Adaptive                                              .794   .683     .627        .601
    BLINK (neural)                                        .662   .631     .601        .790
    voting ensemble of 20 systems                         .773   .718     .673        .819
  finding names, F1 exact / overlap
    geotext                                             .482/.498  .641/.647  .544/.568  .681/.692
    flashgeotext                                        .457/.554  .577/.630  .516/.589  .663/.706
    Edinburgh                                           .601/.667                        .833/.878
    Google Cloud NLP                                                          .733/.770
  documents a second: geotext 8,000-10,000, flashgeotext 1,500-2,300, local-geocode 1,900-2,900"""


def geotext_names() -> Callable[[str], list[str]]:
    tool = import_module("geotext").GeoText
    return lambda text: list(tool(text).cities)


def flashgeotext_names() -> Callable[[str], list[str]]:
    tool = import_module("flashgeotext.geotext").GeoText()
    return lambda text: [*tool.extract(input_text=text)["cities"]]


def local_geocode() -> Callable[[str], list[dict[str, float]]]:
    tool = import_module("geocode.geocode").Geocode()
    tool.load()
    return lambda text: list(tool.decode(text))


def score(asked: Sequence[Question], answer: Callable[[Question], Answer]) -> tuple[float, float, float]:
    """Return the share answered, the share right, and answers a second."""
    answered = right = 0
    began = time.perf_counter()
    given = [answer(question) for question in asked]
    spent = time.perf_counter() - began
    for question, found in zip(asked, given, strict=True):
        if found is not None:
            answered += 1
            right += question.is_right(*found)
    return answered / len(asked), right / len(asked), len(asked) / spent


def documents() -> list[str]:
    texts = []
    for name in ("trnews.jsonl", "geovirus.jsonl"):
        with (SHARED / "corpora" / name).open(encoding="utf-8") as file:
            texts += [json.loads(line)["text"] for line in file][: DOCUMENTS // 2]
    return texts


def main() -> None:
    """Print both tables and the published figures."""
    if not SHARED.is_dir():
        raise SystemExit(f"{SHARED} is not here: nothing to measure")
    asked = [
        question
        for question in questions(SHARED / "incidents" / "eyes_on_russia_2022.csv")
        if question.country.casefold().startswith("ukrain")
    ]
    gazetteer = geo.open_gazetteer()
    store = Store(gazetteer.path)

    def ours(question: Question) -> Answer:
        found = gazetteer.resolve(question.place, within=question.within, country=question.country).candidates
        best = found[0] if found else None
        return (best.lat, best.lon, best.geo_precision, best.radius_m) if best else None

    def populous(question: Question) -> Answer:
        at = most_populous(store, question)
        return (*at, "settlement", 0.0) if at else None

    def by_name(names: Callable[[str], list[str]]) -> Callable[[Question], Answer]:
        def answer(question: Question) -> Answer:
            found = names(question.place)
            return populous(Question(question.country, found[0], (), 0.0, 0.0)) if found else None

        return answer

    def by_position(find: Callable[[str], list[dict[str, float]]]) -> Callable[[Question], Answer]:
        def answer(question: Question) -> Answer:
            found = find(", ".join((question.place, *question.within, question.country)))
            best = next((one for one in found if one.get("location_type") != "country"), None)
            return (best["latitude"], best["longitude"], "settlement", 0.0) if best else None

        return answer

    rows: list[tuple[str, Callable[[Question], Answer]]] = [
        ("dateline, default gazetteer", ours),
        ("most populous of that name", populous),
    ]
    readers: dict[str, Callable[[str], object]] = {}
    missing = []
    for name, load, kind in (
        ("geotext", geotext_names, by_name),
        ("flashgeotext", flashgeotext_names, by_name),
        ("local-geocode", local_geocode, by_position),
    ):
        try:
            readers[name] = tool = load()
        except ImportError:
            missing.append(name)
            continue
        rows.append((f"{name}, then most populous" if kind is by_name else name, kind(tool)))  # type: ignore[operator]
    print(f"\n{len(asked)} place strings in Ukraine{'':14} answered    right   a second")
    for label, answer in rows:
        share, right, speed = score(asked, answer)
        print(f"  {label:38} {share:8.3f} {right:8.3f} {speed:10,.0f}")
    texts = documents()
    print(f"\n{len(texts)} documents, names found by the tool{'':5} a second")
    for label, read in readers.items():
        began = time.perf_counter()
        for text in texts:
            read(text)
        print(f"  {label:38} {len(texts) / (time.perf_counter() - began):10,.0f}")
    if missing:
        print(f"not installed (pip install 'dateline[bench]'): {', '.join(missing)}")
    print(f"\n{PUBLISHED}")


if __name__ == "__main__":
    print(describe())
    main()
