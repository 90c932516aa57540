"""Progress bars on standard error; nothing where that is not a terminal."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.text import Text


class _Bar:
    """A bar with `columns` after what it is about, gone at the end."""

    def __init__(
        self, verb: str, *columns: ProgressColumn, total: int | None, quiet: bool = False, **fields: Any
    ) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            *columns,
            console=Console(stderr=True),
            disable=quiet or not sys.stderr.isatty(),
            transient=True,
        )
        self._task = self._progress.add_task(verb, total=total, **fields)

    def _show(self, **changes: Any) -> None:
        self._progress.update(self._task, **changes)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.1f}/s" if speed else "")


class Counter(_Bar):
    """Counts finished files out of `total`: with the rate, the time left, how many failed and what is being stored."""

    def __init__(self, total: int, *, quiet: bool = False) -> None:
        self._failed = 0
        told = (TextColumn("{task.fields[failed]}"), TextColumn("[dim]{task.fields[now]}"))
        columns = (MofNCompleteColumn(), _Rate(), TimeRemainingColumn(), *told)
        super().__init__("Adding", *columns, total=total, quiet=quiet, failed="", now="")

    def say(self, name: str) -> None:
        """Show what is being stored."""
        self._show(now=name[:40])

    def done(self, *, failed: bool = False) -> None:
        self._failed += failed
        self._show(advance=1, failed=f"[red]{self._failed} failed" if self._failed else "")


class BytesBar(_Bar):
    """Shows how many bytes of how many are done."""

    def __init__(self, verb: str) -> None:
        super().__init__(verb, DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn(), total=None)

    def at(self, done: int, total: int | None = None) -> None:
        self._show(completed=done, total=total)
