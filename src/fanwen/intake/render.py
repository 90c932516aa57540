"""Page images on demand, drawn in processes of their own: a page that hangs or crashes pdfium costs only itself."""

from __future__ import annotations

import threading
from collections import deque
from pathlib import Path
from types import TracebackType

from fanwen.intake.child import Child, ChildDied, ChildTooSlow, Request
from fanwen.intake.draw import IMAGES, ImageFormat
from fanwen.intake.render_process import DONE, NO_PAGE
from fanwen.intake.types import IntakeError

SMALLEST, WIDEST = 16, 4000
"""Pixels: a width beyond these is drawn at the nearer of them."""
SECONDS = 20.0
"""The longest a page may take to draw."""
PAGES = 2000
"""Pages after which a process is replaced, so that what it has leaked goes with it."""


class _Renderer:
    """One process and what it was asked. Used by one thread at a time."""

    def __init__(self) -> None:
        self._child = Child("fanwen.intake.render_process")
        self._drawn = 0
        self.last = ""

    @property
    def pid(self) -> int | None:
        return self._child.pid

    def render(self, request: Request, seconds: float) -> tuple[bytes, bytes]:
        """Status byte and body. Raises `ChildDied` (the process is gone then)."""
        if self._child.pid is None or self._drawn >= PAGES:
            self.stop()
        self._child.send(request)
        answer = self._child.receive(seconds)
        self._drawn += 1
        self.last = str(request["pdf"])
        return answer

    def stop(self) -> None:
        self._child.stop()
        self._drawn, self.last = 0, ""


class Renderers:
    """Up to `count` processes that draw pages, started when first needed and replaced when they die.

    Safe to call from any number of threads; those that must wait are served in the order they came. A document goes to
    the process that has it open already, when that one is free.
    """

    def __init__(self, count: int, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._idle: list[_Renderer] = [_Renderer() for _ in range(max(1, count))]
        self._waiting: deque[_Place] = deque()
        self._closed = False

    def render(self, pdf: Path, page: int, width: int, image: ImageFormat = "webp") -> bytes:
        """Page `page` (from 1) of `pdf` as an image file, `width` pixels wide (`SMALLEST` to `WIDEST`).

        Raises `IndexError` for a page the document has not, and `IntakeError("page_not_drawn")` when it can't be drawn,
        takes too long, or stops two processes.
        """
        if image not in IMAGES:
            raise ValueError(f"image is {image!r}; one of {', '.join(IMAGES)} is expected")
        request: Request = {
            "pdf": str(pdf.absolute()),
            "page": page,
            "width": min(max(width, SMALLEST), WIDEST),
            "image": image,
        }
        renderer = self._take(str(request["pdf"]))
        try:
            status, body = self._ask(renderer, request)
        finally:
            self._give_back(renderer)
        if status == NO_PAGE:
            raise IndexError(page)
        if status != DONE:
            raise IntakeError("page_not_drawn", page=page, detail=body.decode(errors="replace"))
        return body

    def _ask(self, renderer: _Renderer, request: Request) -> tuple[bytes, bytes]:
        try:
            return renderer.render(request, self._seconds)
        except ChildTooSlow as error:
            raise IntakeError("page_not_drawn", page=request["page"], detail="too slow") from error
        except ChildDied:
            # It may have been killed from outside, or died of an earlier page: once more, in a new one.
            try:
                return renderer.render(request, self._seconds)
            except ChildDied as error:
                raise IntakeError("page_not_drawn", page=request["page"], detail="crashed") from error

    def _take(self, pdf: str) -> _Renderer:
        with self._lock:
            if self._closed:
                raise RuntimeError("the renderers are closed")
            if self._idle and not self._waiting:
                chosen = next((one for one in self._idle if one.last == pdf), self._idle[0])
                self._idle.remove(chosen)
                return chosen
            place = _Place()
            self._waiting.append(place)
        place.ready.wait()
        if place.renderer is None:
            raise RuntimeError("the renderers are closed")
        return place.renderer

    def _give_back(self, renderer: _Renderer) -> None:
        with self._lock:
            if self._closed:
                renderer.stop()
            elif self._waiting:
                place = self._waiting.popleft()
                place.renderer = renderer
                place.ready.set()
            else:
                self._idle.append(renderer)

    def close(self) -> None:
        """End the processes; those still drawing end when they are done."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            while self._waiting:
                self._waiting.popleft().ready.set()
        for renderer in idle:
            renderer.stop()

    def __enter__(self) -> Renderers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Place:
    """A place in the queue."""

    def __init__(self) -> None:
        self.ready = threading.Event()
        self.renderer: _Renderer | None = None
