"""Key changes, the steps taken with them and what they did to attempts, which only grow."""

import sqlalchemy as sa
from alembic import op

from training.store.migrations.append_only import make_append_only

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "key_changes",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("item_id", sa.Text, nullable=False, index=True),
        sa.Column("remarking", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("proposed_by", sa.Text, nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("challenge_id", sa.Text, sa.ForeignKey("challenges.id"), index=True),
        sa.Column("takes_back", sa.Text, sa.ForeignKey("key_changes.id"), index=True),
    )
    op.create_table(
        "key_change_questions",
        sa.Column("digest", sa.Text, sa.ForeignKey("questions.digest"), primary_key=True),
        sa.Column("change_id", sa.Text, sa.ForeignKey("key_changes.id"), primary_key=True, index=True),
    )
    op.create_table(
        "key_change_steps",
        sa.Column("change_id", sa.Text, sa.ForeignKey("key_changes.id"), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    _regrades()
    make_append_only("key_changes", "id")
    make_append_only("key_change_questions", "digest, change_id")
    make_append_only("key_change_steps", "change_id, seq")
    make_append_only("regrades", "change_id, attempt_id")


def _regrades() -> None:
    op.create_table(
        "regrades",
        sa.Column("change_id", sa.Text, sa.ForeignKey("key_changes.id"), primary_key=True),
        sa.Column("attempt_id", sa.Text, sa.ForeignKey("attempts.id"), primary_key=True),
        sa.Column("learner", sa.Text, nullable=False),
        sa.Column("slot", sa.Integer, nullable=False),
        sa.Column("percent_before", sa.Float, nullable=False),
        sa.Column("percent_after", sa.Float, nullable=False),
        sa.Column("passed_before", sa.Boolean),
        sa.Column("passed_after", sa.Boolean),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_regrades_learner_at", "regrades", ["learner", "at"])
