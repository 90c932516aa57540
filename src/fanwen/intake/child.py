"""A process of our own that answers requests: what calls pdfium, which may hang or crash, lives in one.

A request is a line of JSON on the child's standard input; an answer is one status byte, the length as four bytes (big
endian) and that many bytes, on its standard output. A request may have any number of answers.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import select
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

LARGEST = 256 * 1024**2
"""Bytes of one answer; a child that claims more has gone wrong."""
Request = Mapping[str, str | int]


class ChildDied(Exception):
    """The process ended before it answered."""


class ChildTooSlow(ChildDied):
    """The process did not answer in time, and was ended."""


class Child:
    """One process, started when first asked and after it was stopped. Used by one thread at a time."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process's id, while there is one."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def send(self, request: Request) -> None:
        """Ask. Raises `ChildDied` (the process is gone then)."""
        if self.pid is None:
            self.stop()
            self._process = subprocess.Popen(
                [sys.executable, "-m", self._module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        assert self._process is not None
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
        except OSError as error:
            self.stop()
            raise ChildDied from error

    def receive(self, seconds: float) -> tuple[bytes, bytes]:
        """The next answer: its status byte and its body. Raises `ChildDied`, `ChildTooSlow` (the process is gone then)."""
        deadline = time.monotonic() + seconds
        try:
            head = self._read(5, deadline)
            (length,) = struct.unpack(">I", head[1:])
            if length > LARGEST:
                raise ChildDied
            return head[:1], self._read(length, deadline)
        except ChildDied:
            self.stop()
            raise

    def _read(self, count: int, deadline: float) -> bytes:
        if self._process is None or self._process.stdout is None:
            raise ChildDied
        file = self._process.stdout.fileno()
        parts = bytearray()
        while len(parts) < count:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([file], [], [], left)[0]:
                raise ChildTooSlow
            block = os.read(file, min(count - len(parts), 1 << 20))
            if not block:
                raise ChildDied
            parts += block
        return bytes(parts)

    def stop(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


class Answers:
    """The child's side: its requests, and the way to answer them."""

    def __init__(self, *, memory: int) -> None:
        """Limit this process to `memory` bytes of address space, no files written, and its parent's life."""
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
        self._out: BinaryIO = os.fdopen(os.dup(1), "wb")
        gc.freeze()
        gc.set_threshold(20_000, 50, 100)  # few cycles are made, and lists of a page's characters are long to walk
        os.dup2(2, 1)  # what a library prints must not get between the answers

    def requests(self) -> Iterator[dict[str, Any]]:
        for line in sys.stdin.buffer:
            yield json.loads(line)

    def answer(self, status: bytes, body: bytes) -> None:
        self._out.write(status + struct.pack(">I", len(body)) + body)
        self._out.flush()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
