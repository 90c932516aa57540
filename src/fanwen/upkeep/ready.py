"""Making a data folder ready for use: its folders, and a database that is up to date."""

from __future__ import annotations

import fcntl
import pkgutil
from importlib.util import find_spec

import click
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder


def make_ready() -> None:
    """Make the folders and bring the database up to date. A folder that can't be written is an error that says so."""
    folders = settings.FOLDERS
    try:
        folders.make()
        with (folders.run / "migrate.lock").open("wb") as lock:
            # One at a time: a service and a command may start together on an empty folder.
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not _names_of_migrations() <= MigrationRecorder(connection).applied_migrations().keys():
                call_command("migrate", verbosity=0, interactive=False)
    except (OSError, OperationalError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise click.ClickException(
            f"the data folder {folders.root} can't be used ({reason}). "
            "Choose another with --data, or give the user that runs fanwen the right to write there."
        ) from error


def _names_of_migrations() -> set[tuple[str, str]]:
    """The application and the name of every migration there is, by its file: loading them all would take longer than most
    commands."""
    return {
        (app.label, migration.name)
        for app in apps.get_app_configs()
        if (package := find_spec(f"{app.name}.migrations"))
        for migration in pkgutil.iter_modules(package.submodule_search_locations)
    }
