"""A real installation for tests: `fanwen serve` on a data folder of its own, and its commands."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import Any


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Service:
    """`fanwen serve` over `data`; use as a context manager or with `start` and `stop`."""

    def __init__(self, data: Path, *, workers: int = 1, **environment: str) -> None:
        self.data = data
        self.port = free_port()
        self.workers = workers
        self.environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "FANWEN_DATA": str(data),
            "LANG": "C.UTF-8",
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.data.parent / f"{self.data.name}.log"

    def argv(self, *arguments: str | Path) -> list[str]:
        """The command line of a fanwen command on this data folder."""
        return [sys.executable, "-m", "fanwen.cli", *map(str, arguments)]

    def start(self, *, wait: bool = True) -> Service:
        self.process = subprocess.Popen(
            self.argv("serve", "--host", "127.0.0.1", "--port", str(self.port), "-n", str(self.workers)),
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=self.log.open("ab"),
            start_new_session=True,
        )
        if wait:
            self.wait_until_it_answers()
        return self

    def wait_until_it_answers(self, seconds: float = 180) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            assert self.process is not None
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=10):
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"the service did not come up:\n{self.log.read_text(errors='replace')[-3000:]}")

    def stop(self, seconds: float = 120) -> int:
        """Ask it to end as Ctrl-C does; its exit status."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            raise

    def run(self, *arguments: str | Path, check: bool = True, timeout: float = 600) -> subprocess.CompletedProcess[str]:
        """Run a fanwen command to its end."""
        done = subprocess.run(
            self.argv(*arguments), env=self.environment, capture_output=True, text=True, timeout=timeout, check=False
        )
        if check and done.returncode:
            raise AssertionError(f"{arguments} ended with {done.returncode}:\n{done.stderr[-3000:]}")
        return done

    def json(self, *arguments: str | Path, check: bool = True) -> Any:
        """Run a command with --json; what it printed."""
        return json.loads(self.run(*arguments, "--json", check=check).stdout)

    def wait_for_blanks(self, seconds: float = 120) -> None:
        """Wait until the blanks of all that was added are looked for, which happens after it is findable."""
        unfinished = "SELECT 1 FROM intake_stage WHERE name = 'blanks' AND state NOT IN ('done', 'failed')"
        deadline = time.monotonic() + seconds
        with closing(sqlite3.connect(self.data / "fanwen.sqlite3", timeout=60)) as database:
            while database.execute(unfinished).fetchone():
                assert time.monotonic() < deadline, "blanks are still being looked for"
                time.sleep(0.1)

    def __enter__(self) -> Service:
        try:
            return self.start()
        except BaseException:
            self.stop()  # one that did not come up may still be trying
            raise

    def __exit__(self, *_: object) -> None:
        self.stop()
