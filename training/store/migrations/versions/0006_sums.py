"""Sums that reports are read from, and calibrations; `python -m training rebuild` fills the sums of what there is."""

import sqlalchemy as sa
from alembic import op

from training.store.migrations.append_only import make_append_only

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _items()
    _scores()
    op.create_table(
        "counted",
        _text("attempt_id", sa.ForeignKey("attempts.id"), key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
        _text("version"), _text("form"), *_whole("year", key=False),
    )  # fmt: skip
    _calibrations()


def _text(name: str, *more: sa.ForeignKey, key: bool = False, index: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, *more, primary_key=key, nullable=False, index=index)


def _whole(*names: str, key: bool = True) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer, primary_key=key, autoincrement=False, nullable=False) for name in names]


def _sums(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger, nullable=False) for name in names]


def _items() -> None:
    op.create_table(
        "item_sums",
        sa.Column("id", sa.Integer, primary_key=True),
        _text("programme"), _text("mode"), _text("digest"), _text("item_id", index=True),
        *_sums("n", "points", "squares", "pairs", "first", "first_squares", "rest", "rest_squares", "cross"),
        sa.UniqueConstraint("programme", "mode", "digest"),
    )  # fmt: skip
    op.create_table(
        "item_counts",
        sa.Column(
            "item", sa.Integer, sa.ForeignKey("item_sums.id"), primary_key=True, autoincrement=False, nullable=False
        ),
        *_whole("kind", "place", "choice"), *_sums("n", "points"),
        sqlite_with_rowid=False,
    )  # fmt: skip


def _scores() -> None:
    op.create_table(
        "score_sums",
        *(_text(name, key=True) for name in ("programme", "mode", "version", "form")),
        *_whole("year"),
        _text("section", key=True),
        *_sums("n", "share", "square", "error", "answered", "product"),
    )
    op.create_table(
        "score_counts",
        *(_text(name, key=True) for name in ("programme", "mode", "version", "form")),
        *_whole("year", "percent", "decision"), *_sums("n"),
    )  # fmt: skip


def _calibrations() -> None:
    op.create_table(
        "calibrations",
        _text("id", key=True), _text("programme", index=True), _text("model"), _text("mode"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False), _text("made_by"),
        *_whole("attempts", key=False), sa.Column("priors", sa.Boolean, nullable=False), _text("body"),
    )  # fmt: skip
    make_append_only("calibrations", "id")
