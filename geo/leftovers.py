"""Clears away what a build or an installation left behind when it was killed."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

OLD_S, FORGOTTEN_S = 3_600.0, 30 * 86_400.0
"""Unfinished files of an hour ago have nobody working on them; a broken download is worth keeping for a month."""


def clear_leftovers(gazetteer: Path, dumps: Path) -> None:
    """Remove unfinished gazetteers, folders and downloads that are too old to be anybody's work."""
    now = time.time()
    for path in gazetteer.parent.glob(f".{gazetteer.name}.*.part"):
        if now - path.stat().st_mtime > OLD_S:
            path.unlink(missing_ok=True)
    for path in dumps.glob(".incoming-*"):
        if now - path.stat().st_mtime > OLD_S:
            shutil.rmtree(path, ignore_errors=True)
    for path in dumps.glob("*.part"):
        if now - path.stat().st_mtime > FORGOTTEN_S:
            path.unlink(missing_ok=True)
            path.with_suffix(".json").unlink(missing_ok=True)
