"""The server's start and end."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
import streamlit as st

from geo.errors import GeoError
from pages.shared import assets, resources

log = logging.getLogger("dateline")


def say_sorry(error: Exception) -> bool:
    """Show a sentence instead of Streamlit's error box, which links to search engines; the log has the rest."""
    log.error("A page failed", exc_info=error)
    st.error(
        "Nothing was lost. Reload the page; if it happens again, the server's log has the reason.",
        title="This page could not be shown",
    )
    return True


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Open the store before the first visitor comes; close it after the last has gone.

    What is not set up is said in the log and on the page, instead of keeping the server from starting.
    """
    try:
        assets.require()
        await anyio.to_thread.run_sync(resources.store)
    except (assets.AssetsMissing, GeoError) as error:
        log.warning("%s", error)
    yield
    resources.close()
