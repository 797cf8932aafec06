"""An article in, its draft incidents out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.progress import Clock, Progress, silent
from data.records.write import now
from data.report import when
from data.report.atlas import Atlas
from data.report.drafting import draft
from data.report.events import gather
from data.report.findings import findings
from data.report.lexicon import lexicon
from data.report.model import Article, Draft, Span
from data.report.sentences import Sentence, sentences

if TYPE_CHECKING:
    from data.decisions.taught import Taught
    from geo import Gazetteer


EVERY = 50
"""So many sentences are read before anybody is told."""


def extract(
    article: Article, gazetteer: Gazetteer, taught: Taught | None = None, progress: Progress = silent
) -> list[Draft]:
    """Propose the incidents that an article tells, in its order; what only explains the news is marked background.

    What people decided on places before counts where the store has `taught` it. `progress` is told how far it is, and
    may raise `Cancelled`.
    """
    lex = lexicon(article.language)
    reference = when.reference(article.text, article.published_at, lex, now().date(), progress)
    atlas = Atlas(article, gazetteer, taught, progress)
    told = _without(article.dateline, sentences(article.text, lex))
    clock = Clock(progress, "reading", len(told), "sentences")
    found = [
        finding
        for number, sentence in enumerate(clock.over(told, EVERY))
        for finding in findings(article, sentence, number, lex, reference, atlas)
    ]
    events = gather(found, reference)
    clock = Clock(progress, "placing", len(events), "incidents")
    return [draft(event, article, reference, atlas) for event in clock.over(events, EVERY)]


def _without(dateline: Span | None, told: list[Sentence]) -> list[Sentence]:
    """Leave a dateline out of the sentence it stands before: its day and town are those of the writing."""
    if dateline is None:
        return told
    return [
        replace(one, span=Span(max(one.span.start, dateline.end), one.span.end))
        if one.span.overlaps(dateline)
        else one
        for one in told
        if one.span.end > dateline.end or not one.span.overlaps(dateline)
    ]
