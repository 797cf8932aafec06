"""SQL compiled once per shape of a question, with blanks for what differs from call to call.

Compiling takes tens of milliseconds, answering a few: whoever drags a map or ticks another box asks the same question
with other values.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from sqlglot import exp

_SECRET = 10**13 + secrets.randbelow(9 * 10**13)
"""Part of every blank and drawn anew by every process, so that no text from outside can look like one."""
_NUMBER = 10_000 * _SECRET
"""Blanks for whole numbers are written as numbers."""
_BLANK = re.compile(rf"'~{_SECRET}:(\w+)~'|(?<!\d)({_SECRET}\d{{4}})(?!\d)")


def blank(name: str, value: Any) -> Any:
    """Give the expression that stands for a value of this kind: a text, day, moment, number or list of texts."""
    mark = f"~{_SECRET}:{name}~"
    if isinstance(value, (tuple, list)):
        return [mark]
    if isinstance(value, datetime):
        return ibis.literal(mark).cast("timestamp")
    if isinstance(value, date):
        return ibis.literal(mark).cast("date")
    if isinstance(value, float):
        return ibis.literal(mark).cast("float64")
    return ibis.literal(mark)


def number_blank(position: int) -> int:
    """Give the whole number that stands for the blank at a position."""
    return _NUMBER + position


def listed(name: str, column: str) -> ir.Table:
    """Give a table of the whole numbers that go into a blank, as one text with commas.

    Engines read thousands of literals far more slowly than they join the same numbers.
    """
    mark = ibis.literal(f"~{_SECRET}:{name}~")
    written = mark.split(",").unnest().name(column).as_table()
    return written.select(written[column].cast("int64").name(column))


def numbers(*names: str) -> dict[str, ir.IntegerScalar]:
    """Make blanks for whole numbers."""
    return {name: ibis.literal(number_blank(i), type="int64") for i, name in enumerate(names)}


_SQLGLOT = {"pyspark": "spark"}


Answer = TypeVar("Answer", pa.Table, pa.RecordBatch)


@dataclass(frozen=True)
class Template:
    """A compiled question; `numbers` names its blanks for whole numbers in the order they were made."""

    sql: str
    dialect: str
    schema: pa.Schema
    """Columns of the answer; engines differ in how they name the types of the same values."""
    numbers: tuple[str, ...] = ()

    def filled(self, values: Mapping[str, Any]) -> str:
        """Write the SQL with values in its blanks, each as a literal of the engine."""

        def text(match: re.Match[str]) -> str:
            name = match[1] or self.numbers[int(match[2]) - _NUMBER]
            value = values[name]
            several = value if isinstance(value, Sequence) and not isinstance(value, str) else (value,)
            return ", ".join(self._literal(one) for one in several)

        return _BLANK.sub(text, self.sql)

    def asked(self, answer: Answer) -> Answer:
        """Leave the columns of an answer that were asked for: Spark adds the row number by which it left rows out."""
        wanted = self.schema.names
        return answer if answer.schema.names == wanted else answer.select(wanted)

    def _literal(self, value: Any) -> str:
        if isinstance(value, int):
            return str(value)
        written = value.isoformat(" ") if isinstance(value, datetime) else str(value)
        return exp.Literal.string(written).sql(dialect=self.dialect)


def compiled(question: ir.Table, dialect: str, with_numbers: tuple[str, ...] = ()) -> Template:
    """Compile an expression for an engine."""
    sql = str(ibis.to_sql(question, dialect=dialect, pretty=False))
    return Template(sql, _SQLGLOT.get(dialect, dialect), question.schema().to_pyarrow(), with_numbers)
