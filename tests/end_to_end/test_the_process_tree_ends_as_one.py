from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from bench.torture import _command, _descendants
from tests.service import Service


def _gone(pids: list[int], seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not any(_running(pid) for pid in pids):
            return True
        time.sleep(0.1)
    return False


def _running(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_ctrl_c_ends_every_process_and_the_exit_status_is_zero(library: Service) -> None:
    library.start()
    assert library.process is not None
    children = _descendants(library.process.pid)
    assert len(children) >= 4, "web, worker, index writer, preview office"
    left_over = [row for row in library.json("check", check=False)["checks"] if row["name"] == "run"]
    assert left_over == [], "what a running process uses is not taken for what a dead one left"
    assert library.stop() == 0
    assert _gone(children)
    assert list((library.data / "run").glob("scratch-*")) == []


def test_no_child_outlives_a_supervisor_that_was_killed(library: Service) -> None:
    library.start()
    assert library.process is not None
    children = _descendants(library.process.pid)
    os.kill(library.process.pid, signal.SIGKILL)
    assert _gone(children)


def test_a_child_that_dies_is_replaced(service: Service) -> None:
    assert service.process is not None
    web = [pid for pid in _descendants(service.process.pid) if "fanwen.config.web" in _command(pid)]
    assert web
    for pid in web:
        if _running(pid):
            os.kill(pid, signal.SIGKILL)
    assert _gone(web)
    service.wait_until_it_answers()


def test_a_taken_port_is_said_so(service: Service, tmp_path: Path) -> None:
    done = Service(tmp_path / "other").run("serve", "--host", "127.0.0.1", "--port", str(service.port), check=False)
    assert done.returncode == 1
    assert "--port" in done.stderr
