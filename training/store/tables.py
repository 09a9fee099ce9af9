"""Every table. Times are UTC; ids are text made by the application; what is appended is never changed."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

from training.store import columns
from training.store.certificate_tables import CERTIFICATE_TABLES
from training.store.dossier_tables import DOSSIER_TABLES
from training.store.item_tables import ITEM_TABLES
from training.store.key_tables import KEY_TABLES
from training.store.study_tables import STUDY_TABLES
from training.store.sum_tables import SUM_TABLES, calibrations

UtcDateTime = columns.UtcDateTime
metadata = columns.metadata


def _person() -> Column[str]:
    return Column("person_id", Text, ForeignKey("people.id"), nullable=False)


# People -------------------------------------------------------------------------------------------

people = Table(
    "people", metadata,
    Column("id", Text, primary_key=True),
    Column("email", Text, nullable=False, unique=True),  # lower case
    Column("name", Text, nullable=False),
    Column("password_hash", Text),  # none where the person signs in elsewhere
    Column("issuer", Text),  # OIDC: who vouches, and under which name
    Column("subject", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("disabled_at", UtcDateTime),
    Column("simulated", Boolean, nullable=False, default=False),
    UniqueConstraint("issuer", "subject"),
)  # fmt: skip

person_roles = Table(
    "person_roles", metadata,
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("role", Text, primary_key=True),
    Column("granted_at", UtcDateTime, nullable=False),
    Column("granted_by", Text, nullable=False),
)  # fmt: skip

cohorts = Table(
    "cohorts", metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
)  # fmt: skip

cohort_members = Table(
    "cohort_members", metadata,
    Column("cohort_id", Text, ForeignKey("cohorts.id"), primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True, index=True),
    Column("joined_at", UtcDateTime, nullable=False),
)  # fmt: skip

# Signing in: tokens are stored as SHA-256 only ------------------------------------------------------

sessions = Table(
    "sessions", metadata,
    Column("token_hash", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("last_seen", UtcDateTime, nullable=False),
    Column("user_agent", Text, nullable=False, default=""),
    Column("ended_at", UtcDateTime),
)  # fmt: skip

links = Table(  # one-time links: sign-in tickets, password resets, invitations, the first administrator
    "links", metadata,
    Column("token_hash", Text, primary_key=True),
    Column("purpose", Text, nullable=False),  # ticket | reset | invitation | first_administrator
    Column("person_id", Text, ForeignKey("people.id")),
    Column("email", Text),
    Column("role", Text),
    Column("cohort_id", Text, ForeignKey("cohorts.id")),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", Text, nullable=False, default=""),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)  # fmt: skip

sign_in_attempts = Table(
    "sign_in_attempts", metadata,
    Column("id", Text, primary_key=True),
    Column("email", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("succeeded", Boolean, nullable=False),
    Index(None, "email", "at"),
    Index(None, "address", "at"),
)  # fmt: skip

# Learning -------------------------------------------------------------------------------------------

reading = Table(  # append-only: each time a section was opened or marked as read
    "reading", metadata,
    Column("id", Text, primary_key=True),
    _person(),
    Column("module", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("finished", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "person_id", "module", "at"),
)  # fmt: skip

accommodations = Table(  # append-only: extra time granted to a person; the last one holds
    "accommodations", metadata,
    Column("id", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("factor", Float, nullable=False),
    Column("reason", Text, nullable=False),
    Column("granted_by", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)  # fmt: skip

# Attempts: append-only, by trigger ------------------------------------------------------------------

questions = Table(  # each question once, under its digest
    "questions", metadata,
    Column("digest", Text, primary_key=True),
    Column("item_id", Text, nullable=False, index=True),
    Column("body", Text, nullable=False),
)  # fmt: skip

attempts = Table(
    "attempts", metadata,
    Column("id", Text, primary_key=True),
    Column("learner", Text, ForeignKey("people.id"), nullable=False),
    Column("programme", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("request", Text, nullable=False),  # names the click that started it, so a double click starts one
    Column("started_at", UtcDateTime, nullable=False),
    Column("deadline", UtcDateTime),
    Column("form", Text, nullable=False),  # JSON: the form, its questions by digest
    UniqueConstraint("learner", "request"),
    Index(None, "learner", "programme", "started_at"),
)  # fmt: skip

attempt_events = Table(
    "attempt_events", metadata,
    Column("attempt_id", Text, ForeignKey("attempts.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("slot", Integer),
    Column("at", UtcDateTime, nullable=False),
    Column("body", Text, nullable=False),  # JSON: the event
    sqlite_with_rowid=False,  # kept in the order of its key, so that an attempt is read from one place
)  # fmt: skip

attempt_records = Table(  # append-only: what each marking of an attempt found; the last one holds
    "attempt_records", metadata,
    Column("attempt_id", Text, ForeignKey("attempts.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("body", Text, nullable=False),  # JSON: the record
)  # fmt: skip

exam_forms = Table(  # append-only: forms that were built to be signed and used by many
    "exam_forms", metadata,
    Column("id", Text, primary_key=True),
    Column("programme", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("form", Text, nullable=False),  # JSON: the form, its questions by digest
    Column("built_at", UtcDateTime, nullable=False),
    Column("built_by", Text, nullable=False),
    UniqueConstraint("programme", "number"),
)  # fmt: skip

exam_form_events = Table(  # append-only: signed, live, withdrawn
    "exam_form_events", metadata,
    Column("form_id", Text, ForeignKey("exam_forms.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False),
)  # fmt: skip

# Derived from the above, and rebuilt from it by `python -m training rebuild` --------------------------

open_attempts = Table(  # attempts not handed in yet, for the sweep of deadlines and for resuming
    "open_attempts", metadata,
    Column("attempt_id", Text, ForeignKey("attempts.id"), primary_key=True),
    Column("learner", Text, nullable=False, index=True),
    Column("programme", Text, nullable=False),
    Column("deadline", UtcDateTime, index=True),
)  # fmt: skip

met = Table(  # when each learner last had each item in a form, for drawing fresh ones first
    "met", metadata,
    Column("learner", Text, primary_key=True),
    Column("item_id", Text, primary_key=True),
    Column("last_at", UtcDateTime, nullable=False),
)  # fmt: skip

results = Table(  # one row for each attempt handed in
    "results", metadata,
    Column("attempt_id", Text, ForeignKey("attempts.id"), primary_key=True),
    Column("learner", Text, nullable=False),
    Column("programme", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("submitted_at", UtcDateTime, nullable=False),
    Column("submitted_by", Text, nullable=False),
    Column("questions", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("points", Float, nullable=False),
    Column("max_points", Float, nullable=False),
    Column("percent", Float, nullable=False),
    Column("passed", Boolean),
    Index(None, "learner", "submitted_at"),
    Index(None, "programme", "submitted_at"),
)  # fmt: skip

outcomes = Table(  # one row for each slot of each attempt handed in
    "outcomes", metadata,
    Column("attempt_id", Text, ForeignKey("attempts.id"), primary_key=True),
    Column("slot", Integer, primary_key=True, autoincrement=False),
    Column("learner", Text, nullable=False),
    Column("item_id", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("objective", Text, nullable=False),
    Column("domain", Text, nullable=False),
    Column("response", Text),  # JSON
    Column("fraction", Float, nullable=False),
    Column("points", Float, nullable=False),
    Column("max_points", Float, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("time", SmallInteger),  # the class of the time it took, and how sure she was: as `core.tally` counts them
    Column("sure", SmallInteger),
    Index(None, "learner", "item_id"),
    Index(None, "item_id", "at"),
)  # fmt: skip

# Sums over outcomes and results are in sum_tables.py: rebuilt as well, except calibrations, which are kept.
DERIVED = (open_attempts, met, results, outcomes, *SUM_TABLES)

# What was done by whom --------------------------------------------------------------------------------

audit = Table(  # append-only, by trigger
    "audit", metadata,
    Column("id", Text, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False, default=""),
    Index(None, "at"),
)  # fmt: skip

APPEND_ONLY = (
    questions, attempts, attempt_events, attempt_records, reading, accommodations, exam_forms, exam_form_events,
    audit, calibrations, *ITEM_TABLES, *CERTIFICATE_TABLES, *DOSSIER_TABLES, *STUDY_TABLES, *KEY_TABLES,
)  # fmt: skip
