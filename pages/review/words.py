"""The texts of the review page as HTML in which words from reports can only be text, the place's own marked."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

_SENTENCE = re.compile(r"[^.!?。…]*(?:[.!?。…]+(?=\s|$)|$)\s*")


def incident(event: Mapping[str, Any]) -> str:
    """Show title, words for the place, summary and quotes; sentences that name the place stand out."""
    names = [place["text"] for place in event["places"] if place["role"] == "event"]
    quotes = [report["quote"] for report in event["reports"] if report.get("quote")]
    headlines = [report["title"] for report in event["reports"] if report.get("title")]
    parts = [f"<h2>{marked(event['title'], names)}</h2>"]
    parts.append(
        f'<p class="dl-words"><span class="dl-note">Place as reported</span> '
        f"“{marked(event['place_text'], names)}”{_context(event)}</p>"
    )
    parts += [f"<p>{sentences(event['summary'], names)}</p>"] if event.get("summary") else []
    parts += [
        f"<blockquote>{sentences(text, names)}</blockquote>" for text in dict.fromkeys((*headlines, *quotes))
    ]
    return f'<section class="dl-card dl-review">{"".join(parts)}</section>'


def rejected(row: Mapping[str, Any]) -> str:
    """Show which row of which file was not taken, what stood there and all that is wrong with it."""
    first = {"column": row["column"], "value": row["value"], "reason": row["problem"]}
    said = "".join(f"<p>{_fault(**fault)}</p>" for fault in row.get("faults") or [first])
    return f'<section class="dl-card dl-review"><h2>{escape(row["file_name"])}, row {row["row"]}</h2>{said}</section>'


def _fault(column: str, value: str, reason: str) -> str:
    return escape(f"{column}: “{value}” {reason}" if column else reason)


def sentences(text: str, names: Iterable[str]) -> str:
    """Escape a text, with every sentence that holds one of the names set off and the name marked in it."""
    names = list(names)
    shown = []
    for sentence in _SENTENCE.findall(text):
        within = marked(sentence, names)
        shown.append(f'<span class="dl-sentence">{within}</span>' if "<mark>" in within else within)
    return "".join(shown)


def marked(text: str, names: Iterable[str]) -> str:
    """Escape a text and mark the names in it, whatever their case."""
    found = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name)
    if not found:
        return escape(text)
    pieces = re.split(f"({found})", text, flags=re.IGNORECASE)
    return "".join(
        f"<mark>{escape(piece)}</mark>" if odd % 2 else escape(piece) for odd, piece in enumerate(pieces)
    )


def _context(event: Mapping[str, Any]) -> str:
    named = [event.get(f"reported_{name}") for name in ("admin2", "admin1", "country")]
    words = ", ".join(name for name in named if name)
    return f' <span class="dl-note">in {escape(words)}</span>' if words else ""
