"""The tables about items: every version, what reviewers did about it, and learners' challenges. All append-only."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text

from training.store.columns import UtcDateTime, metadata

# Items as authored: every version that was served or worked on, and what reviewers did about it -----------

item_versions = Table(  # append-only: the content of an item, once under its digest
    "item_versions", metadata,
    Column("digest", Text, primary_key=True),
    Column("item_id", Text, nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("kept_at", UtcDateTime, nullable=False),
)  # fmt: skip

item_questions = Table(  # append-only: which version a question that learners got was made from
    "item_questions", metadata,
    Column("question", Text, primary_key=True),
    Column("version", Text, ForeignKey("item_versions.digest"), primary_key=True, index=True),
    Column("first_at", UtcDateTime, nullable=False),
)  # fmt: skip

item_events = Table(  # append-only: submitted, signed off, returned, retired, declared, commented
    "item_events", metadata,
    Column("item_id", Text, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("step", Text, nullable=False),
    Column("version", Text, ForeignKey("item_versions.digest"), nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("text", Text, nullable=False, default=""),
    Column("since", Text, nullable=False, default=""),
)  # fmt: skip

# Challenges: append-only; one ending each, by primary key ------------------------------------------------

challenges = Table(
    "challenges", metadata,
    Column("id", Text, primary_key=True),
    Column("learner", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("attempt_id", Text, ForeignKey("attempts.id"), nullable=False),
    Column("slot", Integer, nullable=False),
    Column("programme", Text, nullable=False),
    Column("item_id", Text, nullable=False, index=True),
    Column("question", Text, ForeignKey("questions.digest"), nullable=False),
    Column("version", Text, nullable=False, default=""),  # of the item; empty where none was kept
    Column("shown", Text, nullable=False),  # JSON: the order of the options
    Column("response", Text),  # JSON
    Column("reason", Text, nullable=False),
    Column("evidence", Text, nullable=False),  # JSON: what answers were like at that moment
    Column("opened_at", UtcDateTime, nullable=False, index=True),
    Column("due_at", UtcDateTime, nullable=False),
    Index(None, "attempt_id", "slot"),
)  # fmt: skip

challenge_messages = Table(
    "challenge_messages", metadata,
    Column("challenge_id", Text, ForeignKey("challenges.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("actor", Text, nullable=False),
    Column("by_learner", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("text", Text, nullable=False),
)  # fmt: skip

challenge_endings = Table(  # upheld, not upheld or withdrawn; an upheld one proposes a remedy
    "challenge_endings", metadata,
    Column("challenge_id", Text, ForeignKey("challenges.id"), primary_key=True),
    Column("state", Text, nullable=False),
    Column("remedy", Text),
    Column("actor", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("reason", Text, nullable=False, default=""),
)  # fmt: skip

ITEM_TABLES = (item_versions, item_questions, item_events, challenges, challenge_messages, challenge_endings)
