"""A report's text with the words marked that a proposal was read from. Everything is escaped; nothing in it runs."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from data.report import Article, Draft, Span
from data.schema import fields

MOST_CHARACTERS = 60_000
"""So much of a report is shown; a longer one is cut, and says so."""
MOST_SENTENCES = 12
"""So many sentences of one incident are shown."""


def sentences(article: Article, draft: Draft) -> str:
    """Return the sentences that tell an incident as HTML, the words that gave a field marked and named."""
    words = sorted((span, _named(name)) for name, span in draft.spans.items())
    told = sorted(draft.sentences)
    parts = [_marked(article.text, sentence, words) for sentence in told[:MOST_SENTENCES]]
    if len(told) > MOST_SENTENCES:
        parts.append(f"<i>and in {len(told) - MOST_SENTENCES:,} more sentences</i>")
    return f'<blockquote class="dl-told">{" <i>…</i> ".join(parts)}</blockquote>' if parts else ""


def whole(article: Article, drafts: Sequence[Draft]) -> str:
    """Return the whole report as HTML, the sentences of all proposals marked and numbered."""
    spans = sorted(
        (sentence, f"Proposal {number}")
        for number, draft in enumerate(drafts, start=1)
        for sentence in draft.sentences
    )
    shown = Span(0, min(len(article.text), MOST_CHARACTERS))
    cut = len(article.text) - shown.end
    more = f"<p><i>… and {cut:,} characters more, not shown.</i></p>" if cut else ""
    return f'<div class="dl-report">{_marked(article.text, shown, spans)}</div>{more}'


def _marked(text: str, part: Span, marks: Iterable[tuple[Span, str]]) -> str:
    """Escape a part of a text; marks that overlap an earlier one are left out."""
    made, at = [], part.start
    for span, title in marks:
        if span.start < at or span.end > part.end or span.start >= span.end:
            continue
        made.append(escape(text[at : span.start]))
        made.append(f'<mark title="{escape(title)}">{escape(text[span.start : span.end])}</mark>')
        at = span.end
    made.append(escape(text[at : part.end]))
    return "".join(made)


def _named(name: str) -> str:
    known: Mapping[str, object] = fields("events")
    return fields("events")[name].label if name in known else name.replace("_", " ").capitalize()
