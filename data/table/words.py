"""The text index: which blocks of a generation file hold a word.

A search first asks it in which blocks all its words (or parts of words) stand, then reads the texts of these blocks
only. The answer is that of reading them all. A part of a word may stand in any word, so all are looked through: by the
page first, which is one text, then word by word on the pages that have it.
"""

from __future__ import annotations

from functools import cache

import duckdb
import pyarrow as pa

from data.filters import SEARCHED, contains, like
from data.table.columns import table
from data.table.template import Template, blank, compiled

_BLOCK_BITS = 11
"""A block is 2,048 rows, DuckDB's own unit of reading."""
_PAGE_BITS = 8
"""A page is 256 words."""
_SPLIT = r"[^\p{L}\p{N}]+"
_IN_BLOCKS = f"""
SELECT * FROM base.events SEMI JOIN (
    SELECT unnest(range(block << {_BLOCK_BITS}, (block + 1) << {_BLOCK_BITS})) AS n
    FROM (SELECT unnest($1::BIGINT[]) AS block)
) USING (n) UNION ALL SELECT * FROM delta"""
"""Rows of some blocks of the file, those gone included, and what lies over it; joined, a long list costs nothing."""
_MANY = 64
"""From so many blocks on they are joined: every row is compared with every block of a list, which is quick for few."""
_MOST = 0.3
"""When more than this share of the blocks is left, reading everything is as fast."""


def write(cursor: duckdb.DuckDBPyConnection, schema: str) -> None:
    """Index the table `events` of an attached file, whose row numbers are positions in the file."""
    texts = f"lower(concat_ws(' ', {', '.join(SEARCHED)}))"
    cursor.execute(
        f"CREATE TABLE {schema}.words "
        "(word VARCHAR USING COMPRESSION uncompressed, blocks INTEGER[], page INTEGER)"
    )
    cursor.execute(
        f"INSERT INTO {schema}.words "
        f"SELECT *, ((row_number() OVER () - 1) >> {_PAGE_BITS})::INTEGER AS page FROM ("
        "SELECT word, list(block) AS blocks FROM ("
        f"SELECT DISTINCT (n >> {_BLOCK_BITS})::INTEGER AS block, "
        f"unnest(string_split_regex({texts}, '{_SPLIT}')) AS word "
        f"FROM {schema}.events) WHERE word <> '' GROUP BY word ORDER BY word)"
    )
    cursor.execute(
        f"CREATE TABLE {schema}.pages AS SELECT page, string_agg(word, ' ') AS words "
        f"FROM {schema}.words GROUP BY page ORDER BY page"
    )


def rows_with(cursor: duckdb.DuckDBPyConnection, text: str, *, indexed: bool) -> pa.Table:
    """Give the numbers `n` of the rows that hold a text."""
    pattern, literal = like(text)
    holding = _holding(literal).filled({"pattern": pattern, "lowered": text.lower()})
    blocks = _blocks(cursor, text) if indexed else None
    if blocks is None:
        return cursor.sql(holding).to_arrow_table()
    if len(blocks) > _MANY:
        return cursor.execute(f"WITH events AS ({_IN_BLOCKS}) {holding}", [blocks]).to_arrow_table()
    last_row = (1 << _BLOCK_BITS) - 1
    read = "".join(
        f" OR n BETWEEN {block << _BLOCK_BITS} AND {(block << _BLOCK_BITS) + last_row}" for block in blocks
    )
    return cursor.execute(f"SELECT n FROM ({holding}) WHERE n < 0{read}").to_arrow_table()


@cache
def _holding(literal: bool) -> Template:
    """Compile the question for rows that hold a text, with blanks for the text."""
    events = table()
    lowered = blank("lowered", "") if literal else None
    condition = contains(events, blank("pattern", ""), lowered)
    return compiled(events.filter(condition).select("n"), "duckdb")


def _blocks(cursor: duckdb.DuckDBPyConnection, text: str) -> list[int] | None:
    """Give the blocks in which every part of the text stands, None when that spares little."""
    split = cursor.execute("SELECT string_split_regex(lower($1), $2)", [text, _SPLIT]).fetchall()[0][0]
    parts = sorted({part for part in split if part}, key=len, reverse=True)
    if not parts:
        return None
    ((total,),) = cursor.execute(
        f"SELECT (coalesce(max(n), 0) >> {_BLOCK_BITS}) + 1 FROM base.events"
    ).fetchall()
    left: set[int] | None = None
    for part in parts:
        rows = cursor.execute(
            "SELECT DISTINCT unnest(blocks) FROM base.words WHERE contains(word, $1) "
            "AND page IN (SELECT page FROM base.pages WHERE contains(words, $1))",
            [part],
        ).fetchall()
        here = {block for (block,) in rows}
        left = here if left is None else left & here
    return sorted(left) if left is not None and len(left) <= _MOST * total else None
