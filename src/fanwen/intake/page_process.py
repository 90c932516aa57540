"""The process that reads a PDF's pages for `fanwen.intake.pager`: `python -m fanwen.intake.page_process`.

A request names a `pdf`, the most pages it may have (`limit`) and the `first` to read; it is answered page by page.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

from fanwen.intake.child import Answers
from fanwen.intake.layout import PackedPage, pack
from fanwen.intake.pdf import page_count, read_pages
from fanwen.intake.types import IntakeError, PageContent

COUNT, PAGE, END, FAILED = b"C", b"P", b"E", b"F"
MEMORY = 3 * 1024**3


_HEAD = struct.Struct(">IddI")
"""Number, width, height and the length of the text in UTF-8, which follows; the layout is the rest."""


def packed(page: PageContent) -> bytes:
    text = page.text.encode()
    return _HEAD.pack(page.number, page.width, page.height, len(text)) + text + pack(page.lines)


def unpacked(body: bytes) -> PackedPage:
    number, width, height, length = _HEAD.unpack_from(body)
    end = _HEAD.size + length
    return PackedPage(number, width, height, body[_HEAD.size : end].decode(), body[end:])


def _answer(answers: Answers, request: dict[str, Any]) -> None:
    pdf, limit = Path(request["pdf"]), request["limit"]
    try:
        answers.answer(COUNT, b"%d" % page_count(pdf, limit=limit))
        for page in read_pages(pdf, limit=limit, first=request["first"]):
            answers.answer(PAGE, packed(page))
    except IntakeError as error:
        failure = {"code": error.code, "permanent": error.permanent, "params": error.params}
        answers.answer(FAILED, json.dumps(failure).encode())
    except (OSError, MemoryError) as error:
        failure = {"code": "damaged", "permanent": True, "params": {"detail": str(error)}}
        answers.answer(FAILED, json.dumps(failure).encode())
    else:
        answers.answer(END, b"")


def main() -> None:
    answers = Answers(memory=MEMORY)
    for request in answers.requests():
        _answer(answers, request)


if __name__ == "__main__":
    main()
