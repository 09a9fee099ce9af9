"""Sums count which options were chosen where several are; those from before are made again by `rebuild`."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SUMS = ("item_counts", "item_sums", "score_counts", "score_sums", "counted")


def upgrade() -> None:
    for name in SUMS:
        op.execute(sa.delete(sa.table(name)))
