"""Exam forms built for many, and what is done with them; both only grow."""

import sqlalchemy as sa
from alembic import op

from training.store.migrations.append_only import make_append_only

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exam_forms",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("programme", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("built_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("built_by", sa.Text, nullable=False),
        sa.UniqueConstraint("programme", "number"),
    )
    op.create_table(
        "exam_form_events",
        sa.Column("form_id", sa.Text, sa.ForeignKey("exam_forms.id"), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    make_append_only("exam_forms", "id", "programme, number")
    make_append_only("exam_form_events", "form_id, seq")
