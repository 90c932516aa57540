"""Translations: the written `.po` files become the `.mo` files that Django reads."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from django.conf import settings


class NoGettext(Exception):
    """The tool `msgfmt` is not installed."""


def compile_messages() -> list[Path]:
    """Compile every catalogue into the data folder's cache (the package itself may be read-only); the files made.

    Those that are newer than their source are left alone. Raises `NoGettext`.
    """
    made = []
    written, compiled = (Path(path) for path in settings.LOCALE_PATHS)
    for source in sorted(written.glob("*/LC_MESSAGES/*.po")):
        target = compiled / source.relative_to(written).with_suffix(".mo")
        if target.is_file() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        msgfmt = shutil.which("msgfmt")
        if msgfmt is None:
            raise NoGettext("msgfmt is not installed (package gettext), so the interface stays in English")
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(".tmp")
        subprocess.run([msgfmt, "--check-format", "-o", str(draft), str(source)], check=True, capture_output=True)
        draft.replace(target)
        made.append(target)
    return made
