"""What a document is, found by its content; its article with what the caller knows laid over what it says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from data.errors import FileProblem
from data.records.write import now
from data.report.lexicon import lexicon
from data.report.model import Article
from data.report.reading import documents, publication
from data.report.reading.content import Content, check_size, check_text, clean, language_of
from data.report.reading.fetch import FetchPolicy, fetch, fetching_allowed

PASTED = "Pasted text"
_ADDRESS = re.compile(r"\s*https?://\S+\s*", re.IGNORECASE)
_HEAD = 4096
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<article[\s>]", re.IGNORECASE)
_MAIL = re.compile(
    rb"(?:^[A-Za-z][A-Za-z-]{1,40}:[ \t][^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){3}", re.MULTILINE
)
_MAIL_NAMES = re.compile(
    rb"^(?:from|subject|date|mime-version|message-id|received):", re.IGNORECASE | re.MULTILINE
)


def read(
    source: str | Path | bytes,
    name: str | None = None,
    *,
    published_at: date | None = None,
    publisher: str = "",
    url: str | None = None,
    hosted: bool = False,
    policy: FetchPolicy | None = None,
) -> Article:
    """Read one article: a pasted text or an address (str), a file (Path), or the bytes of a file with its `name`.

    `published_at`, `publisher` and `url` overrule what the document says. An address is fetched only where
    `fetching_allowed(hosted=hosted)`. Raise `FileProblem`, whose text is one line that says what to do; a feed with
    several entries is one too: `read_all` gives them.
    """
    articles = read_all(
        source, name, published_at=published_at, publisher=publisher, url=url, hosted=hosted, policy=policy
    )
    if len(articles) > 1:
        raise FileProblem(f"{articles[0].name} is a feed of {len(articles)} articles; choose one of them")
    return articles[0]


def read_all(
    source: str | Path | bytes,
    name: str | None = None,
    *,
    published_at: date | None = None,
    publisher: str = "",
    url: str | None = None,
    archive_url: str | None = None,
    hosted: bool = False,
    policy: FetchPolicy | None = None,
) -> list[Article]:
    """Read like `read`; a feed gives one article for each entry, with as much text as the feed carries.

    `url` and `archive_url` are for one article; a feed's entries have their own.
    """
    contents, name = _contents(source, name, url, hosted, policy)
    articles = []
    for content in contents:
        text = clean(content.text)
        if len(contents) == 1:
            check_text(text, name)
        language = language_of(text)
        head = publication.published(text, lexicon(language))
        stated = published_at or content.published_at
        article = Article(
            text=text,
            name=name,
            title=" ".join(clean(content.title).split()),
            publisher=publisher or content.publisher,
            url=url if url and len(contents) == 1 else content.url,
            archive_url=archive_url if len(contents) == 1 else None,
            published_at=stated or head.day,
            published_from=None if stated else head.said_at,
            dateline=head.dateline,
            language=language,
            retrieved_at=now(),
            warnings=content.warnings,
        )
        articles.append(
            article if article.published_at else replace(article, warnings=(*content.warnings, _NO_DAY))
        )
    return articles


_NO_DAY = "the day of publication is not known, so “on Tuesday” or “April 8” may lack their date: give it"


def _contents(
    source: str | Path | bytes, name: str | None, url: str | None, hosted: bool, policy: FetchPolicy | None
) -> tuple[list[Content], str]:
    if isinstance(source, Path):
        try:
            check_size(source.stat().st_size, source.name)
            data = source.read_bytes()
        except OSError as error:
            raise FileProblem(f"{source} cannot be read: {error.strerror}") from error
        return _of_bytes(data, name or source.name, url, None, source.name), name or source.name
    if isinstance(source, bytes):
        return _of_bytes(source, name or PASTED, url, None, name or ""), name or PASTED
    if _ADDRESS.fullmatch(source):
        if not fetching_allowed(hosted=hosted):
            raise FileProblem(
                "addresses are not fetched here; open the page and paste its text, "
                "or let the operator set DATELINE_FETCH=1"
            )
        got = fetch(source.strip(), policy)
        return _of_bytes(got.content, name or got.url, got.url, got.charset, got.url), name or got.url
    check_size(len(source), name or PASTED)
    return [documents.pasted(source)], name or PASTED


def _of_bytes(data: bytes, name: str, url: str | None, charset: str | None, file_name: str) -> list[Content]:
    """Tell the kind by the first bytes, and by the name only where those leave it open."""
    check_size(len(data), name)
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise FileProblem(f"{name} is empty; paste or drop the text of a report")
    head = data[:_HEAD]
    ending = file_name.rpartition(".")[2].lower()
    if head.startswith(b"%PDF") or b"%PDF-" in head[:1024]:
        return [documents.pdf(data, name)]
    if head.startswith(b"PK\x03\x04"):
        return [documents.docx(data, name)]
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileProblem(f"{name} is an old Word file; save it as .docx or paste its text")
    if _FEED.search(head):
        return documents.feed(data, name, url)
    if ending == "eml" or (_MAIL.match(head) and len(_MAIL_NAMES.findall(head)) >= 3):
        return [documents.eml(data, name)]
    if ending in ("html", "htm", "xhtml") or _HTML.search(head):
        return [documents.html(data, name, url)]
    return [documents.plain(data, name, charset)]
