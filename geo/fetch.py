"""Fetches GeoNames files from a folder, a file, a zip or an address; checks nothing but that they arrived whole."""

from __future__ import annotations

import shutil
import urllib.parse
import zipfile
from collections.abc import Callable
from pathlib import Path

from geo.download import download
from geo.errors import SourceError

GEONAMES = "https://download.geonames.org/export/dump/"
CHUNK = 1 << 18
LARGEST = 4 << 30
ADMIN1 = "admin1CodesASCII.txt"
Progress = Callable[[str], None]


def is_url(origin: str) -> bool:
    """Tell an http(s) address from a path."""
    return origin.lower().startswith(("http://", "https://"))


def fetch(code: str, origin: str | None, folder: Path, progress: Progress) -> tuple[Path, str]:
    """Put `CC.txt` into a folder and return it with a description of where it came from."""
    target = folder / f"{code}.txt"
    if origin is None or is_url(origin):
        base = origin or GEONAMES
        last = base.rsplit("/", 1)[-1].lower()
        url = (
            base
            if last.endswith((".zip", ".txt"))
            else urllib.parse.urljoin(base.rstrip("/") + "/", f"{code}.zip")
        )
        suffix = ".zip" if url.lower().split("?")[0].endswith(".zip") else ".txt"
        download(url, folder / f"{code}.download{suffix}", progress, folder.parent)
        try:
            _unpack(folder / f"{code}.download{suffix}", code, target)
        except SourceError as error:
            raise SourceError(f"{url} is not what it should be: {error}") from error
        return target, url
    path = Path(origin).expanduser()
    if path.is_dir():
        choices = [path / f"{code}.txt", path / f"{code}.zip"]
        found = next((choice for choice in choices if choice.is_file()), None)
        if found is None:
            raise SourceError(f"there is neither {code}.txt nor {code}.zip in {path}")
        path = found
    elif not path.is_file():
        raise SourceError(f"there is no file or folder {path}")
    progress(f"reading {path}")
    _unpack(path, code, target)
    return target, str(path)


def fetch_admin1(origin: str | None, folder: Path, progress: Progress) -> Path | None:
    """Put `admin1CodesASCII.txt` into a folder when it lies beside the dump; None when it does not."""
    target = folder / ADMIN1
    if origin is None or is_url(origin):
        base = origin or GEONAMES
        if base.rsplit("/", 1)[-1].lower().endswith((".zip", ".txt")):
            base = base.rsplit("/", 1)[0]
        try:
            download(urllib.parse.urljoin(base.rstrip("/") + "/", ADMIN1), target, progress, folder.parent)
        except SourceError:
            return None
        return target
    path = Path(origin).expanduser()
    beside = (path if path.is_dir() else path.parent) / ADMIN1
    if not beside.is_file():
        return None
    shutil.copyfile(beside, target)
    return target


def _unpack(path: Path, code: str, target: Path) -> None:
    with path.open("rb") as file:
        start = file.read(256).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head")):
        raise SourceError(f"{path.name} is a web page, not a dump in tab-separated columns")
    if path.suffix.lower() != ".zip":
        if path != target:
            shutil.copyfile(path, target)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            member = f"{code}.txt"
            if member not in archive.namelist():
                raise SourceError(f"{path.name} holds no {member}")
            if archive.getinfo(member).file_size > LARGEST:
                raise SourceError(f"{member} in {path.name} is larger than a country dump can be")
            with archive.open(member) as packed, target.open("wb") as file:
                shutil.copyfileobj(packed, file, CHUNK)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise SourceError(f"{path.name} is not a whole zip file ({error})") from error
