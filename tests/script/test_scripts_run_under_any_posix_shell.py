from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPTS = sorted(
    path
    for path in (Path(__file__).resolve().parents[2] / "script").iterdir()
    if path.suffix == ""  # fanwen.entry is Python behind one line of shell
)


def test_there_are_scripts() -> None:
    assert {"check", "serve", "setup", "test"} <= {path.name for path in SCRIPTS}


@pytest.mark.parametrize("shell", [name for name in ("sh", "dash", "bash") if shutil.which(name)])
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_read_without_complaint(script: Path, shell: str) -> None:
    read = subprocess.run([shell, "-n", script], capture_output=True, text=True, check=False)
    assert (read.returncode, read.stderr) == (0, "")


@pytest.mark.parametrize("name", ["script/serve", "script/test", "script/check", "script/setup", ".ci/run"])
def test_a_script_can_be_run_as_it_is(name: str) -> None:
    assert os.access(Path(__file__).resolve().parents[2] / name, os.X_OK)


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
def test_shellcheck_has_nothing_to_say() -> None:
    checked = subprocess.run(["shellcheck", *SCRIPTS], capture_output=True, text=True, check=False)
    assert checked.stdout == ""
