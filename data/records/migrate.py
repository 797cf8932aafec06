"""Bring the tables of a store to the newest form; several processes may try at once."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine

from data.errors import StoreProblem
from data.records import dialects


def config(connection: Connection | None = None) -> Config:
    """Make Alembic's configuration; it needs no file."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


def revision(engine: Engine) -> str | None:
    """Give the last step applied to a store, None where there is no store yet."""
    with dialects.reading(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine) -> None:
    """Apply the steps that a store lacks, all in one transaction.

    Raise `StoreProblem` when the store was written by a newer version of this program.
    """
    newest = ScriptDirectory.from_config(config()).get_current_head()
    if revision(engine) == newest:
        return
    with dialects.writing(engine) as connection:
        try:
            command.upgrade(config(connection), "head")
        except CommandError as error:
            raise StoreProblem(
                f"the records were written by a newer version ({error}); update this program"
            ) from error
