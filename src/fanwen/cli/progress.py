"""A progress bar on a terminal: counts, rate, time left; nothing where output is not a terminal."""

from __future__ import annotations

import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.1f}/s" if speed else "")


class Counter:
    """Counts finished files out of `total` on standard error."""

    def __init__(self, total: int, *, quiet: bool = False) -> None:
        self._failed = 0
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[failed]}"),
            TextColumn("[dim]{task.fields[now]}"),
            console=Console(stderr=True),
            disable=quiet or not sys.stderr.isatty(),
            transient=True,
        )
        self._task = self._bar.add_task("Adding", total=total, failed="", now="")

    def say(self, name: str) -> None:
        """Show what is being stored."""
        self._bar.update(self._task, now=name[:40])

    def done(self, *, failed: bool = False) -> None:
        self._failed += failed
        self._bar.update(self._task, advance=1, failed=f"[red]{self._failed} failed" if self._failed else "")

    def __enter__(self) -> Counter:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()
