"""How often investigators' place strings are answered rightly: `python -m benchmarks.geo_places [--wrong]`.

Reads `../shared/incidents/eyes_on_russia_2022.csv`, asks each distinct string of place columns once, and compares the
answer with the incidents' position: within 25 km, or inside its radius where the string names only an area.
Each string is asked alone, then all as one table, as `geo batch` does. "Confidently wrong" is status `auto` and not
right; "calibr." the expected calibration error of the best candidate's probability. Most populous exact match in the
same gazetteer stands beside it. The weights were learned from these strings: the last lines, read from the weights
file, are for strings of places that were held out.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from geo.around import Around
from geo.gazetteer import Gazetteer
from geo.install import install
from geo.normalize import fold
from geo.paths import gazetteer_path
from geo.priors import Priors
from geo.sphere import distance_km
from geo.store import Store
from geo.train.calibration import expected_error
from geo.train.incidents import RIGHT_KM, Question, questions

SHARED = Path(__file__).parents[2] / "shared"


def most_populous(store: Store, question: Question) -> tuple[float, float] | None:
    hits = [hit.place for hit in store.hits(fold(question.place), "")]
    country = {"ukraine": "UA", "russia": "RU", "belarus": "BY", "moldova": "MD"}.get(
        question.country.casefold()
    )
    hits = [place for place in hits if country is None or place.country == country]
    return (hits[0].lat, hits[0].lon) if hits else None


@dataclass
class Score:
    asked: int = 0
    right: int = 0
    auto: int = 0
    wrong_auto: int = 0
    right_among: int = 0
    populous: int = 0
    seen: list[tuple[float, bool]] = field(default_factory=list)

    def row(self, name: str) -> str:
        shares = (self.right, self.populous, self.right_among, self.auto, self.wrong_auto)
        return f"{name:34} {self.asked:6} " + " ".join(
            f"{share / max(1, self.asked):9.3f}"
            for share in (*shares, expected_error(self.seen) * self.asked)
        )


def run(
    gazetteer: Gazetteer, asked: Sequence[Question], show: bool, around: Around | None = None
) -> tuple[dict[str, Score], float]:
    scores: dict[str, Score] = defaultdict(Score)
    store, spent, priors = Store(gazetteer.path), 0.0, Priors(around=around)
    for question in asked:
        start = time.perf_counter()
        found = gazetteer.resolve(
            question.place, within=question.within, country=question.country, priors=priors
        )
        spent += time.perf_counter() - start
        score = scores["Ukraine" if question.country.casefold().startswith("ukrain") else "abroad"]
        score.asked += 1
        verdicts = [question.is_right(c.lat, c.lon, c.geo_precision, c.radius_m) for c in found.candidates]
        right = bool(verdicts and verdicts[0])
        score.right += right
        score.right_among += any(verdicts)
        score.auto += found.status == "auto"
        score.wrong_auto += found.status == "auto" and not right
        score.seen.append((found.candidates[0].probability if found.candidates else 0.0, right))
        simple = most_populous(store, question)
        score.populous += simple is not None and distance_km(question.lat, question.lon, *simple) <= RIGHT_KM
        if show and not right:
            best = found.candidates[0] if found.candidates else None
            seen = f"{best.name}, {best.admin1} {best.probability:.2f} {best.reasons[0]}" if best else "-"
            away = distance_km(question.lat, question.lon, best.lat, best.lon) if best else 0
            among = "among" if any(verdicts) else ""
            text = " | ".join((question.place, *question.within, question.country))
            print(f"  {found.status:10} {text} -> {seen} {away:.0f} km {among}")
    return scores, spent


def held_out() -> str:
    """Return what training measured on strings of places it had not seen."""
    measured = tomllib.loads((files("geo") / "weights.toml").read_text(encoding="utf-8"))["measured"]
    rows = ["", "held out by place, both gazetteers together"]
    for name in ("alone", "together"):
        told = ("right", "auto", "confidently_wrong", "calibration_error")
        rows.append(
            f"  {name:12}" + ", ".join(f"{x.replace('_', ' ')} {measured[f'{name}_{x}']:.3f}" for x in told)
        )
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table for the default gazetteer and for one with the dumps of Ukraine and Belarus."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--wrong", action="store_true", help="list the answers that are not right")
    parser.add_argument("--only", choices=("default", "installed"), help="one gazetteer only")
    options = parser.parse_args(arguments)
    source = SHARED / "incidents" / "eyes_on_russia_2022.csv"
    if not source.exists():
        raise SystemExit(f"{source} is not here: nothing to measure")
    asked = questions(source)
    print(
        f"{'':34} {'asked':>6} {'right':>9} {'populous':>9} {'in list':>9} {'auto':>9} {'conf.wrong':>9} {'calibr.':>9}"
    )
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "gazetteer.sqlite"
        for name in ("default", "installed"):
            if options.only not in (None, name):
                continue
            if name == "installed":
                shutil.copyfile(gazetteer_path(), copy)
                install(["UA", "BY"], str(SHARED / "gazetteer"), path=copy, dumps=Path(folder))
            gazetteer = Gazetteer(copy if name == "installed" else None)
            around = gazetteer.surroundings((q.place, q.within, q.country) for q in asked)
            for how, company in (("alone", None), ("as one table", around)):
                show = options.wrong and how != "alone"
                scores, spent = run(gazetteer, asked, show, company)
                for part, score in sorted(scores.items()):
                    print(score.row(f"{name}, {part}, {how}"))
            print(f"{'':34} {len(asked) / spent:,.0f} places a second")
    print(held_out())


if __name__ == "__main__":
    main()
