"""Measurements; run with `python -m benchmarks`."""

import os

# read when numpy is loaded: a figure is for one core unless it says more
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
