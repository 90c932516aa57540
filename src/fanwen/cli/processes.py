"""The child processes of a running installation, as ``serve``, ``work`` and ``add`` start them."""

from __future__ import annotations

import os

from fanwen.config.log import configure
from fanwen.config.options import read
from fanwen.config.supervisor import Child
from fanwen.intake.app.queue import blame


def default_workers() -> int:
    """As many as the option says, or one a core."""
    return int(read("FANWEN_WORKERS")) or os.cpu_count() or 1


def workers(count: int) -> list[Child]:
    """`count` workers and one index writer (a second one on the same data folder waits until the first is gone)."""
    return [
        *(Child(f"worker {number}", "fanwen.intake.app.worker", died=blame) for number in range(1, count + 1)),
        Child("index writer", "fanwen.search.app.writer"),
    ]


def speak() -> None:
    """Have this process and its children log what they do."""
    os.environ.setdefault("FANWEN_LOG_LEVEL", "info")
    configure()


def web(bind: str) -> Child:
    return Child("web", "fanwen.config.web", {"FANWEN_BIND": bind})


def previewer() -> Child:
    return Child("preview office", "fanwen.blanks.app.previewer")


def demo_loader() -> Child:
    return Child("demo", "fanwen.demo.load", once=True)
