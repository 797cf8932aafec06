"""Proposed incidents of one report: each with its words, its places and its fields to correct."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from data.errors import InputError
from data.report import Article, Draft
from pages.intake import told
from pages.shared import card_view, correction_form, edits
from pages.shared.cards import proposal
from pages.shared.text import plain
from pages.shared.words import number_of, sentence

PAGE = 25
"""So many proposals are looked at together."""


def page(count: int, key: str) -> range:
    """Ask which of many proposals to look at; return their numbers, counted from 0."""
    last = max(1, -(-count // PAGE))
    number = 1
    if last > 1:
        number = st.number_input(
            f"Page of {last} ({count:,} proposals, {PAGE} together; each page is saved by itself)",
            *(1, last),
            key=key,
            width=420,
        )
    return range((number - 1) * PAGE, min(count, number * PAGE))


def show(article: Article, drafts: Sequence[Draft], page: range, key: str) -> list[Draft] | None:
    """Draw proposals; return those to save, as corrected, once the analyst says so."""
    if not drafts:
        st.info(
            "No incident was found in this text. Words for incidents are known in English first; look at the text, "
            "and enter the incident as a row of a table if it tells one."
        )
        return None
    news = [at for at in page if not drafts[at].background]
    background = [at for at in page if drafts[at].background]
    with st.expander("The whole report", icon=":material/article:"):
        st.html(told.whole(article, drafts))
    with st.form(f"proposals_{key}_{page.start}", border=False):
        made = {at: _one(article, drafts[at], at + 1, f"{key}_{at}") for at in news}
        if background:
            with st.expander(
                f"Background told in the report ({len(background)}): earlier, or only to explain"
            ):
                made |= {at: _one(article, drafts[at], at + 1, f"{key}_{at}") for at in background}
        if not st.form_submit_button(
            "Save the ticked ones as drafts", type="primary", icon=":material/save:"
        ):
            return None
    ticked = [made[at] for at in sorted(made) if made[at] is not None]
    problems = [problem for problem in ticked if isinstance(problem, InputError)]
    for problem in problems:
        st.error(plain(str(problem)))
    if not ticked:
        st.warning("Nothing is ticked.")
    return None if problems or not ticked else [draft for draft in ticked if isinstance(draft, Draft)]


def _one(article: Article, draft: Draft, number: int, key: str) -> Draft | InputError | None:
    """Draw one proposal; return it as corrected, what is wrong with it, or None when it is not wanted."""
    with st.container(border=True):
        ticked = st.checkbox(
            f"**{number}.** {plain(str(draft.fields['title']))}",
            value=not draft.background,
            key=f"{key}_take",
        )
        told_in, read_as = st.columns([3, 2])
        told_in.html(told.sentences(article, draft))
        for note in draft.notes:
            told_in.caption(plain(sentence(note)))
        with read_as:
            card_view.show(proposal(_as_event(article, draft)), str(draft.fields["event_type"]))
        with st.expander("Correct it", icon=":material/edit:"):
            words, table = correction_form.show(draft.fields, key)
            places = number_of(len(draft.places), "place")
            st.caption(f"The {places} of this proposal can be decided on the Review page once it is saved.")
    if not ticked:
        return None
    try:
        return replace(draft, fields=edits.edited(draft.fields, words, table))
    except InputError as problem:
        problem.column = f"Proposal {number}, {problem.column}"
        return problem


def _as_event(article: Article, draft: Draft) -> dict[str, Any]:
    """Give a proposal the form of an incident of the store, so that its card looks like any other."""
    said_by = [{"publisher": said.name} for said in draft.said_by] or [{"publisher": article.publisher}]
    return {**draft.fields, "places": draft.places, "reports": [r for r in said_by if r["publisher"]]}
