"""Data sets fetched from where they are kept, page by page, into a file that `import` reads; nothing is passed on."""

from __future__ import annotations

from types import ModuleType

from data.fetching import acled, ucdp

SOURCES: dict[str, ModuleType] = {module.NAME: module for module in (acled, ucdp)}
"""Each has `base()`, `login(session)`, `first(question)` and `page(answer, asked)`."""
