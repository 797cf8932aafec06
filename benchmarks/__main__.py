"""Run every benchmark and print its table: `python -m benchmarks`, or `python -m benchmarks first_page`."""

import importlib
import sys

from benchmarks.machine import describe

ALL = (
    "setup_time",
    "geo_speed",
    "geo_places",
    "geo_corpora",
    "geo_mentions",
    "report",
    "data_table",
    "data_doors",
    "duplicates",
    "first_page",
)


def main(names: list[str]) -> None:
    """Print the machine, then each table."""
    print(describe())
    sys.argv[1:] = []  # the names are for here; a benchmark of its own may take options
    for name in names or ALL:
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
