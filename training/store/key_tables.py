"""The tables of key changes: what was proposed, the steps taken, and what each did to each attempt. All append-only."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, Table, Text

from training.store.columns import UtcDateTime, metadata

key_changes = Table(
    "key_changes", metadata,
    Column("id", Text, primary_key=True),
    Column("item_id", Text, nullable=False, index=True),
    Column("remarking", Text, nullable=False),  # JSON: how answers are marked from then on
    Column("reason", Text, nullable=False),
    Column("proposed_by", Text, nullable=False),
    Column("proposed_at", UtcDateTime, nullable=False),
    Column("version", Text, nullable=False),  # of the item, as it stood then
    Column("challenge_id", Text, ForeignKey("challenges.id"), index=True),
    Column("takes_back", Text, ForeignKey("key_changes.id"), index=True),
)  # fmt: skip

key_change_questions = Table(  # the versions of the question that are meant
    "key_change_questions", metadata,
    Column("digest", Text, ForeignKey("questions.digest"), primary_key=True),
    Column("change_id", Text, ForeignKey("key_changes.id"), primary_key=True, index=True),
)  # fmt: skip

key_change_steps = Table(  # signed, declined, begun, done
    "key_change_steps", metadata,
    Column("change_id", Text, ForeignKey("key_changes.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("step", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False),
)  # fmt: skip

regrades = Table(  # one row for each attempt that a change was applied to
    "regrades", metadata,
    Column("change_id", Text, ForeignKey("key_changes.id"), primary_key=True),
    Column("attempt_id", Text, ForeignKey("attempts.id"), primary_key=True),
    Column("learner", Text, nullable=False),
    Column("slot", Integer, nullable=False),  # the first one with the question
    Column("percent_before", Float, nullable=False),
    Column("percent_after", Float, nullable=False),
    Column("passed_before", Boolean),
    Column("passed_after", Boolean),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "learner", "at"),
)  # fmt: skip

KEY_TABLES = (key_changes, key_change_questions, key_change_steps, regrades)
