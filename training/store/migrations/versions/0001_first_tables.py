"""People, signing in, reading, attempts and what is derived from them, and the audit; what is appended stays."""

import sqlalchemy as sa
from alembic import op

from training.store.migrations.append_only import make_append_only

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _people()
    _cohorts()
    _signing_in()
    _sign_in_attempts()
    _reading()
    _attempts()
    _derived_from_attempts()
    _results()
    _outcomes()
    _audit()
    make_append_only("questions", "digest")
    make_append_only("attempts", "id", "learner, request")
    make_append_only("attempt_events", "attempt_id, seq")
    make_append_only("reading", "id")
    make_append_only("audit", "id")


def _text(
    name: str, *more: sa.ForeignKey, key: bool = False, empty: bool = False, index: bool = False
) -> sa.Column[str]:
    return sa.Column(name, sa.Text, *more, primary_key=key, nullable=empty, index=index)


def _moment(name: str, *, empty: bool = False, index: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=empty, index=index)


def _whole(name: str, *, key: bool = False, empty: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=key, autoincrement=False, nullable=empty)


def _number(name: str) -> sa.Column[float]:
    return sa.Column(name, sa.Float, nullable=False)


def _yes_or_no(name: str, *, empty: bool = False) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=empty)


def _of(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id")


def _people() -> None:
    op.create_table(
        "people",
        _text("id", key=True), _text("email"), _text("name"), _text("password_hash", empty=True),
        _text("issuer", empty=True), _text("subject", empty=True), _moment("created_at"),
        _moment("disabled_at", empty=True), _yes_or_no("simulated"),
        sa.UniqueConstraint("email"), sa.UniqueConstraint("issuer", "subject"),
    )  # fmt: skip
    op.create_table(
        "person_roles",
        _text("person_id", _of("people"), key=True), _text("role", key=True), _moment("granted_at"),
        _text("granted_by"),
    )  # fmt: skip


def _cohorts() -> None:
    op.create_table(
        "cohorts", _text("id", key=True), _text("title"), _moment("created_at"), sa.UniqueConstraint("title")
    )
    op.create_table(
        "cohort_members",
        _text("cohort_id", _of("cohorts"), key=True), _text("person_id", _of("people"), key=True, index=True),
        _moment("joined_at"),
    )  # fmt: skip


def _signing_in() -> None:
    op.create_table(
        "sessions",
        _text("token_hash", key=True), _text("person_id", _of("people"), index=True), _moment("created_at"),
        _moment("expires_at"), _moment("last_seen"), _text("user_agent"), _moment("ended_at", empty=True),
    )  # fmt: skip
    op.create_table(
        "links",
        _text("token_hash", key=True), _text("purpose"), _text("person_id", _of("people"), empty=True),
        _text("email", empty=True), _text("role", empty=True), _text("cohort_id", _of("cohorts"), empty=True),
        _moment("created_at"), _text("created_by"), _moment("expires_at"), _moment("used_at", empty=True),
    )  # fmt: skip


def _sign_in_attempts() -> None:
    op.create_table(
        "sign_in_attempts",
        _text("id", key=True), _text("email"), _text("address"), _moment("at"), _yes_or_no("succeeded"),
        sa.Index(None, "email", "at"), sa.Index(None, "address", "at"),
    )  # fmt: skip


def _reading() -> None:
    op.create_table(
        "reading",
        _text("id", key=True), _text("person_id", _of("people")), _text("module"), _text("section"),
        _yes_or_no("finished"), _moment("at"), sa.Index(None, "person_id", "module", "at"),
    )  # fmt: skip


def _attempts() -> None:
    op.create_table("questions", _text("digest", key=True), _text("item_id", index=True), _text("body"))
    op.create_table(
        "attempts",
        _text("id", key=True), _text("learner", _of("people")), _text("programme"), _text("mode"), _text("request"),
        _moment("started_at"), _moment("deadline", empty=True), _text("form"),
        sa.UniqueConstraint("learner", "request"), sa.Index(None, "learner", "programme", "started_at"),
    )  # fmt: skip
    op.create_table(
        "attempt_events",
        _text("attempt_id", _of("attempts"), key=True), _whole("seq", key=True), _text("kind"),
        _whole("slot", empty=True), _moment("at"), _text("body"), sqlite_with_rowid=False,
    )  # fmt: skip


def _derived_from_attempts() -> None:
    op.create_table(
        "open_attempts",
        _text("attempt_id", _of("attempts"), key=True), _text("learner", index=True), _text("programme"),
        _moment("deadline", empty=True, index=True),
    )  # fmt: skip
    op.create_table("met", _text("learner", key=True), _text("item_id", key=True), _moment("last_at"))


def _results() -> None:
    op.create_table(
        "results",
        _text("attempt_id", _of("attempts"), key=True), _text("learner"), _text("programme"), _text("mode"),
        _moment("started_at"), _moment("submitted_at"), _text("submitted_by"), _whole("questions"), _whole("answered"),
        _number("points"), _number("max_points"), _number("percent"), _yes_or_no("passed", empty=True),
        sa.Index(None, "learner", "submitted_at"), sa.Index(None, "programme", "submitted_at"),
    )  # fmt: skip


def _outcomes() -> None:
    op.create_table(
        "outcomes",
        _text("attempt_id", _of("attempts"), key=True), _whole("slot", key=True), _text("learner"), _text("item_id"),
        _text("digest"), _text("objective"), _text("domain"), _text("response", empty=True), _number("fraction"),
        _number("points"), _number("max_points"), _moment("at"),
        sa.Index(None, "learner", "item_id"), sa.Index(None, "item_id", "at"),
    )  # fmt: skip


def _audit() -> None:
    op.create_table(
        "audit",
        _text("id", key=True), _moment("at"), _text("actor"), _text("action"), _text("subject"), _text("detail"),
        sa.Index(None, "at"),
    )  # fmt: skip
