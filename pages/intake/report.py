"""A report on its way into the records: pasted, dropped or fetched, read, checked, saved as drafts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from data import DataError, Store
from data.progress import Progress, Step
from data.report import Article, Draft, extract, fetching_allowed, read_all
from data.report.save import Saved
from pages.incidents.table import view as in_words
from pages.intake import proposals, result
from pages.intake.job import Job, say, watch
from pages.shared import access
from pages.shared.resources import gazetteer, store
from pages.shared.text import plain
from pages.shared.words import number_of, sentence

KEY = "intake_report"
WAYS = ("Paste its text", "Drop a file", "Fetch an address or feed")
ENDINGS = ("txt", "html", "htm", "pdf", "docx", "eml", "xml", "rss")
MOST_MB = 20
MOST_ARTICLES = 50
"""So many articles of one feed are read at a time."""
AT_ONCE_S = 0.4
STAYS: Any = {"persist_state": "session"}
"""What was typed stays while its analyst looks at other pages."""
Read = list[tuple[Article, list[Draft]]]


@dataclass
class ReportIntake:
    """What one visitor's report is at."""

    job: Job[Read]
    saved: dict[tuple[int, int], Saved] = field(default_factory=dict)
    """Number of the article and of the first proposal of a page -> what saving its drafts did."""


def show(store: Store) -> None:
    """Draw the tab."""
    _form()
    intake: ReportIntake | None = st.session_state.get(KEY)
    if intake is None:
        st.caption(
            "Incidents are proposed with the sentences that tell them. You check and correct them; what you save is a "
            "draft, which nobody else sees before it is reviewed."
        )
        return
    intake.job.wait(AT_ONCE_S)
    if not intake.job.done:
        watch(intake.job)
    elif intake.job.problem is not None:
        say(intake.job.problem)
    elif intake.job.result:
        _articles(store, intake, intake.job.result)


def _form() -> None:
    """Ask for the report and for what it does not say of itself."""
    ways = WAYS if fetching_allowed(hosted=access.read_only()) else WAYS[:2]
    way = st.segmented_control(
        "A report",
        ways,
        default=ways[0],
        required=True,
        key="report_way",
        label_visibility="collapsed",
        **STAYS,
    )
    with st.form("report", border=False):
        source, name = _source(way)
        left, right = st.columns(2)
        published = left.date_input(
            "Published on", None, key="report_day", help="“On Tuesday” needs it", **STAYS
        )
        publisher = right.text_input("Publisher", key="report_publisher", max_chars=120, **STAYS)
        left, right = st.columns(2)
        link = left.text_input("Link", key="report_link", max_chars=2000, placeholder="https://", **STAYS)
        copy = right.text_input(
            "Link of an archived copy", key="report_archive", max_chars=2000, placeholder="https://", **STAYS
        )
        if not st.form_submit_button("Find incidents", type="primary", icon=":material/search:"):
            return
    if not source:
        st.warning("There is nothing to read yet: paste a text, drop a file or give an address.")
        return
    if not all(address.startswith(("http://", "https://")) for address in (link, copy) if address):
        st.warning("A link is no web address; begin it with https:// or leave it out.")
        return
    previous: ReportIntake | None = st.session_state.get(KEY)
    if previous is not None:
        previous.job.stop()
    st.session_state[KEY] = ReportIntake(
        Job(
            _reading(
                source,
                name,
                published_at=published,
                publisher=publisher.strip(),
                url=link or None,
                archive_url=copy or None,
            )
        )
    )


def _source(way: str) -> tuple[str | bytes | None, str | None]:
    if way == WAYS[0]:
        text = st.text_area("Text of the report", key="report_text", height=220, **STAYS)
        return text.strip(), None
    if way == WAYS[1]:
        dropped = st.file_uploader(
            f"Text, web page, PDF, Word file or e-mail, up to {MOST_MB} MB",
            type=ENDINGS,
            max_upload_size=MOST_MB,
        )
        return (dropped.getvalue(), dropped.name) if dropped else (None, None)
    return st.text_input(
        "Address of an article or feed", placeholder="https://", max_chars=2000
    ).strip(), None


def _reading(
    source: str | bytes,
    name: str | None,
    *,
    published_at: date | None,
    publisher: str,
    url: str | None,
    archive_url: str | None,
) -> Callable[[Progress], Read]:
    places, taught = gazetteer(), store().taught()

    def work(tell: Progress) -> Read:
        tell(Step("reading the document", 0))
        articles = read_all(
            source,
            name,
            published_at=published_at,
            publisher=publisher,
            url=url,
            archive_url=archive_url,
            hosted=access.read_only(),
        )[:MOST_ARTICLES]
        found: Read = []
        for done, article in enumerate(articles):
            of_feed = Step("finding incidents in", done, len(articles), unit="articles")
            told = tell if len(articles) == 1 else partial(_same_step, tell, of_feed)
            found.append((article, extract(article, places, taught, told)))
        return found

    return work


def _same_step(tell: Progress, step: Step, _of_article: Step) -> None:
    """Tell how far the feed is, whatever its article is at, so that it can be stopped in the midst of one."""
    tell(step)


def _articles(store: Store, intake: ReportIntake, read: Read) -> None:
    """Show one article of those that were read, with its proposals."""
    at = 0
    if len(read) > 1:
        at = st.selectbox(
            f"Articles ({len(read)})",
            range(len(read)),
            format_func=lambda i: (
                f"{read[i][0].title or read[i][0].name} · {number_of(len(read[i][1]), 'proposal')}"
            ),
        )
    article, drafts = read[at]
    st.markdown(f"##### {plain(article.title or article.name)}")
    for warning in article.warnings:
        st.caption(plain(sentence(warning)))
    page = proposals.page(len(drafts), key=f"proposals_{article.sha256[:12]}_{at}")
    which = (at, page.start)
    saved = intake.saved.get(which)
    if saved and saved.import_id and result.undone(saved.import_id):
        st.success("The drafts were taken back; nothing of them is left.", icon=":material/undo:")
        del intake.saved[which]
    elif saved:
        _saved(store, saved, article)
        return
    chosen = proposals.show(article, drafts, page, key=f"{article.sha256[:12]}_{at}")
    if chosen is None:
        return
    try:
        intake.saved[which] = store.save_drafts(article, chosen, user=access.user())
    except DataError as problem:
        st.error(plain(str(problem)))
        return
    st.rerun()


def _saved(store: Store, saved: Saved, article: Article) -> None:
    """Say what was saved, where it is now, and how it is taken back."""
    if saved.import_id is None:
        st.info("Just these drafts were saved before; nothing was changed.", icon=":material/check:")
    else:
        wait = "It waits for review and is" if saved.new == 1 else "They wait for review and are"
        st.success(f"{number_of(saved.new, 'draft')} saved. {wait} not public.", icon=":material/check:")
    with st.container(horizontal=True, vertical_alignment="center"):
        if saved.import_id is not None:
            result.review(saved.import_id, article.title or article.name)
            result.undo(store, saved.import_id, "Undo this save")
        result.links()
    shown = in_words(store.events.rows(saved.ids))[
        ["When", "What", "Type", "Place as reported", "Decision on place"]
    ]
    st.dataframe(shown, hide_index=True, alt="The drafts that were saved")
