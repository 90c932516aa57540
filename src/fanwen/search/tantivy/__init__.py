"""The embedded engine: tantivy, fed with our own tokens."""

from __future__ import annotations

from fanwen.search.tantivy.embedded import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
