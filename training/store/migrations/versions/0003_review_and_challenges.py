"""Versions of items, what reviewers did about them, and learners' challenges; all of it stays."""

import sqlalchemy as sa
from alembic import op

from training.store.migrations.append_only import make_append_only

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _versions()
    _events()
    _challenges()
    _answers_to_challenges()
    make_append_only("item_versions", "digest")
    make_append_only("item_questions", "question, version")
    make_append_only("item_events", "item_id, seq")
    make_append_only("challenges", "id")
    make_append_only("challenge_messages", "challenge_id, seq")
    make_append_only("challenge_endings", "challenge_id")


def _text(
    name: str, *more: sa.ForeignKey, key: bool = False, empty: bool = False, index: bool = False
) -> sa.Column[str]:
    return sa.Column(name, sa.Text, *more, primary_key=key, nullable=empty, index=index)


def _moment(name: str, *, index: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False, index=index)


def _whole(name: str, *, key: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=key, autoincrement=False, nullable=False)


def _versions() -> None:
    op.create_table(
        "item_versions", _text("digest", key=True), _text("item_id", index=True), _text("body"), _moment("kept_at")
    )
    op.create_table(
        "item_questions",
        _text("question", key=True),
        _text("version", sa.ForeignKey("item_versions.digest"), key=True, index=True),
        _moment("first_at"),
    )


def _events() -> None:
    op.create_table(
        "item_events",
        _text("item_id", key=True), _whole("seq", key=True), _text("step"),
        _text("version", sa.ForeignKey("item_versions.digest")), _text("actor"), _moment("at"), _text("text"),
        _text("since"),
    )  # fmt: skip


def _challenges() -> None:
    op.create_table(
        "challenges",
        _text("id", key=True), _text("learner", sa.ForeignKey("people.id"), index=True),
        _text("attempt_id", sa.ForeignKey("attempts.id")), _whole("slot"), _text("programme"),
        _text("item_id", index=True), _text("question", sa.ForeignKey("questions.digest")), _text("version"),
        _text("shown"), _text("response", empty=True), _text("reason"), _text("evidence"),
        _moment("opened_at", index=True), _moment("due_at"), sa.Index(None, "attempt_id", "slot"),
    )  # fmt: skip


def _answers_to_challenges() -> None:
    op.create_table(
        "challenge_messages",
        _text("challenge_id", sa.ForeignKey("challenges.id"), key=True), _whole("seq", key=True), _text("actor"),
        sa.Column("by_learner", sa.Boolean, nullable=False), _moment("at"), _text("text"),
    )  # fmt: skip
    op.create_table(
        "challenge_endings",
        _text("challenge_id", sa.ForeignKey("challenges.id"), key=True), _text("state"), _text("remedy", empty=True),
        _text("actor"), _moment("at"), _text("reason"),
    )  # fmt: skip
