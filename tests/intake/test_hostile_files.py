"""Hostile files through type detection, conversion and the reading of pages: each ends in a clear state.

Those that take long are left to tests/end_to_end, where every one goes through a running service.
"""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from fanwen.intake.causes import CAUSES
from fanwen.intake.convert import convert
from fanwen.intake.layout import unpack
from fanwen.intake.office import Office
from fanwen.intake.pager import Pager
from fanwen.intake.pdf import properties
from fanwen.intake.propose import propose
from fanwen.intake.sniff import sniff
from fanwen.intake.types import IntakeError
from tests.hostile import READY, Case, cases

PAGES = 5000
SECONDS = 300
"""After these, a file counts as hanging; every converter has given up long before."""


class Listener:
    """Something that listens on loopback and notes who came."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.callers: list[object] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, address = self._socket.accept()
            except OSError:
                return
            self.callers.append(address)
            connection.close()

    def close(self) -> None:
        self._socket.close()


LISTENER = Listener()
ALL = [case for case in cases(LISTENER.port) if not case.costly]


@pytest.fixture(autouse=True)
def limited() -> Iterator[None]:
    def give_up(*args: object) -> None:
        raise TimeoutError(f"not done after {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def pager() -> Iterator[Pager]:
    pager = Pager()
    yield pager
    pager.close()


def state_of(case: Case, path: Path, office: Office, pager: Pager, folder: Path) -> str:
    try:
        kind = sniff(path, case.name)
        done = convert(path, kind, folder / "out.pdf", office=lambda: office, scratch=folder / "scratch")
        pages = []
        for page in pager.read_pages(done.pdf, limit=PAGES):
            assert all(len(line.edges) == line.end - line.start for line in unpack(page.layout))
            assert "\0" not in page.text
            page.text.encode()
            pages.append(page)
        proposal = propose([page.outlined() for page in pages[:20]], properties(done.pdf), case.name)
        assert proposal.title
        proposal.title.encode()
    except IntakeError as error:
        assert error.code in CAUSES  # noqa: PT017
        CAUSES[error.code].format(**error.params)
        return error.code
    return READY


@pytest.mark.parametrize("case", ALL, ids=[case.label for case in ALL])
def test_a_hostile_file_ends_in_a_clear_state(case: Case, office: Office, pager: Pager, tmp_path: Path):
    folder = tmp_path / "work"
    folder.mkdir()
    path = tmp_path / "original"
    case.write(path)
    try:
        assert state_of(case, path, office, pager, folder) in case.expected
        left = {found.relative_to(tmp_path).as_posix() for found in tmp_path.rglob("*")}
        assert left <= {"original", "work", "work/scratch", "work/out.pdf"}
        assert LISTENER.callers == [], "a request was made"
    finally:
        path.unlink()  # some are gigabytes, if sparse ones


def test_there_are_enough_of_them():
    assert len(ALL) >= 60
    assert len({case.label for case in ALL}) == len(ALL)
