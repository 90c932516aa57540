from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fanwen.search.engine import Engine
from fanwen.search.tantivy import EmbeddedEngine
from tests.search.reference_engine import ReferenceEngine


@pytest.fixture(params=["embedded", "reference"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Each engine, empty."""
    engine: Engine = EmbeddedEngine(tmp_path / "index") if request.param == "embedded" else ReferenceEngine()
    yield engine
    engine.close()
