"""What the gazetteer does not know, asked online."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from geo.errors import PlaceTextError
from geo.model import Resolution
from geo.online.client import Online
from geo.phrase import parse


def ask_online(
    online: Online,
    offline: Resolution | None,
    place: str,
    *,
    within: Sequence[str] = (),
    country: str = "",
    limit: int = 10,
    known: Callable[[str], bool] = lambda name: False,
) -> Resolution:
    """Return the gazetteer's answer where it has one, else a provider's for the name in the phrase.

    A doubt between homonyms stays as it is: a provider's order knows nothing of what was said around the name.
    """
    if offline is not None and (offline.status != "unresolved" or offline.problem is not None):
        return offline
    try:
        phrase = parse(place, known)
    except PlaceTextError as error:
        return Resolution(place, "unresolved", "unknown", reasons=(str(error),), problem=str(error))
    name = phrase.names[0].text if len(phrase.names) == 1 else None
    around = [container.text for container in phrase.containers] if name else []
    return online.resolve(
        place,
        name=name,
        within=[*around, *within],
        country=country,
        relation=phrase.relation,
        offset=phrase.offset,
        limit=limit,
    )
