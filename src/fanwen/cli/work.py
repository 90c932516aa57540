"""fanwen work: workers without a web site."""

from __future__ import annotations

import click

from fanwen.cli.processes import default_workers, speak, workers
from fanwen.config.supervisor import Supervisor
from fanwen.intake.app.queue import free_tasks_of_the_dead


@click.command("work")
@click.option("-n", "count", type=click.IntRange(1, 64), help="Worker processes; one a core without it.")
def command(count: int | None) -> None:
    """Take in documents that others upload, until Ctrl-C."""
    speak()
    free_tasks_of_the_dead()
    Supervisor(workers(count or default_workers())).run()
