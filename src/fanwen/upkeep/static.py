"""Style sheets, scripts and translations as the web server sends them."""

from __future__ import annotations

import click
from django.core.management import call_command

from fanwen.config.messages import NoGettext, compile_messages


def collect_static() -> None:
    """Gather static files under hashed names into the data folder's cache, and compile the translations."""
    call_command("collectstatic", verbosity=0, interactive=False)
    try:
        compile_messages()
    except NoGettext as error:
        click.echo(f"Warning: {error}.", err=True)
