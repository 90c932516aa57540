from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = (
    *("sh", "dirname", "cut", "grep", "mkdir", "mktemp", "rm", "mv", "cp", "cat", "chmod", "find", "flock", "env"),
    *("sha256sum", "readlink", "true"),
)
"""What the scripts may count on."""


class Clone:
    """A clone on a machine of our making: its commands are stand-ins, so nothing is installed and nothing is fetched."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.bin = root.parent / "bin"
        self.calls = root.parent / "calls"
        self.bin.mkdir()
        for name in TOOLS:
            if found := shutil.which(name):
                (self.bin / name).symlink_to(found)
        shutil.copytree(ROOT / "script", root / "script")
        for name in ("requirements.lock", "requirements-dev.lock"):
            shutil.copy(ROOT / name, root / name)

    def has(self, name: str, script: str) -> None:
        """Give the machine a command; what it is called with is kept in `called`."""
        path = self.bin / name
        path.unlink(missing_ok=True)
        path.write_text(f'#!/bin/sh\necho "{name} $*" >>"{self.calls}"\n{script}\n', encoding="utf-8")
        path.chmod(0o755)

    def called(self) -> list[str]:
        return self.calls.read_text(encoding="utf-8").splitlines() if self.calls.exists() else []

    def has_environment(self, lock: str = "requirements.lock") -> None:
        """As an earlier set-up leaves it."""
        venv = self.root / ".venv"
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
        digest = hashlib.sha256((self.root / lock).read_bytes()).hexdigest()
        version = "{}.{}".format(*sys.version_info[:2])
        (venv / "installed").write_text(f"{lock} {digest} {version}\n", encoding="utf-8")
        (venv / "bin" / "fanwen").write_text("#!/bin/sh\n", encoding="utf-8")
        (venv / "bin" / "fanwen").chmod(0o755)

    def set_up(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.root / "script" / "setup", *arguments],
            env={"PATH": str(self.bin), "HOME": str(self.root), "TMPDIR": os.environ.get("TMPDIR", "/tmp")},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    root = tmp_path / "clone"
    root.mkdir()
    return Clone(root)


@pytest.fixture
def bare(clone: Clone) -> Clone:
    """A machine without any of the packages, used by somebody without rights."""
    clone.has("id", "echo 1000")
    clone.has("dpkg-query", "exit 1")
    return clone


@pytest.fixture
def complete(clone: Clone) -> Clone:
    """A machine on which everything is installed."""
    clone.has("id", "echo 1000")
    clone.has("dpkg-query", "echo 'ii '")
    clone.has_environment()
    return clone
