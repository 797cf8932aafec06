"""How long `make setup` takes from nothing: a clean clone, an empty home, the package registries."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.machine import describe, table

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Clone, set up twice, print both times."""
    with tempfile.TemporaryDirectory() as scratch:
        clone = Path(scratch) / "dateline"
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        environment = {k: v for k, v in os.environ.items() if k != "VIRTUAL_ENV"}
        environment["DATELINE_HOME"] = str(Path(scratch) / "home")
        seconds = []
        for _ in range(2):
            began = time.perf_counter()
            subprocess.run(["make", "setup"], cwd=clone, env=environment, check=True, stdout=sys.stderr)
            seconds.append(time.perf_counter() - began)
    rows = [
        ("make setup, from nothing", f"{seconds[0]:.0f} s", "180 s"),
        ("make setup, again", f"{seconds[1]:.1f} s", "at once"),
    ]
    print("\nSet-up\n" + table(rows))


if __name__ == "__main__":
    print(describe())
    main()
