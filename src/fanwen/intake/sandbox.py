"""Runs a program with a read-only view of the system, no network and one writable folder, through bubblewrap.

What the program can't see it can't leak: neither the data folder nor anybody's home is part of its view.
"""

from __future__ import annotations

import functools
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

SYSTEM = (
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/libreoffice",
    "/etc/localtime",
    "/usr",
    "/var/cache/fontconfig",
    "/var/lib/libreoffice",
    "/var/spool/libreoffice",
)
"""Shown read-only where they exist."""
ROOT_FOLDERS = ("/bin", "/lib", "/lib32", "/lib64", "/libx32", "/sbin")
"""Links into /usr on current systems, folders of their own on older ones."""


def command(
    argv: Sequence[str], *, writable: Sequence[Path] = (), readable: Mapping[Path, str] | None = None
) -> list[str]:
    """`argv` wrapped so that it runs in the sandbox and dies with the thread that started it.

    `writable`: folders it may change, shown at their own paths. `readable`: further files and folders, and the absolute
    path each is shown at. Everything else it sees is a part of the system without accounts, homes or data.
    """
    words = [
        "bwrap",
        "--unshare-all",
        "--die-with-parent",
        "--new-session",
        "--cap-drop",
        "ALL",
        "--hostname",
        "fanwen",
    ]
    for path in SYSTEM:
        words += ["--ro-bind-try", path, path]
    for path in ROOT_FOLDERS:
        folder = Path(path)
        if folder.is_symlink():
            words += ["--symlink", str(folder.readlink()), path]
        else:
            words += ["--ro-bind-try", path, path]
    words += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]
    for outside, inside in (readable or {}).items():
        words += ["--ro-bind", str(outside), inside]
    for folder in writable:
        words += ["--bind", str(folder), str(folder)]
    return [*words, "--chdir", "/", "--", *argv]


@functools.cache
def available() -> str:
    """Why the sandbox can't be used on this machine, in English; "" when it works. Found by trying, once a process."""
    if shutil.which("bwrap") is None:
        return "bubblewrap is not installed (package bubblewrap)"
    true = shutil.which("true") or "/usr/bin/true"
    try:
        tried = subprocess.run(command([true]), capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bubblewrap does not work here: {error}"
    if tried.returncode:
        said = tried.stderr.strip().splitlines()
        return f"bubblewrap does not work here: {said[-1] if said else f'status {tried.returncode}'}"
    return ""
