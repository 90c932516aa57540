from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service import Service


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A real service, running while a module's tests do."""
    with Service(tmp_path_factory.mktemp("service") / "data") as running:
        yield running


@pytest.fixture
def library(tmp_path: Path) -> Service:
    """A data folder that no service runs on."""
    return Service(tmp_path / "data")
