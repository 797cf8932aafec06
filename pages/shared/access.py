"""Who is looking: an analyst, who may change the records, or the public, who may only read."""

import getpass
import os

import streamlit as st

from data import Audience


def read_only() -> bool:
    """Say whether this instance only shows the records (`DATELINE_READ_ONLY=1`)."""
    return os.environ.get("DATELINE_READ_ONLY", "").strip().lower() not in ("", "0", "no", "false")


def user() -> str:
    """Name who decides: the one signed in, else `DATELINE_USER`, else the login name of this machine."""
    if st.user.get("is_logged_in"):
        return str(st.user.get("email") or st.user.get("name") or "signed in")
    if named := os.environ.get("DATELINE_USER", "").strip():
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "analyst"


def explain_read_only(what: str) -> None:
    """Say why there is nothing to do on a page of analysts; `what` completes "... is for analysts"."""
    st.info(
        f"{what} is for analysts. This copy of Dateline only shows what is public: it was started with "
        "DATELINE_READ_ONLY=1. On your own machine, `make run` starts one in which you can work.",
        title="Nothing can be changed here",
        icon=":material/lock:",
    )


def audience() -> Audience:
    """Ask an analyst whether drafts and what waits for review are shown too; the public is never asked."""
    if read_only():
        return "public"
    everything = st.toggle(
        "Also what is not public",
        key="show_everything",
        persist_state="session",
        help="Drafts, what waits for review, is restricted or under embargo. Map and timeline never show it.",
    )
    return "analyst" if everything else "public"
