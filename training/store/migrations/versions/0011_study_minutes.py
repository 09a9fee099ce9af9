"""The minutes of standard-setting studies, kept as the file that they were when the cut was adopted."""

import sqlalchemy as sa
from alembic import op

from training.store.migrations.append_only import make_append_only

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "study_minutes",
        sa.Column("study_id", sa.Text, sa.ForeignKey("studies.id"), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pdf", sa.LargeBinary, nullable=False),
    )
    make_append_only("study_minutes", "study_id")
