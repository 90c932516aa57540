"""The fontconfig file that gives documents the nearest free fonts for those they ask for."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
"""Has `fonts.conf`, to be named in FONTCONFIG_FILE."""
