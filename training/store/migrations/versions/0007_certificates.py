"""Certificates with their papers and events, and the keys that sign them; all of them only grow."""

import sqlalchemy as sa
from alembic import op

from training.store.migrations.append_only import make_append_only

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "certificates",
        sa.Column("number", sa.Text, primary_key=True),
        sa.Column("occasion", sa.Text, nullable=False, unique=True),
        sa.Column("place", sa.Integer, nullable=False, unique=True),
        sa.Column("learner", sa.Text, sa.ForeignKey("people.id"), nullable=False, index=True),
        sa.Column("programme", sa.Text, nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), index=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("signed", sa.Text, nullable=False),
        sa.Index(None, "programme", "issued_at"),
    )
    op.create_table(
        "certificate_papers",
        sa.Column("number", sa.Text, sa.ForeignKey("certificates.number"), primary_key=True),
        sa.Column("paper", sa.Text, primary_key=True),
        sa.Column("pdf", sa.LargeBinary, nullable=False),
    )
    _events_and_keys()
    make_append_only("certificates", "number", "occasion", "place")
    make_append_only("certificate_papers", "number, paper")
    make_append_only("certificate_events", "number, seq")
    make_append_only("signing_keys", "seq", "key")


def _events_and_keys() -> None:
    op.create_table(
        "certificate_events",
        sa.Column("number", sa.Text, sa.ForeignKey("certificates.number"), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.Text, nullable=False, index=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("other", sa.Text, nullable=False),
        sa.Column("amount", sa.Float, nullable=False),
    )
    op.create_table(
        "signing_keys",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("endorsed_by", sa.Text, nullable=False),
        sa.Column("endorsement", sa.Text, nullable=False),
    )
