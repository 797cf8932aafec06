"""What one visitor's table is at: dropped, read, corrected, being saved, saved."""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from data import Options, Plan, Store, Summary
from pages.intake.job import Job


@dataclass
class TableIntake:
    """One visitor's file, from the moment it is dropped until it is saved or given up."""

    name: str
    file_id: str
    folder: tempfile.TemporaryDirectory[str]
    path: Path
    options: Options = field(default_factory=Options)
    job: Job[Plan] | None = None
    saving: Job[Summary] | None = None
    plan: Plan | None = None
    summary: Summary | None = None
    tries: int = 0
    """How often the file was read, which names the widgets anew."""

    def check(self, store: Store, options: Options) -> None:
        """Read the file as the options say; nothing is saved."""
        self.give_up_plan()
        self.options = options
        self.tries += 1
        self.job = Job(lambda tell: store.plan_import(self.path, options, progress=tell))

    def save(self, store: Store, user: str) -> None:
        """Save the plan as it stands."""
        plan = self.plan
        assert plan is not None
        self.saving = Job(
            lambda tell: store.commit_plan(plan, progress=tell, rejects_beside=False, user=user)
        )

    def give_up_plan(self) -> None:
        """Forget what was read; a save that is under way keeps it until it ends."""
        for job in (self.job, self.saving):
            if job is not None:
                job.stop()
        if self.plan is not None and self.saving is None:
            self.plan.close()
        self.job = self.saving = self.plan = None

    def saved(self, summary: Summary) -> None:
        """Keep the outcome; what was read is not needed any more."""
        self.summary, self.saving = summary, None
        self.give_up_plan()


def dropped_as(name: str, file_id: str, content: memoryview) -> TableIntake:
    """Keep a dropped file in a folder of its own, which goes with the session."""
    folder = tempfile.TemporaryDirectory(prefix="dateline-intake-")
    path = Path(folder.name) / _safe(name)
    path.write_bytes(content)
    return TableIntake(name, file_id, folder, path)


def _safe(name: str) -> str:
    """Keep a name that any file system takes; the file's kind is found by its content."""
    kept = "".join(char if char.isalnum() or char in "-_. " else "_" for char in Path(name).name)
    return kept.strip(". ")[-80:] or "table"
