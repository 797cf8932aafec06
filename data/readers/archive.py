"""Opening ZIP archives that others made: nothing is unpacked before its size is known to be sane."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.errors import FileProblem

LARGEST = 4 << 30
"""Bytes that an archive may hold unpacked."""
TIGHTEST = 300
"""How many times smaller than its content an archive of more than `UNSUSPICIOUS` bytes may be."""
UNSUSPICIOUS = 64 << 20
MOST_MEMBERS = 10_000
SIGNATURE = b"PK\x03\x04"


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open an archive; raise `FileProblem` when it is broken or unpacks to far more than it can honestly hold."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, EOFError, ValueError) as error:
        raise FileProblem(f"{path.name} is a broken archive ({error}): get the whole file") from error
    with archive:
        members = archive.infolist()
        unpacked = sum(member.file_size for member in members)
        packed = max(1, path.stat().st_size)
        if (
            unpacked > LARGEST
            or len(members) > MOST_MEMBERS
            or (unpacked > UNSUSPICIOUS and unpacked / packed > TIGHTEST)
        ):
            raise FileProblem(
                f"{path.name} would unpack to {unpacked / (1 << 20):,.0f} MB in {len(members):,} files, "
                "which no honest table of its size does; it was not opened"
            )
        yield archive
