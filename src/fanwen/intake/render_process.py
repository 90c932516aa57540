"""The process that draws page images: `python -m fanwen.intake.render_process`, spoken to through `fanwen.intake.child`.

A request names a `pdf`, a `page`, a `width` and an `image` format; the answer is the image, or the cause of the failure.
A few documents stay open, because opening one of thousands of pages again for each page would cost more than the page.
"""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from fanwen.intake.child import Answers
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


def _answer(documents: _Documents, request: dict[str, Any]) -> tuple[bytes, bytes]:
    try:
        return DONE, draw(documents.get(request["pdf"]), request["page"], request["width"], request["image"])
    except IndexError:
        return NO_PAGE, b""
    except (pdfium.PdfiumError, OSError, ValueError, MemoryError) as error:
        return FAILED, f"{type(error).__name__}: {error}".encode()


def main() -> None:
    answers = Answers(memory=MEMORY)
    documents = _Documents()
    for request in answers.requests():
        answers.answer(*_answer(documents, request))


if __name__ == "__main__":
    main()
