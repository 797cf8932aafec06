"""How well reports are read: type, date and place of the incidents that are told, and how fast.

    python -m benchmarks report
    python -m benchmarks.report --wrong          # list what is not right among the cases that are not held out

The cases of `report_cases.toml` are made up and labelled by hand; every third of a language is held out. Its further
texts are in other manners and were labelled, people too, before anything was run on them. Articles of TR-News are
scored by the first incident they tell. A draft and a label are the same incident when they agree most; a date is right
when both days are, a place when the first candidate lies within 30 km (a region: when it is that region), people when
the number of every category is.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

from data import schema
from data.placing import distance_km
from data.report import Draft, extract, read
from geo import Gazetteer, open_gazetteer

CASES = Path(__file__).with_name("report_cases.toml")
CORPUS = Path(__file__).parents[2] / "shared" / "corpora" / "trnews.jsonl"
NEAR_KM = 30.0
HELD_OUT_EVERY = 3
ASPECTS = ("incident", "type", "date", "place", "background")
MORE = (*ASPECTS, "people")


@dataclass(frozen=True)
class Told:
    """One labelled incident."""

    types: tuple[str, ...]
    """Types that could be defended, one of them for most."""
    days: tuple[date, date] | None
    place: str
    position: tuple[float, float] | None
    background: bool
    people: dict[str, int] | None = None
    """Best, or else lowest, number by category; None where that is not labelled."""


def told(line: str) -> Told:
    """Read a label: type, first and last day, place, and what else follows."""
    kinds, start, end, place, *flags = (part.strip() for part in line.split("|"))
    days = None if start == "~" else (date.fromisoformat(start), date.fromisoformat(end))
    words = place.split()
    numbers = tuple(float(word) for word in words[-2:]) if len(words) > 2 and words[0] != "=" else None
    position = (numbers[0], numbers[1]) if numbers else None
    counted = [flag for flag in flags if flag != "bg"]
    people = None if not counted or "?" in counted else dict(re.findall(r"(\w+) (\d+)", counted[0]))
    numbered = None if people is None else {category: int(number) for category, number in people.items()}
    return Told(tuple(kinds.split("/")), days, place, position, "bg" in flags, numbered)


def counted(draft: Draft) -> dict[str, int]:
    """Give the best number of each category, or else the lowest, or else the highest; nobody is left out."""
    known = {
        category: [draft.fields.get(f"{category}_{name}") for name in ("best", "min", "max")]
        for category in schema.PEOPLE
    }
    return {
        category: number
        for category, numbers in known.items()
        if (number := next((n for n in numbers if n is not None), 0))
    }


def right(draft: Draft, label: Told) -> dict[str, bool]:
    """Say which aspects of a draft are right; those that the label leaves open are left out."""
    fields = draft.fields
    found = {"type": fields["event_type"] in label.types, "background": draft.background == label.background}
    if label.people is not None:
        found["people"] = counted(draft) == label.people
    if label.days:
        found["date"] = (fields.get("date_start"), fields.get("date_end")) == label.days
    if label.place != "-":
        found["place"] = placed(draft, label)
    return found


def placed(draft: Draft, label: Told) -> bool:
    if label.place.startswith("="):
        return (
            draft.fields["geo_precision"] == "adm1" and draft.fields.get("admin1") == label.place[1:].strip()
        )
    best = [p["candidates"][0] for p in draft.places if p["role"] == "event" and p["candidates"]]
    assert label.position is not None
    return any(distance_km(label.position, (c["lat"], c["lon"])) <= NEAR_KM for c in best)


def pair(drafts: Sequence[Draft], labels: Sequence[Told]) -> list[tuple[Draft | None, Told | None]]:
    """Pair drafts and labels so that they agree most; what is left over stands alone."""
    size = max(len(drafts), len(labels))
    padded: list[Draft | None] = [*drafts[:6], *[None] * (size - len(drafts[:6]))]

    def agreement(order: Sequence[Draft | None]) -> int:
        return sum(
            sum(right(d, t).values()) + 1 for d, t in zip(order, labels, strict=False) if d is not None
        )

    best = max(permutations(padded, len(labels)), key=agreement) if labels else ()
    pairs: list[tuple[Draft | None, Told | None]] = [
        (d, t)
        if d is not None
        and any(right(d, t)[name] for name in ("type", "date", "place") if name in right(d, t))
        else (None, t)
        for d, t in zip(best, labels, strict=True)
    ]
    used = {id(d) for d, _ in pairs if d is not None}
    return pairs + [(draft, None) for draft in drafts if id(draft) not in used]


class Score:
    """Counts of told, proposed and right, by aspect."""

    def __init__(self) -> None:
        self.told: Counter[str] = Counter()
        self.proposed: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self.sure = self.sure_and_wrong = 0

    def add(self, pairs: Sequence[tuple[Draft | None, Told | None]]) -> None:
        for draft, label in pairs:
            if draft is not None:
                self.proposed.update(
                    name for name in MORE
                    if not (name == "date" and (draft.fields.get("date_start") is None or (label and not label.days)))
                    and not (name == "place" and (not draft.places or (label and label.place == "-")))
                    and not (name == "people" and (label is None or label.people is None))
                )  # fmt: skip
            if label is not None:
                self.told.update(
                    name for name in MORE
                    if not (name == "date" and not label.days) and not (name == "place" and label.place == "-")
                    and not (name == "people" and label.people is None)
                )  # fmt: skip
            if (
                draft is not None
                and label is not None
                and draft.fields["geo_status"] == "auto"
                and label.place != "-"
            ):
                self.sure += 1
                self.sure_and_wrong += not placed(draft, label)
            if draft is not None and label is not None:
                self.right.update(["incident", *(name for name, good in right(draft, label).items() if good)])

    def pins(self) -> str:
        return f"places held to be sure: {self.sure}, of them wrong: {self.sure_and_wrong}"

    def row(self, name: str) -> str:
        if not self.told[name]:
            return "   -    -  "
        share = math.nan if not self.proposed[name] else self.right[name] / self.proposed[name]
        return f"{share:5.2f} {self.right[name] / self.told[name]:5.2f}"


def cases(part: str = "case") -> Iterator[tuple[dict[str, Any], bool]]:
    """Give the cases of a part of the file, each with whether it is held out."""
    seen: Counter[str] = Counter()
    for case in tomllib.loads(CASES.read_text(encoding="utf-8"))[part]:
        language = case["id"].removeprefix("new-").partition("-")[0]
        seen[language] += 1
        yield case, seen[language] % HELD_OUT_EVERY == 0


def measure(gazetteer: Gazetteer, *, wrong: bool) -> None:
    scores: dict[str, Score] = {}
    seconds, characters = 0.0, 0
    for case, held_out in cases():
        article = read(case["text"], published_at=case["published"])
        start = time.process_time()
        drafts = extract(article, gazetteer)
        seconds, characters = seconds + time.process_time() - start, characters + len(article.text)
        pairs = pair(drafts, [told(line) for line in case["told"]])
        group = "held out" if held_out else "open"
        for name in (f"{case['id'][:2]} {group}", f"all {group}"):
            scores.setdefault(name, Score()).add(pairs)
        if wrong and not held_out:
            show(case["id"], pairs)
    print(f"reports in a few sentences, made up and labelled ({CASES.name}): precision and recall")
    header()
    print(f"  all open: {scores['all open'].pins()}; held out: {scores['all held out'].pins()}")
    for name in sorted(scores):
        print(
            f"  {name:14} {scores[name].told['incident']:4}  "
            + "  ".join(scores[name].row(a) for a in ASPECTS)
        )
    each = seconds / sum(1 for _ in cases())
    print(f"  {each * 1000:.1f} ms of CPU a report, {characters / seconds:,.0f} characters a second")


def measure_texts(gazetteer: Gazetteer, *, wrong: bool) -> None:
    scores = {name: Score() for name in ("open", "held out")}
    for case, held_out in cases("text"):
        drafts = extract(read(case["text"], published_at=case.get("published")), gazetteer)
        pairs = pair(drafts, [told(line) for line in case["told"]])
        scores["held out" if held_out else "open"].add(pairs)
        if wrong and not held_out:
            show(case["id"], pairs)
    print(f"new texts, made up in other manners and labelled before any was read ({CASES.name})")
    header(MORE)
    for name, score in scores.items():
        print(
            f"  {name:14} {score.told['incident']:4}  "
            + "  ".join(score.row(aspect) for aspect in MORE)
            + f"   {score.pins()}"
        )


def header(aspects: Sequence[str] = ASPECTS) -> None:
    print(f"  {'':14} {'told':>4}  " + "  ".join(f"{name:>11}" for name in aspects))


def show(name: str, pairs: Sequence[tuple[Draft | None, Told | None]]) -> None:
    for draft, label in pairs:
        if draft is None:
            print(f"  {name} missed {label}")
        elif label is None:
            print(f"  {name} invented {draft.fields['title']} ({draft.fields['event_type']})")
        else:
            bad = [aspect for aspect, good in right(draft, label).items() if not good]
            f = draft.fields
            if bad:
                print(
                    f"  {name} {', '.join(bad)}: {f['event_type']} {f.get('date_start')}..{f.get('date_end')} "
                    f"{f['place_text']!r} {f['geo_status']} {counted(draft)} bg={draft.background} | {label}"
                )


def measure_articles(gazetteer: Gazetteer, *, wrong: bool) -> None:
    if not CORPUS.is_file():
        print("TR-News is not here: its articles are not measured")
        return
    with CORPUS.open(encoding="utf-8") as lines:
        texts = {row["doc_id"]: row for row in map(json.loads, lines)}
    score = Score()
    for label in tomllib.loads(CASES.read_text(encoding="utf-8"))["article"]:
        row = texts[label["doc_id"]]
        article = read(f"{row['title']}\n\n{row['text']}", published_at=label["published"])
        drafts = [draft for draft in extract(article, gazetteer) if not draft.background][:1]
        pairs = pair(drafts, [told(label["told"])])
        score.add(pairs)
        if wrong:
            show(label["doc_id"], pairs)
    print("TR-News articles, the first incident of each: precision and recall")
    header()
    print(f"  {score.pins()}")
    print(f"  {'articles':14} {score.told['incident']:4}  " + "  ".join(score.row(a) for a in ASPECTS))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--wrong", action="store_true", help="list what is not right (nothing that is held out)"
    )
    options = parser.parse_args([] if arguments is None else arguments)
    gazetteer = open_gazetteer()
    measure(gazetteer, wrong=options.wrong)
    measure_texts(gazetteer, wrong=options.wrong)
    measure_articles(gazetteer, wrong=options.wrong)


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
