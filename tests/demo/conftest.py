from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fanwen.demo import DemoFile, build
from fanwen.intake.office import Office, missing


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    assert missing() == "", missing()
    with Office(tmp_path_factory.mktemp("office")) as shared:
        yield shared


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory, office: Office) -> list[DemoFile]:
    """The whole demo, built once."""
    return build(tmp_path_factory.mktemp("demo"), office)


@pytest.fixture(scope="session")
def paths(files: list[DemoFile]) -> dict[str, Path]:
    """Built files by name."""
    return {file.path.name: file.path for file in files}
