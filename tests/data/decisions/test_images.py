"""Images of rows outlive the columns they were taken of."""

from data import Store
from data.decisions.images import plain, write_rows
from data.records import tables


def test_a_row_kept_before_a_column_came_is_brought_back_whole(filled: Store) -> None:
    with filled._engine.begin() as connection:
        rows = connection.execute(tables.reports.select()).mappings().fetchmany(2)
        before = [dict(row) for row in rows]
        old = {
            row["report_id"]: {k: plain(v) for k, v in row.items() if k != "archive_url"} for row in before
        }
        write_rows(connection, "reports", dict.fromkeys(old))
        write_rows(connection, "reports", old)
        again = connection.execute(
            tables.reports.select().where(tables.reports.c.report_id.in_(list(old)))
        ).mappings()
        assert sorted(map(dict, again), key=lambda r: r["report_id"]) == sorted(
            before, key=lambda r: r["report_id"]
        )
