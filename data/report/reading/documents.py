"""One function for each kind of document: bytes in, `Content` out, `FileProblem` when there is nothing to read."""

from __future__ import annotations

import email
import email.policy
import io
import logging
import re
import time
import zipfile
from datetime import date
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from data.errors import FileProblem
from data.importing.encoding import by_letters
from data.report.reading.content import LONGEST, Content

MOST_PAGES = 300
PDF_SECONDS = 30.0
LARGEST_UNPACKED = 100 << 20
TIGHTEST = 200
"""How many times smaller than its content a Word file of more than 10 MB unpacked may be."""
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_TITLE_CHARACTERS = 200


def decode(data: bytes, name: str, charset: str | None = None) -> str:
    """Read the bytes of a text in whatever encoding they are; raise `FileProblem` when they are no text."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace")
    if data.count(0) > len(data) * 0.3:
        for encoding in ("utf-16-le", "utf-16-be"):
            text = data.decode(encoding, "replace")
            if text.count("\0") + text.count("\ufffd") < len(text) * 0.01:
                return text
    if b"\0" in data:
        raise FileProblem(
            f"{name} is not a text: give a .txt, .html, .pdf, .docx or .eml file, or paste the text"
        )
    for encoding in filter(None, ("utf-8", charset)):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    from pathlib import Path

    return data.decode(by_letters(Path(name), data[: 1 << 20]), "replace")


def plain(data: bytes, name: str, charset: str | None = None) -> Content:
    """Read a text file; a short first line that stands alone is the headline."""
    return pasted(decode(data, name, charset))


def pasted(text: str) -> Content:
    """Take a text as it is."""
    head = [line.strip() for line in text.lstrip()[:2000].splitlines()[:6]]
    title = ""
    if len(head) > 1 and not head[1] and len(head[0]) <= _TITLE_CHARACTERS and not head[0].endswith("."):
        title = head[0]
    return Content(text, title)


def html(data: bytes | str, name: str, url: str | None = None) -> Content:
    """Take the article out of a web page, without menus, advertisements and scripts."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found: Any = trafilatura.bare_extraction(
        data,
        url=url,
        include_comments=False,
        include_tables=False,
        favor_recall=True,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    text = (found.text if found else "") or trafilatura.baseline(data)[1]
    if not text.strip():
        raise FileProblem(f"{name}: no article was found in the page; copy its text and paste it")
    title = ((found.title if found else "") or "").strip()
    address = url or (found.url if found else None)
    host = (urlsplit(address).hostname or "").removeprefix("www.") if address else ""
    return Content(
        text=_headed(title, text),
        title=title,
        publisher=(found.sitename if found else "") or host,
        url=address if address and address.startswith(("http://", "https://")) else None,
        published_at=_iso_day(found.date if found else None),
    )


