"""The process that reads a PDF's pages for `fanwen.intake.pager`: `python -m fanwen.intake.page_process`.

A request names a `pdf`, the most pages it may have (`limit`) and the `first` to read; it is answered page by page.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from fanwen.intake.child import Answers
from fanwen.intake.layout import pack, unpack
from fanwen.intake.pdf import page_count, read_pages
from fanwen.intake.types import IntakeError, PageContent

COUNT, PAGE, END, FAILED = b"C", b"P", b"E", b"F"
MEMORY = 3 * 1024**3


def packed(page: PageContent) -> bytes:
    lines = base64.b64encode(pack(page.lines)).decode()
    return json.dumps([page.number, page.width, page.height, page.text, lines]).encode()


def unpacked(body: bytes) -> PageContent:
    number, width, height, text, lines = json.loads(body)
    return PageContent(number, width, height, text, unpack(base64.b64decode(lines)))


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
