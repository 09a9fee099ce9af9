"""The table of dossiers: all that a certificate needs besides the exam, as it happened. Append-only."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from training.store.columns import UtcDateTime, metadata

dossier_entries = Table(
    "dossier_entries", metadata,
    Column("id", Text, primary_key=True),
    Column("occasion", Text, nullable=False, unique=True),  # what may happen once only
    Column("learner", Text, ForeignKey("people.id"), nullable=False),
    Column("programme", Text, nullable=False),
    Column("kind", Text, nullable=False, index=True),
    Column("by", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("body", Text, nullable=False),  # JSON
    Index(None, "learner", "programme", "at"),
    Index(None, "programme", "kind"),
)  # fmt: skip

DOSSIER_TABLES = (dossier_entries,)
