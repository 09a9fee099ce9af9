"""The tables of certificates: each as issued, its papers, what happened to it, and the keys that signed."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, Table, Text

from training.store.columns import UtcDateTime, metadata

certificates = Table(
    "certificates", metadata,
    Column("number", Text, primary_key=True),
    Column("occasion", Text, nullable=False, unique=True),  # what it was issued for, so that it is issued once
    Column("place", Integer, nullable=False, unique=True),  # its bit in the status lists
    Column("learner", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("programme", Text, nullable=False),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, index=True),
    Column("body", Text, nullable=False),  # JSON: the certificate
    Column("signed", Text, nullable=False),  # JSON: the signed credential
    Index(None, "programme", "issued_at"),
)  # fmt: skip

certificate_papers = Table(
    "certificate_papers", metadata,
    Column("number", Text, ForeignKey("certificates.number"), primary_key=True),
    Column("paper", Text, primary_key=True),
    Column("pdf", LargeBinary, nullable=False),
)  # fmt: skip

certificate_events = Table(
    "certificate_events", metadata,
    Column("number", Text, ForeignKey("certificates.number"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("other", Text, nullable=False),
    Column("amount", Float, nullable=False),
)  # fmt: skip

signing_keys = Table(  # the public halves, in the order they were taken into use
    "signing_keys", metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False, unique=True),
    Column("since", Text, nullable=False),
    Column("endorsed_by", Text, nullable=False),
    Column("endorsement", Text, nullable=False),
)  # fmt: skip

CERTIFICATE_TABLES = (certificates, certificate_papers, certificate_events, signing_keys)
