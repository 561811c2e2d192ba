"""What state the database is in."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def is_behind():
    """Whether migrations wait to be applied. Raises `DatabaseError` when the database does not answer."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
