from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

from tests.service import Service


def test_a_command_that_waits_for_a_killed_service_does_the_work_itself(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    for number in range(40):
        (files / f"{number}.txt").write_text(f"第{number}份材料，说明情况。\n" * 20, encoding="utf-8")
    service = Service(tmp_path / "data").start()
    adding = subprocess.Popen(
        service.argv("add", files, "--json"), env=service.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        deadline = time.monotonic() + 180
        while len(list((service.data / "originals").rglob("*"))) < 3:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert service.process is not None
        os.kill(service.process.pid, signal.SIGKILL)
        service.process.wait()
        out, err = adding.communicate(timeout=600)
    finally:
        adding.kill()
    assert adding.returncode == 0, err.decode()
    assert {entry["status"] for entry in json.loads(out)} == {"ready"}
