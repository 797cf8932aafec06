"""Keep every fault of a row that was put aside, so that it can be listed again without checking the row."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step."""
    op.add_column("rejects", sa.Column("faults", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Take the step back."""
    op.drop_column("rejects", "faults")
