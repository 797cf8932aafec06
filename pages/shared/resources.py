"""What every session and route of one process shares: the gazetteer, the store, and who is looking."""

import threading
from functools import lru_cache

import geo
from data import Store, open_store

_opening = threading.Lock()


@lru_cache(maxsize=1)
def _store() -> Store:
    return open_store(gazetteer=gazetteer())


@lru_cache(maxsize=1)
def _gazetteer() -> geo.Gazetteer:
    return geo.open_gazetteer()


def gazetteer() -> geo.Gazetteer:
    """Return the process's gazetteer; raise GazetteerMissing with the command that builds it."""
    return _gazetteer()


def store() -> Store:
    """Return the process's store, opened (and filled with the sample when empty) on first use."""
    with _opening:  # two first visitors must not both import the sample
        opened = _store()
    opened.events.refresh()
    return opened


def close() -> None:
    """Close the store and forget it, at the server's end and between tests."""
    if _store.cache_info().currsize:
        _store().close()
    _store.cache_clear()
    _gazetteer.cache_clear()
