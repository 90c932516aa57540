"""The process tree of a running installation: children are started, watched, replaced, and all end together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

log = structlog.get_logger("fanwen.supervisor")

PATIENCE = 15.0
"""Seconds children are given to end before they are killed."""


@dataclass
class Child:
    """One process to keep running: `module.main()` in a process of its own."""

    role: str
    module: str
    environment: dict[str, str] = field(default_factory=dict)
    died: Callable[[str], None] | None = None
    """Called with ``host:pid:`` when the process ended without being asked."""
    once: bool = False
    """It has an end of its own: not started again when it is done."""
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    quick_deaths: int = 0
    again_at: float = 0.0

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "fanwen.config.child", self.module],
            env={**os.environ, **self.environment, "FANWEN_PARENT": str(os.getpid())},
            stdin=subprocess.DEVNULL,
        )


class Supervisor:
    """Keeps `children` running between `start` and `stop`. `run` blocks until a signal says to end; a command that has
    work of its own calls `start`, `look` now and then, and `stop`."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self._ending = False

    def start(self) -> None:
        for child in self.children:
            child.start()

    def run(self) -> None:
        """Until SIGINT or SIGTERM."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._end)
        self.start()
        try:
            while not self._ending:
                self.look()
                time.sleep(0.2)
        finally:
            self.stop()

    def look(self) -> None:
        """Replace children that died; one that dies at every start is given longer and longer pauses."""
        now = time.monotonic()
        for child in list(self.children):
            if child.process is None:
                if now >= child.again_at and not self._ending:
                    child.start()
                continue
            code = child.process.poll()
            if code is None or self._ending:
                continue
            if child.once and code == 0:
                self.children.remove(child)
                continue
            log.warning("a process ended unasked", role=child.role, pid=child.process.pid, code=code)
            if child.died is not None:
                child.died(f"{socket.gethostname()}:{child.process.pid}:")
            child.process = None
            child.quick_deaths = child.quick_deaths + 1 if now - child.started < 5 else 0
            child.again_at = now + min(0.2 * 2**child.quick_deaths if child.quick_deaths else 0.0, 30.0)

    def stop(self) -> None:
        """End every child: first asked, after `PATIENCE` killed."""
        self._ending = True
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + PATIENCE
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                log.warning("killed a process that did not end", pid=process.pid)
                process.kill()
                process.wait()

    def _end(self, number: int, frame: object) -> None:
        self._ending = True
