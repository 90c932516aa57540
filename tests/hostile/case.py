from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

READY = "ready"
"""The file becomes readable pages like any other."""


@dataclass(frozen=True)
class Case:
    """A hostile file. `expected` holds the states it may end in: `READY`, or codes of `fanwen.intake.causes.CAUSES`."""

    label: str
    name: str
    """What its uploader calls it."""
    content: bytes | Callable[[Path], None]
    """Its bytes, or what writes it to a path."""
    expected: frozenset[str]
    costly: bool = False
    """Takes many seconds: goes through the running service alone, which has the same engines."""

    def write(self, path: Path) -> None:
        if isinstance(self.content, bytes):
            path.write_bytes(self.content)
        else:
            self.content(path)


def case(label: str, name: str, content: bytes | Callable[[Path], None], *expected: str, costly: bool = False) -> Case:
    return Case(label, name, content, frozenset(expected), costly)
