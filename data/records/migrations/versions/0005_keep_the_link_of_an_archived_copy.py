"""Keep where an archive holds a copy of a report."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step."""
    op.add_column("reports", sa.Column("archive_url", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take the step back."""
    op.drop_column("reports", "archive_url")
