"""Data files of installed packages, found without importing the package."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from geo.errors import SourceError


def data_file(package: str, wanted: Callable[[str], bool]) -> Path:
    """Return the path of a package's file whose name is wanted.

    Raise `SourceError` with the command that mends it when the package or its file is not there.
    """
    try:
        listed = distribution(package).files or []
    except PackageNotFoundError as error:
        raise SourceError(f"{package} is not installed: run `make setup`") from error
    for path in listed:
        if wanted(path.name):
            return Path(str(path.locate()))
    raise SourceError(
        f"{package} is installed without its data file: run `pip install --force-reinstall {package}`"
    )
