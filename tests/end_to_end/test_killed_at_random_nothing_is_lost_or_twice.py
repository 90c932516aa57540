from __future__ import annotations

from pathlib import Path

import pytest

from bench.torture import make_files, play

FILES = 30


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("torture")
    make_files(folder, FILES)
    return folder


@pytest.mark.parametrize("seed", range(5))
def test_every_file_ends_as_one_findable_document_whatever_is_killed(files: Path, seed: int) -> None:
    outcome = play(files, FILES, seed, kills=5)
    assert outcome.problems == [], f"after killing {outcome.kills}"
