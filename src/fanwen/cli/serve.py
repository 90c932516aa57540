"""fanwen serve: the web site and its workers, in one process tree."""

from __future__ import annotations

import socket

import click

from fanwen.cli.processes import default_workers, demo_loader, previewer, speak, web, workers
from fanwen.config.supervisor import Supervisor
from fanwen.intake.app.queue import free_tasks_of_the_dead
from fanwen.library.models import Document


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on.")
@click.option("--host", default="0.0.0.0", show_default=True, help="The address to listen on.")
@click.option("-n", "--workers", "count", type=click.IntRange(1, 64), help="Worker processes; one a core without it.")
@click.option("--demo", is_flag=True, help="Fill an empty library with the demo.")
def command(port: int, host: str, count: int | None, demo: bool) -> None:
    """Serve the library until Ctrl-C: web, workers and index writer."""
    from fanwen.upkeep.static import collect_static

    speak()
    _refuse_taken_port(host, port)
    collect_static()
    free_tasks_of_the_dead()
    children = [web(f"{host}:{port}"), *workers(count or default_workers()), previewer()]
    if demo and _demo_is_wanted():
        children.append(demo_loader())
        click.echo("Loading the demo library in the background; its documents appear one by one.")
    _welcome(host, port)
    Supervisor(children).run()


def _demo_is_wanted() -> bool:
    """Whether the library is empty, or the loading of its demo was stopped; it is then under way."""
    from fanwen.demo.load import unfinished

    if not unfinished().exists() and Document.objects.exists():
        return False
    unfinished().touch()
    return True


def _welcome(host: str, port: int) -> None:
    from fanwen.people.welcome import welcome_path

    address = f"http://{'localhost' if host in {'0.0.0.0', '127.0.0.1', '::'} else host}:{port}"
    click.echo(f"Fanwen is at {address}/ (Ctrl-C stops it)")
    if path := welcome_path():
        click.echo(f"Administrator, once: {address}{path}")


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"can't listen on {host}:{port} ({error.strerror}). Choose another port with --port."
            ) from error
