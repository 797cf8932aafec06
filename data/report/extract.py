"""An article in, its draft incidents out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.records.write import now
from data.report import when
from data.report.atlas import Atlas
from data.report.drafting import draft
from data.report.events import gather
from data.report.findings import findings
from data.report.lexicon import lexicon
from data.report.model import Article, Draft
from data.report.sentences import sentences

if TYPE_CHECKING:
    from data.decisions.taught import Taught
    from geo import Gazetteer


def extract(article: Article, gazetteer: Gazetteer, taught: Taught | None = None) -> list[Draft]:
    """Propose the incidents that an article tells, in its order; what only explains the news is marked background.

    What people decided on places before counts where the store has `taught` it.
    """
    lex = lexicon(article.language)
    reference = when.reference(article.text, article.published_at, lex, now().date())
    atlas = Atlas(article, gazetteer, taught)
    found = [
        finding
        for number, sentence in enumerate(sentences(article.text, lex))
        for finding in findings(article, sentence, number, lex, reference, atlas)
    ]
    return [draft(event, article, reference, atlas) for event in gather(found, reference)]
