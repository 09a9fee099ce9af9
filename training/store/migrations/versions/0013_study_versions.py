"""Standard-setting studies remember which version of each item the panel rates."""

import sqlalchemy as sa
from alembic import op

from training.store.migrations.append_only import make_append_only

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "study_versions",
        sa.Column("study_id", sa.Text, sa.ForeignKey("studies.id"), primary_key=True),
        sa.Column("item_id", sa.Text, primary_key=True),
        sa.Column("version", sa.Text, sa.ForeignKey("item_versions.digest"), nullable=False, index=True),
    )
    make_append_only("study_versions", "study_id, item_id")
