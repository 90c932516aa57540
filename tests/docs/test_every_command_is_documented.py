from __future__ import annotations

import importlib
import re
from pathlib import Path

import click
import pytest

from fanwen.cli import COMMANDS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
ROWS = "\n".join(line for line in PAGE.splitlines() if line.startswith("| `"))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_its_row(name: str) -> None:
    assert re.search(rf"`{name}\b", ROWS), f"docs/commands.md has no row for {name}"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_does_and_what_its_options_do(name: str) -> None:
    command = importlib.import_module(f"fanwen.cli.{COMMANDS[name][0]}").command
    assert isinstance(command, click.Command)
    assert command.name == name
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts[0]} has no help"
