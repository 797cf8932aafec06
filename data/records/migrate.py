"""Bring the tables of a store to the newest form; several processes may try at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, column, inspect, select, table

from data.errors import StoreProblem
from data.records import dialects

if TYPE_CHECKING:  # Alembic is loaded when there is something to do: a store that is up to date opens without
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"
_APPLIED = table("alembic_version", column("version_num"))


def config(connection: Connection | None = None) -> Config:
    """Make Alembic's configuration; it needs no file."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(_MIGRATIONS))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


def newest() -> str:
    """Give the last step there is; files are named by the number of their step."""
    return max(path.name for path in (_MIGRATIONS / "versions").glob("[0-9]*.py")).partition("_")[0]


def revision(engine: Engine) -> str | None:
    """Give the last step applied to a store, None where there is no store yet."""
    with dialects.reading(engine) as connection:
        if not inspect(connection).has_table(_APPLIED.name):
            return None
        applied: str | None = connection.scalar(select(_APPLIED.c.version_num))
        return applied


def upgrade(engine: Engine) -> None:
    """Apply the steps that a store lacks, all in one transaction.

    Raise `StoreProblem` when the store was written by a newer version of this program.
    """
    if revision(engine) == newest():
        return
    from alembic import command
    from alembic.util.exc import CommandError

    with dialects.writing(engine) as connection:
        try:
            command.upgrade(config(connection), "head")
        except CommandError as error:
            raise StoreProblem(
                f"the records were written by a newer version ({error}); update this program"
            ) from error
