"""What all tests share. The data folder is set earlier, by `tests.data_folder`."""

from __future__ import annotations

from pathlib import Path

import pytest

LONG = (
    "end_to_end/test_killed_at_random",
    "end_to_end/test_hostile_files",
    "upkeep/test_a_backup",
    "intake/office/test_the_office_is_replaced",
    "end_to_end",
    "upkeep",
    "browser",
    "docs/test_examples",
    "demo/test_every_source",
    "intake/test_",
)
"""What takes long, the longest first. A process of pytest takes whole files, so the short ones fill up the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _turn(item.path))


def _turn(path: Path) -> int:
    name = path.relative_to(Path(__file__).parent).as_posix()
    return next((turn for turn, start in enumerate(LONG) if name.startswith(start)), len(LONG))


@pytest.fixture(autouse=True, scope="session")
def translations() -> None:
    """Pages are tested in both languages."""
    from django.conf import settings
    from django.test import override_settings

    from fanwen.config.messages import compile_messages

    compile_messages()
    with override_settings(LOCALE_PATHS=settings.LOCALE_PATHS):
        pass  # Django forgets what it has loaded when the setting changes
