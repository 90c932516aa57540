from __future__ import annotations

import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from fanwen.intake import sandbox


@pytest.fixture(autouse=True)
def _needs_bubblewrap() -> None:
    if reason := sandbox.available():
        pytest.skip(reason)


def run(script: str, *, writable: Sequence[Path] = (), **more: object) -> subprocess.CompletedProcess[str]:
    command = sandbox.command(["/bin/sh", "-c", script], writable=writable, **more)  # type: ignore[arg-type]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_the_data_folder_and_homes_can_not_be_seen(tmp_path: Path) -> None:
    data, scratch = tmp_path / "data", tmp_path / "scratch"
    data.mkdir()
    scratch.mkdir()
    (data / "originals").write_text("secret")
    for hidden in (data / "originals", Path("/etc/passwd"), Path("/etc/shadow"), Path("/home"), Path("/root")):
        assert run(f"cat {hidden} || ls {hidden}", writable=[scratch]).returncode != 0, hidden


def test_only_the_writable_folder_can_be_written(tmp_path: Path) -> None:
    assert run(f"echo here > {tmp_path}/made", writable=[tmp_path]).returncode == 0
    assert (tmp_path / "made").read_text() == "here\n"
    assert run("echo there > /usr/made").returncode != 0
    assert run(f"echo there > {tmp_path}/none").returncode != 0


def test_what_is_readable_is_shown_where_it_was_asked_for(tmp_path: Path) -> None:
    (tmp_path / "note").write_text("inside")
    done = run("cat /shown/note; echo no > /shown/note", readable={tmp_path: "/shown"})
    assert done.stdout == "inside"
    assert done.returncode != 0
    assert (tmp_path / "note").read_text() == "inside"


def test_loopback_can_not_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        code = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)"
        assert run(f'/usr/bin/python3 -c "{code}"').returncode != 0
        socket.create_connection(("127.0.0.1", port), 2).close()


def test_tmp_is_its_own(tmp_path: Path) -> None:
    assert run("ls -A /tmp").stdout == ""
