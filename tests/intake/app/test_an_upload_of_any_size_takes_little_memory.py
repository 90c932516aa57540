from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.conf import settings

from fanwen.intake.app.receive import receive
from fanwen.intake.types import IntakeError

BLOCK, BLOCKS = 1 << 20, 64


@pytest.mark.django_db
@pytest.mark.parametrize("head", [b"", b"PK\x03\x04", b"%PDF-1.7\n", "一页文字。\n".encode()])
def test_memory_does_not_grow_with_the_file(head: bytes) -> None:
    settings.FOLDERS.make()

    def blocks() -> Iterator[bytes]:
        yield head
        for _ in range(BLOCKS):
            yield bytes(BLOCK)

    tracemalloc.start()
    try:
        with suppress(IntakeError):  # kept or refused is other tests' affair
            receive(blocks(), "a.docx")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 16 * BLOCK < BLOCKS * BLOCK
