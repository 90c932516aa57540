"""Pages of a PDF, read in a process of its own: a page that hangs or crashes pdfium costs only its own text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from fanwen.intake.child import Child, ChildDied, ChildTooSlow
from fanwen.intake.layout import PackedPage
from fanwen.intake.page_process import COUNT, END, FAILED, unpacked
from fanwen.intake.types import IntakeError

SECONDS = 20.0
"""The longest that a page may take to read."""
FAILURES = 3
"""Pages of a document that may hang or crash; with more it is given up."""


class Pager:
    """One process, started when first needed and replaced when it dies. Used by one thread at a time."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._child = Child("fanwen.intake.page_process")
        self._seconds = seconds

    def read_pages(self, pdf: Path, *, limit: int) -> Iterator[PackedPage]:
        """As `fanwen.intake.pdf.read_pages`, with the lines packed as they are kept.

        A page that hangs or crashes is given empty at A4 size. Raises what `read_pages` does, and for more than `FAILURES`
        such pages, or when the document is left with no other page, `timeout` or `converter_died`.
        """
        number, failures, lost = 1, 0, 0
        last_failure: IntakeError | None = None
        while True:
            count = 0
            try:
                for answer in self._answers(pdf, limit, number):
                    if isinstance(answer, int):
                        count = answer
                        continue
                    yield answer
                    number = answer.number + 1
                break
            except ChildDied as error:
                failures += 1
                last_failure = _cause(error, self._seconds)
                if not count and failures == 1 and not isinstance(error, ChildTooSlow):
                    continue  # it may have been killed from outside, while it waited
                if failures > FAILURES or not count:
                    raise last_failure from error
                lost += 1
            yield PackedPage(number, 595.0, 842.0, "")
            number += 1
            if number > count:
                break
        if last_failure is not None and lost == number - 1:
            raise last_failure

    def _answers(self, pdf: Path, limit: int, first: int) -> Iterator[int | PackedPage]:
        """The number of pages, then each from `first`."""
        self._child.send({"pdf": str(pdf.absolute()), "limit": limit, "first": first})
        try:
            while True:
                status, body = self._child.receive(self._seconds)
                if status == END:
                    return
                if status == FAILED:
                    failure = json.loads(body)
                    raise IntakeError(failure["code"], permanent=failure["permanent"], **failure["params"])
                yield int(body) if status == COUNT else unpacked(body)
        except GeneratorExit:
            self._child.stop()  # the rest of the answers is wanted by nobody
            raise

    def close(self) -> None:
        self._child.stop()


def _cause(error: ChildDied, seconds: float) -> IntakeError:
    if isinstance(error, ChildTooSlow):
        return IntakeError("timeout", seconds=round(seconds))
    return IntakeError("converter_died")
