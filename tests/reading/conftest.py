from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from fanwen.config.folders import Folders
from fanwen.reading import reads, rendering, site
from fanwen.search.app import asked
from fanwen.search.app.live import engine
from fanwen.search.app.writer import IndexWriter


@pytest.fixture(autouse=True)
def folders(db: None, tmp_path: Path, settings: Any) -> Iterator[Folders]:
    """A data folder and an empty catalogue for this test alone; renderers end with the test that started them."""
    settings.FOLDERS = Folders(tmp_path / "data")
    settings.FOLDERS.make()
    asked.forget()
    reads.forget()
    site.forget()
    yield settings.FOLDERS
    engine().close()
    rendering.close()


@pytest.fixture
def english(client: Client) -> Client:
    """A visitor whose browser asks for English."""
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def chinese(client: Client) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-CN"
    return client


@pytest.fixture
def index(folders: Folders) -> Callable[[], None]:
    """Brings the real search index up to date."""

    def bring_up_to_date() -> None:
        writer = IndexWriter(folders.index)
        try:
            while writer.step():
                pass
        finally:
            writer.close()

    return bring_up_to_date
