"""Alembic's entry: runs on the connection that `integration.storage.migrate` hands over."""

from __future__ import annotations

from alembic import context

from integration.storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # The caller's transaction holds all of it, or none.
    transactional_ddl=True,
)
context.run_migrations()
