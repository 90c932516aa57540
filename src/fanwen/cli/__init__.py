"""One command, fanwen: a file per subcommand, each imported only when it is called."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import Any

import click

from fanwen import __version__

COMMANDS = {
    # command: (module, needs the library's database)
    "serve": ("serve", True),
    "work": ("work", True),
    "add": ("add", True),
    "search": ("search", True),
    "show": ("show", True),
    "text": ("text", True),
    "page": ("page", True),
    "get": ("get", True),
    "related": ("related", True),
    "retry": ("retry", True),
    "replace": ("replace", True),
    "reindex": ("reindex", True),
    "demo": ("demo", True),
    "check": ("check", False),
    "backup": ("backup", True),
    "restore": ("restore", False),
    "blanks": ("blanks", False),
    "fill": ("fill", False),
    "mask": ("mask", False),
    "unmask": ("unmask", False),
    "diff": ("diff", False),
}


class LazyGroup(click.Group):
    """Finds a subcommand's module by name, so that ``fanwen show`` does not load what ``fanwen fill`` needs."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, needs_library = COMMANDS[name]
        set_up(context.params.get("data"))
        if needs_library and not {"--help", "-h"} & set(sys.argv) and not context.resilient_parsing:
            from fanwen.upkeep.ready import make_ready

            make_ready()
        command: click.Command = importlib.import_module(f"fanwen.cli.{module}").command
        return command


def set_up(data: str | None) -> None:
    """Point Django at the data folder `data` and set it up, once a process."""
    if data:
        os.environ["FANWEN_DATA"] = str(Path(data).resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanwen.config.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        from fanwen.config.log import configure

        configure()
        django.setup()
        _speak_the_user_s_language()


def _speak_the_user_s_language() -> None:
    """Causes are told in Chinese where the terminal's locale is Chinese, in English everywhere else."""
    from django.utils import translation

    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    translation.activate("zh-hans" if locale.startswith("zh") else "en")


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", metavar="DIR", help="The data folder (or FANWEN_DATA); ./data without it.")
@click.version_option(__version__, prog_name="fanwen")
def group(data: str | None) -> None:
    """A document library: read, find and reuse office documents page by page."""


def main(arguments: list[str] | None = None) -> Any:
    """Run the command line; every foreseeable error is a sentence on standard error and exit status 1."""
    from fanwen.config.options import BadOption

    try:
        return group.main(arguments, prog_name="fanwen", standalone_mode=True)
    except BadOption as error:
        click.echo(f"fanwen: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # The reader of a pipe has seen enough; Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
