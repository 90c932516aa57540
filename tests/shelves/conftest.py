from __future__ import annotations

from tests.reading.conftest import english, folders, index

__all__ = ["english", "folders", "index"]
