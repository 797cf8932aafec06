"""Import one file: plan it without holding anybody up, then commit the plan in one short transaction."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from data.importing.commit import commit
from data.importing.options import forget, remember
from data.importing.outcome import Outcome
from data.importing.plan import Plan
from data.importing.rejects import RejectsFile
from data.importing.spool import seldom_collected
from data.progress import Progress, silent
from data.records import dialects


@dataclass(frozen=True)
class Summary:
    """What an import did."""

    read: int
    imported: int
    updated: int
    unchanged: int
    rejected: int
    rejects_file: str | None
    import_id: str
    ambiguous: int
    """Rows taken in whose place is in doubt."""
    unresolved: int
    """Rows taken in whose place was not found."""
    in_review: int
    """Rows taken in that wait for a person because the text scan found something."""
    format: str = "csv"
    """What the file was read as."""
    warnings: tuple[str, ...] = ()
    """What is odd about the file as a whole."""
    first_problems: tuple[str, ...] = ()
    """The first few problems, in words."""

    def to_dict(self) -> dict[str, Any]:
        """Give the summary line of the command."""
        return {
            name: value for name, value in asdict(self).items() if name not in ("first_problems", "warnings")
        }


@seldom_collected()
def commit_plan(
    engine: Engine, plan: Plan, rejects_folder: Path, user: str = "import", progress: Progress | None = None
) -> Summary:
    """Save what was planned, all in one transaction: what is killed or cancelled leaves the records as they were.

    Rows that stay put aside are kept in a file in `rejects_folder`; a mapping that a person chose is remembered.
    """
    table = plan.table
    if plan.earlier is not None and not plan.unchanged_since():
        plan.read(progress or silent)
    with RejectsFile(rejects_folder, table.path.stem, table.header, plan.rejects()) as rejects:
        outcome = _saved(engine, plan, user, progress or silent)
        kept = rejects.keep()
    if plan.options.chosen or not plan.options.remembered:
        with dialects.writing(engine) as connection:
            if plan.options.chosen:
                remember(connection, table, plan.options, plan.mapped.choices(table.header), user)
            else:
                forget(connection, table)
    return _summary(plan, outcome, kept)


def _saved(engine: Engine, plan: Plan, user: str, progress: Progress) -> Outcome:
    if plan.earlier is not None:
        return Outcome(plan.earlier.import_id, unchanged=plan.earlier.unchanged)
    return commit(
        engine,
        plan.table,
        plan.pieces(),
        plan.rejects(),
        plan.described(),
        plan.rows,
        user,
        progress,
        staging=plan.staging,
        rows_of=plan.rows_of,
    )


def _summary(plan: Plan, outcome: Outcome, kept: Path | None) -> Summary:
    return Summary(
        read=plan.rows,
        imported=outcome.imported,
        updated=outcome.updated,
        unchanged=outcome.unchanged,
        rejected=plan.counts.rejected,
        rejects_file=str(kept) if kept else None,
        import_id=outcome.import_id,
        ambiguous=outcome.ambiguous,
        unresolved=outcome.unresolved,
        in_review=outcome.in_review,
        format=plan.table.kind,
        warnings=plan.warnings,
        first_problems=tuple(str(reject) for reject in plan.rejected[:5]),
    )
