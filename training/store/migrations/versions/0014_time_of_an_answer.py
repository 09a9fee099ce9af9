"""Answers keep how long they took and how sure one was, sums are whole numbers throughout: `rebuild` makes both."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

SUMS = ("item_counts", "item_sums", "score_counts", "score_sums", "counted")


def upgrade() -> None:
    for name in ("time", "sure"):
        op.add_column("outcomes", sa.Column(name, sa.SmallInteger()))
    for name in SUMS:
        op.execute(sa.delete(sa.table(name)))
