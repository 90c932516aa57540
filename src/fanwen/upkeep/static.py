"""Style sheets, scripts and translations as the web server sends them."""

from __future__ import annotations

from django.core.management import call_command


def collect_static() -> None:
    """Gather static files under hashed names into the data folder's cache."""
    call_command("collectstatic", verbosity=0, interactive=False)
