"""Alembic's entry: migrates on the connection, and in the transaction, that pointsbank.migrating hands in."""

from alembic import context

from pointsbank.tables import metadata

connection = context.config.attributes["connection"]

context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
