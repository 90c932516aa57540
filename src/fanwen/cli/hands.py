"""Who does the work that a command has queued."""

from __future__ import annotations

import time

from fanwen.cli.processes import default_workers, workers
from fanwen.config.supervisor import Supervisor
from fanwen.intake.app.queue import free_tasks_of_the_dead, workers_running

_PATIENCE = 5.0
"""Seconds that a service may be without a worker, to replace one that died."""


class Hands:
    """Who does the work: a running service, or workers of this command's own where there is none, or no longer."""

    def __init__(self) -> None:
        self._own: Supervisor | None = None
        self._seen = -_PATIENCE
        self.look()

    def look(self) -> None:
        now = time.monotonic()
        if self._own is not None:
            self._own.look()
        elif workers_running():
            self._seen = now
        elif now - self._seen >= _PATIENCE:
            free_tasks_of_the_dead()
            self._own = Supervisor(workers(default_workers()))
            self._own.start()

    def stop(self) -> None:
        if self._own is not None:
            self._own.stop()
