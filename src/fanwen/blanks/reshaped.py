"""What comes of copying rows and taking passages out of a document."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Reshaped:
    """`data` is the whole package. By the old id of a passage, its new one where it is still there, and those of its
    copies in order."""

    data: bytes
    kept: dict[str, str] = field(default_factory=dict)
    copies: dict[str, list[str]] = field(default_factory=dict)
    origins: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """By changed part whose paragraphs are numbered through, for each the number it had, and which copy of that it is (0:
    itself)."""
