"""Making a data folder ready for use: its folders, and a database that is up to date."""

from __future__ import annotations

import fcntl

import click
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor


def make_ready() -> None:
    """Make the folders and bring the database up to date. A folder that can't be written is an error that says so."""
    folders = settings.FOLDERS
    try:
        folders.make()
        with (folders.run / "migrate.lock").open("wb") as lock:
            # One at a time: a service and a command may start together on an empty folder.
            fcntl.flock(lock, fcntl.LOCK_EX)
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                call_command("migrate", verbosity=0, interactive=False)
    except (OSError, OperationalError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise click.ClickException(
            f"the data folder {folders.root} can't be used ({reason}). "
            "Choose another with --data, or give the user that runs fanwen the right to write there."
        ) from error
