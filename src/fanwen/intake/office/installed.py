"""What of LibreOffice is on this machine."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from pathlib import Path

PYTHON = "/usr/bin/python3"
"""The system's Python: the only one `uno` is built for."""
COMPONENTS = {
    "libreoffice-writer": "libswlo.so",
    "libreoffice-calc": "libsclo.so",
    "libreoffice-impress": "libsdlo.so",
}
"""Debian's package and the library that shows it is there."""


@functools.cache
def program() -> Path | None:
    """The path of soffice.bin, or None."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    places = [Path(os.path.realpath(found)).parent] if found else []
    places.append(Path("/usr/lib/libreoffice/program"))
    return next((place / "soffice.bin" for place in places if (place / "soffice.bin").exists()), None)


@functools.cache
def _has_uno() -> bool:
    if not Path(PYTHON).exists():
        return False
    tried = subprocess.run([PYTHON, "-s", "-E", "-c", "import uno"], capture_output=True, timeout=60, check=False)
    return tried.returncode == 0


def missing() -> str:
    """Names of the Debian packages that office documents need and that are not installed, in English; "" if none."""
    binary = program()
    packages = [
        package for package, library in COMPONENTS.items() if binary is None or not (binary.parent / library).exists()
    ]
    if not _has_uno():
        packages.append("python3-uno")
    return f"not installed: {', '.join(packages)}" if packages else ""
