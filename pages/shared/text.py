"""Text from reports, made safe for the places where Streamlit reads Markdown."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&\"'/@])")


def plain(text: str) -> str:
    """Return Markdown that shows `text` exactly: no link, image, HTML, emoji code or formula comes of it."""
    one_line = " ".join(str(text).split())
    return _SPECIAL.sub(r"\\\1", one_line)
