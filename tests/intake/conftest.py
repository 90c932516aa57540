from __future__ import annotations

from collections.abc import Iterator

import pytest

from fanwen.intake.office import Office, missing


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One LibreOffice for all tests that need one and don't harm it."""
    assert missing() == "", missing()
    with Office(tmp_path_factory.mktemp("office")) as shared:
        yield shared
