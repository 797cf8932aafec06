"""Where Dateline keeps its files."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def home() -> Path:
    """Return the folder for Dateline's own files: `DATELINE_HOME`, or the platform's user data directory."""
    chosen = os.environ.get("DATELINE_HOME", "").strip()
    return Path(chosen).expanduser() if chosen else Path(platformdirs.user_data_dir("dateline"))


def gazetteer_path() -> Path:
    """Return the path of the gazetteer file."""
    return home() / "gazetteer.sqlite"


def dumps_path() -> Path:
    """Return the folder that keeps what `geo install` has read, so that a rebuild includes it again."""
    return home() / "cache" / "geonames"
