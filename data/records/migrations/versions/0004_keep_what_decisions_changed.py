"""Keep what every decision changed, so that it can be undone."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step."""
    for name, kind in (("undoes", sa.Text()), ("changed", sa.BigInteger()), ("seq", sa.BigInteger())):
        op.add_column("decisions", sa.Column(name, kind, nullable=True))
    op.create_index(op.f("ix_decisions_seq"), "decisions", ["seq"], unique=False)
    op.execute(
        "UPDATE decisions SET seq = (SELECT imports.seq FROM imports WHERE imports.import_id = decisions.what) "
        "WHERE kind = 'import'"
    )
    op.create_table(
        "effects",
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("seq", "event_id", name=op.f("pk_effects")),
    )
    op.create_index(op.f("ix_effects_event_id"), "effects", ["event_id"], unique=False)
    op.create_index(op.f("ix_events_merged_into"), "events", ["merged_into"], unique=False)
    op.create_index(op.f("ix_events_place_text"), "events", ["place_text"], unique=False)
    decided = sa.text("decided_by IS NOT NULL")
    op.create_index(
        op.f("ix_places_decided_by"), "places", ["decided_by"], sqlite_where=decided, postgresql_where=decided
    )


def downgrade() -> None:
    """Take the step back."""
    op.drop_index(op.f("ix_places_decided_by"), "places")
    op.drop_index(op.f("ix_events_place_text"), "events")
    op.drop_index(op.f("ix_events_merged_into"), "events")
    op.drop_table("effects")
    op.drop_index(op.f("ix_decisions_seq"), "decisions")
    for name in ("seq", "changed", "undoes"):
        op.drop_column("decisions", name)
