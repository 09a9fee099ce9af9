"""Standard-setting studies: panels, ratings, bounds and steps, which only grow."""

import sqlalchemy as sa
from alembic import op

from training.store.migrations.append_only import make_append_only

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "studies",
        sa.Column("id", sa.Text, primary_key=True),
        *(_text(name) for name in ("title", "candidate", "items", "lead")),
        sa.Column("programme", sa.Text, nullable=False, index=True),
        _moment("begun_at"),
    )
    op.create_table(
        "study_judges",
        sa.Column("study_id", sa.Text, sa.ForeignKey("studies.id"), primary_key=True),
        sa.Column("person_id", sa.Text, sa.ForeignKey("people.id"), primary_key=True, index=True),
        _text("qualification"), _moment("at"),
    )  # fmt: skip
    op.create_table(
        "study_ratings",
        sa.Column("id", sa.Text, primary_key=True), _study(), _text("judge"),
        sa.Column("round", sa.Integer, nullable=False), _text("item_id"),
        sa.Column("value", sa.Float, nullable=False), _moment("at"),
    )  # fmt: skip
    op.create_table(
        "study_bounds",
        sa.Column("id", sa.Text, primary_key=True), _study(), _text("judge"),
        *(sa.Column(name, sa.Float, nullable=False)
          for name in ("lowest_cut", "highest_cut", "lowest_fails", "highest_fails")),
        _moment("at"),
    )  # fmt: skip
    op.create_table(
        "study_steps",
        sa.Column("study_id", sa.Text, sa.ForeignKey("studies.id"), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        _text("what"), _text("by"), _moment("at"), _text("text"),
    )  # fmt: skip
    make_append_only("studies", "id")
    make_append_only("study_judges", "study_id, person_id")
    make_append_only("study_ratings", "id")
    make_append_only("study_bounds", "id")
    make_append_only("study_steps", "study_id, seq")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _study() -> sa.Column[str]:
    return sa.Column("study_id", sa.Text, sa.ForeignKey("studies.id"), nullable=False, index=True)
