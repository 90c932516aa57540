"""A real small file system, mounted in a namespace of the test's own."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.service import Service

_NAMESPACE = ["unshare", "--map-root-user", "--mount"]


def _possible() -> bool:
    done = subprocess.run([*_NAMESPACE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False)
    return done.returncode == 0


pytestmark = pytest.mark.skipif(not _possible(), reason="this machine lets no one mount in a namespace")


def _in_namespace(service: Service, prepare: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    script = f'{prepare} && exec "$@"'
    return subprocess.run(
        [*_NAMESPACE, "sh", "-c", script, "sh", *service.argv(*arguments)],
        env=service.environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_a_file_that_does_not_fit_is_refused_by_name_of_the_cause_and_leaves_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    big = tmp_path / "big.txt"
    big.write_bytes("记录一行文字。\n".encode() * 1_500_000)
    service = Service(data)
    done = _in_namespace(
        service,
        f"mount -t tmpfs -o size=90m tmpfs {data}",
        "add", "--no-wait", "--json", big,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    [entry] = json.loads(done.stdout)
    assert entry["status"] == "refused"
    assert "disk is full" in entry["error"]


def test_a_data_folder_that_can_not_be_written_is_said_so(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    note = tmp_path / "note.txt"
    note.write_text("一行文字。", encoding="utf-8")
    done = _in_namespace(
        Service(data), f"mount --bind {data} {data} && mount -o remount,ro,bind {data}", "add", "--no-wait", note
    )
    assert done.returncode == 1
    assert str(data) in done.stderr
    assert "read-only" in done.stderr.lower()
    assert "Traceback" not in done.stderr


def test_a_library_that_became_read_only_refuses_files_and_keeps_what_it_has(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_text("第一份文字。", encoding="utf-8")
    second.write_text("第二份文字。", encoding="utf-8")
    service = Service(data)
    [kept] = service.json("add", "--no-wait", first)
    done = _in_namespace(
        service, f"mount --bind {data} {data} && mount -o remount,ro,bind {data}", "add", "--no-wait", second
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert service.json("show", kept["number"])["original_name"] == "first.txt"
    assert list((data / "incoming").iterdir()) == []
