"""The tables of sums that reports are read from; all of them can be made again from the attempts."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, Table, Text, UniqueConstraint

from training.store.columns import UtcDateTime, metadata


def _sum(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


item_sums = Table(  # one row for each question as asked in each quiz: whole numbers, in units of 1/100,000
    "item_sums", metadata,
    Column("id", Integer, primary_key=True),
    Column("programme", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("item_id", Text, nullable=False, index=True),
    *map(_sum, ("n", "points", "squares", "pairs", "first", "first_squares", "rest", "rest_squares", "cross")),
    UniqueConstraint("programme", "mode", "digest"),
)  # fmt: skip

item_counts = Table(  # of answers to it, by what `kind` says (`sums.Kind`)
    "item_counts", metadata,
    Column("item", Integer, ForeignKey("item_sums.id"), primary_key=True, autoincrement=False),
    Column("kind", Integer, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("choice", Integer, primary_key=True, autoincrement=False),
    *map(_sum, ("n", "points")),
    sqlite_with_rowid=False,  # kept in the order of its key, so that an item is read from one place
)  # fmt: skip

score_sums = Table(  # one row for each part of each version and paper of a quiz in a year
    "score_sums", metadata,
    Column("programme", Text, primary_key=True),
    Column("mode", Text, primary_key=True),
    Column("version", Text, primary_key=True),
    Column("form", Text, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("section", Text, primary_key=True),
    *map(_sum, ("n", "share", "square", "error", "answered", "product")),
)  # fmt: skip

score_counts = Table(  # of attempts, by percent of points and decision
    "score_counts", metadata,
    Column("programme", Text, primary_key=True),
    Column("mode", Text, primary_key=True),
    Column("version", Text, primary_key=True),
    Column("form", Text, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("percent", Integer, primary_key=True, autoincrement=False),
    Column("decision", Integer, primary_key=True, autoincrement=False),  # 1 passed, 0 did not, -1 without rules
    _sum("n"),
)  # fmt: skip

counted = Table(  # which attempts are in the sums
    "counted", metadata,
    Column("attempt_id", Text, ForeignKey("attempts.id"), primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("version", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("year", Integer, nullable=False),
)  # fmt: skip

calibrations = Table(  # append-only: models that were fitted to the answers of a quiz, as they were told
    "calibrations", metadata,
    Column("id", Text, primary_key=True),
    Column("programme", Text, nullable=False, index=True),
    Column("model", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("priors", Boolean, nullable=False),
    Column("body", Text, nullable=False),  # JSON: what `analyse --json` prints
)  # fmt: skip

SUM_TABLES = (item_counts, item_sums, score_counts, score_sums, counted)
