"""Text of reports that Streamlit would read as Markdown comes out as itself."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pages.shared.text import plain

HOSTILE = [
    "![x](https://example.org/spy.png)",
    "[click](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "`${alert(1)}`",
    "**bold** _em_ ~~gone~~ $x^2$",
    ":material/home: :red[danger] :smile:",
    "# Heading",
    "- list",
    "1. list",
    "&lt;b&gt; &amp;",
    "https://example.org www.example.org a@example.org",
    "| a | b |\n|---|---|",
]


def shown(markdown: str) -> str:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parseInline(markdown)[0].children
    assert all(token.type in ("text", "text_special", "softbreak") for token in tokens), [
        t.type for t in tokens
    ]
    return "".join(token.content for token in tokens)


def test_hostile_text_is_shown_as_it_is_written():
    for text in HOSTILE:
        assert shown(plain(text)) == " ".join(text.split())


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), max_size=60))
def test_any_text_is_shown_as_it_is_written(text):
    assert shown(plain(text)) == text
