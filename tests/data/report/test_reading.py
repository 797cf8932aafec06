"""Every kind of document in, and a clear word for each that cannot be read."""

import io
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter

from data import FileProblem
from data.report import read, read_all

BODY = "Shelling killed two people in Kherson on Tuesday. The mayor said a school was damaged as well."


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def word(*paragraphs: str) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(out)
    return out.getvalue()


def text_pdf(words: str) -> bytes:
    """The smallest PDF that shows a line of text."""
    content = f"BT /F1 12 Tf 20 100 Td ({words}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length " + str(len(content)).encode() + b">>stream\n" + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj".encode() + body + b"endobj\n"
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(f"{at:010} 00000 n \n".encode() for at in offsets)
    return out + f"trailer<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()


def scanned_pdf() -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


def test_a_pasted_text_keeps_every_character_where_it_was():
    article = read("Shelling in Kherson\n\n" + BODY)
    assert article.title == "Shelling in Kherson"
    assert article.text[article.text.index("Kherson on") :].startswith("Kherson on Tuesday")


def test_a_web_page_gives_the_article_without_scripts_and_menus():
    html = page(
        f"<nav><a href='/'>Home</a><a href='/x'>Sport</a></nav><article><h1>Shelling in Kherson</h1><p>{BODY}</p>"
        f"<p>{BODY} More was said about it at length by many officials in the town.</p></article>"
        "<script>alert('Bakhmut was shelled')</script><footer>All rights reserved</footer>",
        "<title>Shelling in Kherson</title><meta property='article:published_time' content='2023-03-07T10:00:00Z'>"
        "<meta property='og:site_name' content='Made-up Paper'>",
    )
    article = read(html, "page.html", url="https://example.org/a")
    assert BODY in article.text
    assert "alert" not in article.text
    assert "Sport" not in article.text
    assert (article.publisher, article.published_at) == ("Made-up Paper", date(2023, 3, 7))


def test_word_pdf_and_mail_give_their_text():
    assert read(word("Shelling in Kherson", BODY), "a.docx").text.endswith(BODY)
    assert "killed two people in Kherson" in read(text_pdf(BODY), "a.pdf").text
    mail = (
        "From: Desk <desk@example.org>\r\nSubject: Shelling in Kherson\r\nDate: Tue, 7 Mar 2023 10:00:00 +0200\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{BODY}\r\n"
    )
    article = read(mail.encode(), "a.eml")
    assert (article.title, article.publisher) == ("Shelling in Kherson", "example.org")
    assert article.published_at == date(2023, 3, 7)
    assert BODY in article.text


def test_a_feed_gives_an_article_for_each_entry():
    feed = (
        "<?xml version='1.0'?><rss version='2.0'><channel><title>Made-up Paper</title>"
        f"<item><title>Kherson</title><link>https://example.org/1</link><description>&lt;p&gt;{BODY}&lt;/p&gt;</description>"
        "<pubDate>Tue, 07 Mar 2023 10:00:00 GMT</pubDate></item>"
        "<item><title>Nothing</title><link>javascript:alert(1)</link></item></channel></rss>"
    ).encode()
    first, second = read_all(feed, "feed.xml")
    assert (first.url, first.published_at, first.publisher) == (
        "https://example.org/1",
        date(2023, 3, 7),
        "Made-up Paper",
    )
    assert BODY in first.text
    assert second.url is None
    with pytest.raises(FileProblem, match="feed of 2 articles"):
        read(feed, "feed.xml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_text_in_any_usual_encoding_is_read(encoding):
    words = "У Херсоні внаслідок обстрілу загинули двоє людей, повідомила міська влада у вівторок."
    article = read(words.encode(encoding), "a.txt")
    assert (article.text, article.language) == (words, "uk")


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (30 << 20))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "a.txt", "is empty"),
        (b" \n\t ", "a.txt", "is empty"),
        (b"... --- ...", "a.txt", "no words"),
        (b"word " * 600_001, "a.txt", "a report has at most 3,000,000"),
        (b"x" * (21 << 20), "a.txt", "at most 20 MB"),
        (b"\x7fELF\0\0\1\0" * 99, "a.txt", "is not a text"),
        (scanned_pdf(), "scan.pdf", "has no text"),
        (b"%PDF-1.4 broken", "a.pdf", "broken PDF"),
        (b"PK\x03\x04broken", "a.docx", "broken Word file"),
        (bomb(), "a.docx", "would unpack to 30 MB"),
        (b"\xd0\xcf\x11\xe0" * 99, "a.doc", "save it as .docx"),
        (page("<script>x()</script>"), "a.html", "no article was found"),
        (b"<rss version='2.0'><channel></channel></rss>", "a.xml", "feed without entries"),
        (b"<!DOCTYPE r [<!ENTITY a 'aaaa'>]><rss><channel/></rss>", "a.xml", "defines entities"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(content, name, message):
    with pytest.raises(FileProblem, match=message) as problem:
        read(content, name)
    assert "\n" not in str(problem.value)
    assert len(str(problem.value)) < 250


def test_a_file_that_is_not_there_is_said(tmp_path: Path):
    with pytest.raises(FileProblem, match="cannot be read"):
        read(tmp_path / "absent.txt")


def test_marks_that_turn_the_writing_round_are_blanked_in_place():
    text = "Shelling \u202ein\u202c Kherson\0 on Tuesday"
    article = read(text)
    assert article.text == "Shelling  in  Kherson  on Tuesday"
    assert len(article.text) == len(text)


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.pdf", "a.docx", "a.eml", "a.xml"]))
def test_any_bytes_are_read_or_refused_in_one_line(content, name):
    starts = (
        b"",
        b"%PDF-1.4\n",
        b"PK\x03\x04",
        b"<html>",
        b"<rss><channel><item>",
        b"From: a\nSubject: b\nDate: c\n",
    )
    told: list[str] = []
    for start in starts:
        try:
            assert read_all(start + content, name)
        except FileProblem as problem:
            told.append(str(problem))
    assert all("\n" not in said for said in told)
