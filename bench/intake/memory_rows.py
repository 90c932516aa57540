"""The memory of the whole service while many files are imported."""

from __future__ import annotations

import random
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Any

from bench.intake.files import Files, write
from bench.intake.rows import row
from tests.service import Service

EVERY = 0.5
"""Seconds between two looks."""


def memory_rows(files: Files, many: int) -> list[dict[str, Any]]:
    """Peak proportional set size of every process of the service, over the first and the second half of the import."""
    sources = _make(files.folder / f"many-{many}", many)
    samples: list[tuple[int, int]] = []
    with tempfile.TemporaryDirectory() as name, Service(Path(name, "data"), workers=2) as service:
        assert service.process is not None
        ended = threading.Event()
        watcher = threading.Thread(target=_watch, args=(service.process.pid, Path(name, "data"), samples, ended))
        watcher.start()
        try:
            service.run("add", sources, timeout=3600)
        finally:
            ended.set()
            watcher.join()
    first = max(memory for done, memory in samples if done <= many // 2) / 1e6
    second = max(memory for done, memory in samples if done > many // 2) / 1e6
    grown = row(
        f"peak memory of the service, files {many // 2} to {many}, against files 1 to {many // 2}",
        second,
        first,
        "MB",
        most=1.05,
    )
    return [row(f"peak memory of the service while importing {many:,} files", max(first, second), None, "MB"), grown]  # fmt: skip


def _make(folder: Path, many: int) -> Path:
    if not (folder / "made").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(many):
            suffix = ("docx", "docx", "docx", "xlsx", "pptx")[number % 5]
            write(folder / f"{number:04}.{suffix}", random.Random(number), pages=1 + number % 4)
        (folder / "made").mkdir()
    return folder


def _watch(root: int, data: Path, samples: list[tuple[int, int]], ended: threading.Event) -> None:
    while not ended.wait(EVERY):
        made = sum(1 for _ in (data / "renditions").rglob("*.pdf"))
        samples.append((made, sum(map(_memory, _tree(root)))))


def _tree(root: int) -> list[int]:
    """`root` and all processes below it."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    children: dict[int, list[int]] = {}
    for line in listed.splitlines():
        pid, parent = map(int, line.split())
        children.setdefault(parent, []).append(pid)
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += children.get(pid, [])
    return found


def _memory(pid: int) -> int:
    """Bytes that are this process's own, and its share of what it has in common with others."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except (FileNotFoundError, ProcessLookupError):
        return 0  # it has just ended
    return 0
