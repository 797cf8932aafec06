"""Keep the columns of an imported row that no field took."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step."""
    op.add_column("events", sa.Column("original", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Take the step back."""
    op.drop_column("events", "original")
