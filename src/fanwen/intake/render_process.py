"""The process that draws page images: `python -m fanwen.intake.render_process`.

Reads a request a line on standard input, `{"pdf", "page", "width", "image"}` as JSON, and answers on standard output with
one status byte, the length as four bytes (big endian) and the image, or the cause of the failure. It ends at the end of
its input, and when its parent is gone. A few documents stay open, because opening one of thousands of pages again for
each page would cost more than the page.
"""

from __future__ import annotations

import json
import os
import resource
import struct
import sys
import threading
import time
from collections import OrderedDict
from pathlib import Path
from typing import Any, BinaryIO

import pypdfium2 as pdfium

from fanwen.intake.draw import draw

DONE, FAILED, NO_PAGE = b"\0", b"\1", b"\2"
OPEN_DOCUMENTS = 4
MEMORY = 2 * 1024**3
"""Bytes of address space; a page that needs more ends this process and nothing else."""

_Key = tuple[str, int, int]


class _Documents:
    """Open documents by path, size and time of change; the one not used for longest is closed first."""

    def __init__(self) -> None:
        self._open: OrderedDict[_Key, pdfium.PdfDocument] = OrderedDict()

    def get(self, path: str) -> pdfium.PdfDocument:
        status = Path(path).stat()
        key = (path, status.st_size, status.st_mtime_ns)
        if key in self._open:
            self._open.move_to_end(key)
            return self._open[key]
        document = pdfium.PdfDocument(path)
        if document.get_formtype():
            document.init_forms()
        self._open[key] = document
        while len(self._open) > OPEN_DOCUMENTS:
            self._open.popitem(last=False)[1].close()
        return document


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    documents = _Documents()
    for line in requests:
        status, body = _answer(documents, json.loads(line))
        answers.write(status + struct.pack(">I", len(body)) + body)
        answers.flush()


def _answer(documents: _Documents, request: dict[str, Any]) -> tuple[bytes, bytes]:
    try:
        return DONE, draw(documents.get(request["pdf"]), request["page"], request["width"], request["image"])
    except IndexError:
        return NO_PAGE, b""
    except (pdfium.PdfiumError, OSError, ValueError, MemoryError) as error:
        return FAILED, f"{type(error).__name__}: {error}".encode()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