def pdf(data: bytes, name: str) -> Content:
    """Take the text out of a PDF; a scan without text is refused with what to do."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    until = time.monotonic() + PDF_SECONDS
    pages: list[str] = []
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FileProblem(f"{name} is locked with a password; save it without one")
        count = len(reader.pages)
        if count > MOST_PAGES:
            raise FileProblem(
                f"{name} has {count:,} pages; give the pages of the report alone (at most {MOST_PAGES})"
            )
        for page in reader.pages:
            pages.append(page.extract_text() or "")
            if time.monotonic() > until or sum(map(len, pages)) > LONGEST:
                break
        title = str((reader.metadata.title if reader.metadata else None) or "").strip()
    except FileProblem:
        raise
    except Exception as error:  # whatever a stranger's file makes the parser stumble over
        raise FileProblem(f"{name} is a broken PDF ({type(error).__name__}); get the whole file") from error
    if len(pages) < count and sum(map(len, pages)) <= LONGEST:
        raise FileProblem(f"{name} takes too long to read; copy its text and paste it")
    text = "\n\n".join(pages)
    if not re.search(r"\w{2}", text):
        raise FileProblem(
            f"{name} has no text: its {count} page(s) are pictures, as from a scanner; "
            "run text recognition on it (OCRmyPDF, for example) or paste the text"
        )
    return Content(text, title if title and title in text else "")


def docx(data: bytes, name: str) -> Content:
    """Take the paragraphs and table cells out of a Word file."""
    import docx as word
    from docx.table import Table

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
        unpacked = sum(member.file_size for member in members)
        if unpacked > LARGEST_UNPACKED or (unpacked > 10 << 20 and unpacked > TIGHTEST * len(data)):
            raise FileProblem(
                f"{name} would unpack to {unpacked / (1 << 20):,.0f} MB, which no honest report does; it was not opened"
            )
        if not any(member.filename == "word/document.xml" for member in members):
            raise FileProblem(
                f"{name} is an archive but no Word document; unpack it and give the report itself"
            )
        document = word.Document(io.BytesIO(data))
        parts = []
        for part in document.iter_inner_content():
            if isinstance(part, Table):
                parts += [cell.text for row in part.rows for cell in row.cells]
            else:
                parts.append(part.text)
        title = (document.core_properties.title or "").strip()
    except FileProblem:
        raise
    except Exception as error:  # as above
        raise FileProblem(f"{name} is a broken Word file ({type(error).__name__}); save it again") from error
    return Content("\n\n".join(part for part in parts if part.strip()), title)


def eml(data: bytes, name: str) -> Content:
    """Take subject, day and body out of a saved e-mail; the sender is named by domain only."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        body = message.get_body(preferencelist=("plain", "html"))
        content = body.get_content() if body is not None else ""
        sent = message["date"].datetime if message["date"] else None
        subject = str(message["subject"] or "").strip()
        sender = parseaddr(str(message["from"] or ""))[1]
    except (LookupError, ValueError, TypeError, AttributeError, AssertionError) as error:
        raise FileProblem(f"{name} is a broken e-mail; copy its text and paste it") from error
    if body is not None and body.get_content_type() == "text/html":
        content = html(content, name).text
    if not str(content).strip():
        raise FileProblem(f"{name} has no text of its own; save what is attached to it and drop that")
    attached = sum(1 for _ in message.iter_attachments())
    warnings = (f"{attached} attachment(s) were not read; drop them separately",) if attached else ()
    return Content(
        text=_headed(subject, str(content)),
        title=subject,
        publisher=sender.rpartition("@")[2],
        published_at=sent.date() if sent else None,
        warnings=warnings,
    )


def feed(data: bytes, name: str, url: str | None = None) -> list[Content]:
    """Read the entries of an RSS or Atom feed, as many words of each as the feed gives."""
    import feedparser

    if b"<!ENTITY" in data[:65_536]:
        raise FileProblem(f"{name} defines entities of its own, which no honest feed does; it was not read")
    parsed = feedparser.parse(io.BytesIO(data))
    publisher = (parsed.feed.get("title") or "").strip()
    found = []
    for entry in parsed.entries[:MOST_ENTRIES]:
        parts = [part.get("value", "") for part in entry.get("content", ())] or [entry.get("summary", "")]
        title = _words(entry.get("title", ""))
        text = _headed(title, "\n\n".join(_words(part) for part in parts))
        when = entry.get("published_parsed") or entry.get("updated_parsed")
        link = entry.get("link") or ""
        day = date(when.tm_year, when.tm_mon, when.tm_mday) if when else None
        found.append(
            Content(text, title, publisher, link if link.startswith(("http://", "https://")) else None, day)
        )
    if not found:
        raise FileProblem(f"{name} is a feed without entries; give the address of an article instead")
    return found


MOST_ENTRIES = 200


def _words(markup: str) -> str:
    """Give the words of a piece of HTML, a line for each block."""
    from lxml import etree
    from lxml import html as parser

    if "<" not in markup:
        return markup.strip()
    try:
        tree = parser.fragment_fromstring(markup, create_parent="div")
    except (etree.LxmlError, ValueError):
        return re.sub(r"<[^>]{0,500}>", " ", markup).strip()
    etree.strip_elements(tree, "script", "style", with_tail=False)
    for block in tree.iter("p", "br", "li", "div", "h1", "h2", "h3", "blockquote"):
        block.tail = "\n" + (block.tail or "")
    return str(tree.text_content()).strip()


def _headed(title: str, text: str) -> str:
    """Put the headline on top unless the text begins with it."""
    return text if not title or text.lstrip().startswith(title) else f"{title}\n\n{text}"


def _iso_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
