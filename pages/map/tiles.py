"""Background tiles, only where whoever runs the instance has asked for them: nothing is fetched otherwise."""

import os


def chosen_tiles() -> dict[str, str] | None:
    """Return address template and attribution from `DATELINE_TILES` and `DATELINE_TILES_ATTRIBUTION`."""
    address = os.environ.get("DATELINE_TILES", "").strip()
    if not address.startswith(("https://", "http://")):
        return None
    return {"url": address, "attribution": os.environ.get("DATELINE_TILES_ATTRIBUTION", "")}
