"""What all tests share. The data folder is set earlier, by `tests.data_folder`."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True, scope="session")
def translations() -> None:
    """Pages are tested in both languages."""
    from fanwen.config.messages import compile_messages

    compile_messages()
