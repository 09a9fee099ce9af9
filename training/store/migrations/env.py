"""Alembic's entry: runs the revisions over the connection that training.store.revisions hands in."""

from alembic import context

from training.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by making a new one
)
context.run_migrations()
