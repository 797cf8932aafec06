"""`python -m geo`."""

import os

# read when numpy is loaded: the arrays are small, and bulk jobs use all cores by themselves
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from geo.cli import main

main(prog_name="python -m geo")
