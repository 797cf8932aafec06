"""The machine and versions a figure was measured on."""

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import psutil

NAMES = ("streamlit", "folium", "streamlit-folium", "pandas", "duckdb", "ibis-framework", "geopy")


def describe() -> str:
    """Return one line on the machine and one on the versions."""
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    machine = f"{os.cpu_count()} cores, {memory_gib:.0f} GiB, {platform.system()} {platform.machine()}"
    versions = ", ".join(f"{name} {version(name)}" for name in NAMES)
    return f"{machine}, Python {platform.python_version()}\n{versions}"


def table(rows: list[tuple[str, str, str]]) -> str:
    """Return rows of what, measured and aim as an aligned table."""
    rows = [("what", "measured", "aim"), *rows]
    widths = [max(len(row[i]) for row in rows) for i in range(3)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
    )


def percentile(values: list[float], share: float) -> float:
    """Return the value that `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def milliseconds(ask: Callable[[], Any], times: int) -> list[float]:
    """Ask again and again."""
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        spent.append((time.perf_counter() - began) * 1000)
    return spent


def seconds(*command: str) -> float:
    """Run a process of its own."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", *command], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def resident_mb() -> float:
    """Return the memory of this process in megabytes."""
    return psutil.Process().memory_info().rss / 1e6
