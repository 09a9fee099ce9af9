"""What a certificate needs besides the exam, as it happened; it only grows."""

import sqlalchemy as sa
from alembic import op

from training.store.migrations.append_only import make_append_only

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dossier_entries",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("occasion", sa.Text, nullable=False, unique=True),
        sa.Column("learner", sa.Text, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("programme", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False, index=True),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Index(None, "learner", "programme", "at"),
        sa.Index(None, "programme", "kind"),
    )
    make_append_only("dossier_entries", "id", "occasion")
