"""Engines elsewhere: the same questions, read-only, on an event table that others load.

    DATELINE_TABLE=spark://HOST:PORT?events=hdfs:///events.parquet     a Spark cluster (or spark://local-cluster[2,1,1024]?...)
    DATELINE_TABLE=clickhouse://USER:PASSWORD@HOST:PORT/DATABASE       a ClickHouse server
    DATELINE_TABLE=clickhouse:///FOLDER                                ClickHouse in this process (chdb)
    DATELINE_TABLE=trino://USER@HOST:PORT/CATALOG/SCHEMA, bigquery://PROJECT/DATASET

The table is called `events` and has the columns that `python -m data table OUT.parquet` writes.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import ibis
import pyarrow as pa
from ibis import _

from data.errors import StoreProblem
from data.table.columns import table
from data.table.engine import Capabilities, Generation
from data.table.template import compiled

_LOOKED_AT_EVERY_S = 60.0
_AT_ONCE = 16
Run = Callable[[str], pa.Table]
DIALECTS = {"spark": "pyspark", "clickhouse": "clickhouse", "trino": "trino", "bigquery": "bigquery"}


class Warehouse:
    """Asks an engine; whether its table was loaded anew is looked at once a minute."""

    def __init__(self, kind: str, run: Run) -> None:
        self.dialect = DIALECTS[kind]
        self.capabilities = Capabilities(
            kind.capitalize(),
            editable=False,
            text_index=False,
            quantiles=kind == "spark",
            snapshot=False,
            at_once=_AT_ONCE,
        )
        self._run = run
        self._lock = threading.Lock()
        self._looked_at = time.monotonic()
        self._generation = self._described()

    @property
    def generation(self) -> Generation:
        """The state that questions are answered from."""
        return self._generation

    def refresh(self) -> bool:
        """Look whether the table was loaded anew."""
        with self._lock:
            if time.monotonic() - self._looked_at < _LOOKED_AT_EVERY_S:
                return False
            self._looked_at = time.monotonic()
        before, self._generation = self._generation, self._described()
        return before != self._generation

    def _described(self) -> Generation:
        rows = table()
        content = rows.aggregate(
            n=_.count(),
            seq=_.seq.max(),
            sum=(_.content_hash % 1_000_003).sum(),
            embargoed=_.embargo_until.count(),
        )
        (found,) = self._run(compiled(content, self.dialect).sql).to_pylist()
        moments: list[datetime] = []
        if found["embargoed"]:
            lifted = rows.filter(rows.embargo_until.notnull()).select("embargo_until").distinct()
            moments = sorted(
                row["embargo_until"] for row in self._run(compiled(lifted, self.dialect).sql).to_pylist()
            )
        version = hashlib.sha256(repr(found).encode()).hexdigest()[:16]
        return Generation(int(found["seq"] or 0), version, tuple(m.replace(tzinfo=None) for m in moments))

    @contextmanager
    def asking(self, text: str | None = None) -> Iterator[Run]:
        """Give the way to ask; the engine sees to unchanging states."""
        yield self._run

    @contextmanager
    def stream(
        self, rows: int, text: str | None = None
    ) -> Iterator[tuple[str, Callable[[str], pa.RecordBatchReader]]]:
        """Open the engine for answers in batches, the version first."""

        def batches(sql: str) -> pa.RecordBatchReader:
            answer = self._run(sql)
            return pa.RecordBatchReader.from_batches(answer.schema, answer.to_batches(rows))

        yield self._generation.version, batches

    def close(self) -> None:
        """Leave the engine as it is: others use it."""


def connect(url: str) -> Warehouse:
    """Open the engine that an address names; raise `StoreProblem` when it cannot be used."""
    kind = url.partition("://")[0]
    if kind not in DIALECTS:
        known = ", ".join(f"{name}://" for name in DIALECTS)
        raise StoreProblem(f"the event table cannot be kept at {kind}://; use one of {known}")
    try:
        return Warehouse(kind, _OPEN.get(kind, _through_ibis)(url))
    except ImportError as error:
        raise StoreProblem(f"{error.name} is missing: pip install 'dateline[{kind}]'") from error
    except Exception as error:
        first_line = str(error).strip().partition("\n")[0][:300]
        raise StoreProblem(f"{kind.capitalize()} does not answer as an event table: {first_line}") from error


def _spark(url: str) -> Run:
    from pyspark.sql import SparkSession

    where, _question, parameters = url.removeprefix("spark://").partition("?")
    master = where if where.startswith("local") else f"spark://{where}"
    builder: Any = SparkSession.builder
    session = (
        builder.master(master).appName("dateline").config("spark.sql.session.timeZone", "UTC").getOrCreate()
    )
    ibis.pyspark.connect(session)  # its compiler asks the session for settings
    for path in parse_qs(parameters).get("events", ()):
        session.read.parquet(path).createOrReplaceTempView("events")
    return lambda sql: session.sql(sql).toArrow()


def _clickhouse(url: str) -> Run:
    address = urlsplit(url)
    if not address.hostname:
        return _in_process(unquote(address.path))
    import clickhouse_connect

    client = clickhouse_connect.get_client(
        host=address.hostname,
        port=address.port or 8123,
        username=unquote(address.username or "default"),
        password=unquote(address.password or ""),
        database=address.path.strip("/") or "default",
        autogenerate_session_id=False,
    )
    settings = {"output_format_arrow_string_as_string": "1"}
    return lambda sql: client.query_arrow(sql, settings=settings)


def _in_process(folder: str) -> Run:
    from chdb.session import Session

    session: Any = Session(folder)
    lock = threading.Lock()

    def run(sql: str) -> pa.Table:
        with lock:
            answer: pa.Table = session.query(sql, "ArrowTable")
            return answer

    return run


def _through_ibis(url: str) -> Run:
    backend = ibis.connect(url)
    return lambda sql: backend.sql(sql).to_pyarrow()


_OPEN = {"spark": _spark, "clickhouse": _clickhouse}
