"""What all tests share. The data folder is set earlier, by `tests.data_folder`."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True, scope="session")
def translations() -> None:
    """Pages are tested in both languages."""
    from django.conf import settings
    from django.test import override_settings

    from fanwen.config.messages import compile_messages

    compile_messages()
    with override_settings(LOCALE_PATHS=settings.LOCALE_PATHS):
        pass  # Django forgets what it has loaded when the setting changes
