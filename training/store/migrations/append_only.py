"""Tables that can only be added to, by trigger, so that no program and no slip of the hand changes what happened."""

from alembic import op

_REFUSE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$
"""


def make_append_only(table: str, *keys: str) -> None:
    """Make UPDATE, DELETE, REPLACE and TRUNCATE of a table fail; `keys` are its unique keys, as `a, b`."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_REFUSE)
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}")
    op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}")
    for number, key in enumerate(keys):
        # INSERT OR REPLACE deletes without asking the trigger above, unless the connection wished otherwise.
        known = " AND ".join(f"{column} = NEW.{column}" for column in key.split(", "))
        exists = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {known})"  # noqa: S608 - our own names
        op.execute(f"CREATE TRIGGER {table}_no_replace_{number} BEFORE INSERT ON {table} {exists} {refuse}")
