"""Commands run within the tests' own process, where each would else load the whole program anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from django.conf import settings
from django.db import connection

from fanwen.cli import group
from fanwen.config.folders import Folders


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


@contextmanager
def pointed_at(data: Path) -> Iterator[None]:
    """Django's settings and its database as they are with FANWEN_DATA naming `data`."""
    folders, name = settings.FOLDERS, connection.settings_dict["NAME"]
    _open(Folders(data), Folders(data).database)
    try:
        yield
    finally:
        _open(folders, name)


def _open(folders: Folders, database: Path | str) -> None:
    connection.close()
    # Where the tests' own database is in memory it must live on: only the handle is put away.
    connection.connection = None
    settings.FOLDERS = folders
    connection.settings_dict["NAME"] = database


class Library:
    """The library in the folder `data`, with `run` and `json` as `tests.service.Service` has them."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def run(self, *arguments: str | Path, check: bool = True) -> Done:
        with pointed_at(self.data):
            result = CliRunner().invoke(group, [str(argument) for argument in arguments], prog_name="fanwen")
            connection.close()
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        if check and result.exit_code:
            raise AssertionError(f"{arguments} ended with {result.exit_code}:\n{result.stderr[-3000:]}")
        return Done(result.exit_code, result.stdout, result.stderr)

    def json(self, *arguments: str | Path, check: bool = True) -> Any:
        return json.loads(self.run(*arguments, "--json", check=check).stdout)
