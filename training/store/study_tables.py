"""The tables of standard-setting studies; all only grow."""

from sqlalchemy import Column, Float, ForeignKey, Integer, LargeBinary, Table, Text

from training.store.columns import UtcDateTime, metadata

studies = Table(
    "studies", metadata,
    Column("id", Text, primary_key=True),
    Column("programme", Text, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("candidate", Text, nullable=False),
    Column("items", Text, nullable=False),  # JSON: item ids
    Column("begun_at", UtcDateTime, nullable=False),
    Column("lead", Text, nullable=False),
)  # fmt: skip

study_judges = Table(
    "study_judges", metadata,
    Column("study_id", Text, ForeignKey("studies.id"), primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True, index=True),
    Column("qualification", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)  # fmt: skip

study_ratings = Table(
    "study_ratings", metadata,
    Column("id", Text, primary_key=True),
    Column("study_id", Text, ForeignKey("studies.id"), nullable=False, index=True),
    Column("judge", Text, nullable=False),
    Column("round", Integer, nullable=False),
    Column("item_id", Text, nullable=False),
    Column("value", Float, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)  # fmt: skip

study_bounds = Table(
    "study_bounds", metadata,
    Column("id", Text, primary_key=True),
    Column("study_id", Text, ForeignKey("studies.id"), nullable=False, index=True),
    Column("judge", Text, nullable=False),
    Column("lowest_cut", Float, nullable=False),
    Column("highest_cut", Float, nullable=False),
    Column("lowest_fails", Float, nullable=False),
    Column("highest_fails", Float, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)  # fmt: skip

study_steps = Table(
    "study_steps", metadata,
    Column("study_id", Text, ForeignKey("studies.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("what", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("text", Text, nullable=False),
)  # fmt: skip

study_versions = Table(
    "study_versions", metadata,
    Column("study_id", Text, ForeignKey("studies.id"), primary_key=True),
    Column("item_id", Text, primary_key=True),
    Column("version", Text, ForeignKey("item_versions.digest"), nullable=False, index=True),
)  # fmt: skip

study_minutes = Table(
    "study_minutes", metadata,
    Column("study_id", Text, ForeignKey("studies.id"), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("pdf", LargeBinary, nullable=False),
)  # fmt: skip

STUDY_TABLES = (studies, study_judges, study_ratings, study_bounds, study_steps, study_versions, study_minutes)
