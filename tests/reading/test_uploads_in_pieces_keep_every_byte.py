"""Whatever a connection does, the server's offset is what it has, and the document is what was sent."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck, strategies
from hypothesis import settings as effort
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from fanwen.intake.app import uploads
from fanwen.intake.app.models import Upload
from fanwen.library.models import Document
from tests.factories import make_user
from tests.reading.tus_client import Tus, digest

SIZE = 3000
start = strategies.integers(0, SIZE)
length = strategies.integers(0, SIZE)


def machine(tus: Tus) -> Callable[[], RuleBasedStateMachine]:
    class OneUpload(RuleBasedStateMachine):
        """One upload of `SIZE` bytes beside a model of it: the bytes that must be there."""

        def __init__(self) -> None:
            super().__init__()
            Upload.objects.all().delete()
            Document.objects.all().delete()
            self.data = b"".join(hashlib.sha256(b"%d" % at).digest() for at in range(SIZE // 32 + 1))[:SIZE]
            self.data = self.data.hex().encode()[:SIZE]  # text, so that it is a kind of file that is taken
            self.address = tus.begin(self.data, name="block.txt", sha256=hashlib.sha256(self.data).hexdigest())
            self.there = 0

        @property
        def done(self) -> bool:
            return self.there == SIZE

        @rule(start=start, length=length)
        def send(self, start: int, length: int) -> None:
            piece = self.data[start : start + length]
            answer = tus.patch(self.address, start, piece)
            if start == self.there and not self.done:
                assert answer.status_code == 204
                self.there += len(piece)
            else:
                assert answer.status_code == 409

        @precondition(lambda self: not self.done)
        @rule(length=length)
        def go_on(self, length: int) -> None:
            self.send(self.there, length)

        @precondition(lambda self: not self.done)
        @rule(blocks=strategies.lists(strategies.integers(1, 400), max_size=5))
        def break_off(self, blocks: list[int]) -> None:
            """The connection ends between two blocks."""

            def pieces() -> Iterator[bytes]:
                for size in blocks:
                    piece = self.data[self.there : self.there + size]
                    self.there += len(piece)
                    if piece:
                        yield piece

            upload = Upload.objects.get()
            if uploads.append(upload, self.there, pieces()) == SIZE:
                uploads.finish(upload)

        @precondition(lambda self: not self.done)
        @rule(length=strategies.integers(1, SIZE))
        def be_garbled(self, length: int) -> None:
            piece = self.data[self.there : self.there + length]
            answer = tus.patch(self.address, self.there, piece, **{"Upload-Checksum": digest("sha1", piece + b"x")})
            assert answer.status_code == 460

        @precondition(lambda self: not self.done)
        @rule()
        def send_too_much(self) -> None:
            assert tus.patch(self.address, self.there, b"x" * (SIZE - self.there + 1)).status_code == 413

        @invariant()
        def it_knows_what_it_has(self) -> None:
            assert tus.head(self.address)["Upload-Offset"] == str(self.there)
            if self.done:
                original = settings.FOLDERS.original(Document.objects.get().original_id)
                assert original.read_bytes() == self.data
            else:
                assert uploads.path_of(Upload.objects.get()).read_bytes() == self.data[: self.there]
                assert not Document.objects.exists()

    return OneUpload


def test_offsets_and_bytes_agree_whatever_happens(english: Client, folders: Any) -> None:
    english.force_login(make_user("lin"))
    run_state_machine_as_test(
        machine(Tus(english)),
        settings=effort(
            max_examples=12,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )


def test_a_large_file_needs_little_memory(english: Client, folders: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import tracemalloc

    owner = make_user("lin")
    upload = uploads.begin(owner, "large.bin", 300 * 1024 * 1024)
    block = bytes(256 * 1024)
    tracemalloc.start()
    try:
        assert uploads.append(upload, 0, (block for _ in range(1200))) == upload.size
        uploads.finish(upload)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8 * 1024 * 1024
    assert (upload.status, upload.cause) == ("refused", "unknown_format")
    assert not uploads.path_of(upload).exists()
