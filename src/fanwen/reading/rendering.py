"""Page images as the site addresses them, and the processes and the cache they come from."""

from __future__ import annotations

import threading
from pathlib import Path

from django.conf import settings

from fanwen.config.options import read
from fanwen.intake.app.rendition import rendition_of
from fanwen.intake.page_cache import PageCache
from fanwen.intake.render import Renderers
from fanwen.library.models import Document

WIDTHS = (160, 400, 800, 1000, 1200, 1600)
"""Pixels. Any other width is not served, so that the cache can't be filled with thousands of sizes."""

READING_WIDTHS = (400, 800, 1200, 1600)

_PROCESSES = 1
"""Renderer processes per web process: a page takes tens of milliseconds, and converters need the cores too."""

MOST_WAITING = 10
"""Images that may be in the making at once in a web process. It has more threads than that, so pages are answered
even while every renderer is busy with a slow PDF."""

_lock = threading.Lock()
_places = threading.BoundedSemaphore(MOST_WAITING)
_renderers: Renderers | None = None
_caches: dict[Path, PageCache] = {}


def version(document: Document) -> str:
    """Names the bytes an image is made of: the original's hash, and when its rendition was made (a retry may make a
    better one). Empty where there is no rendition."""
    try:
        made = rendition_of(document).stat().st_mtime_ns
    except OSError:
        return ""
    return f"{document.original_id[:16]}{made // 1_000_000 & 0xFFFFFFFF:08x}"


def image_path(document: Document, version: str, page: int, width: int) -> str:
    return f"/d/{document.number}/{version}/p{page}-{width}"


class Busy(Exception):
    """Too many images are in the making; asking again in a moment helps."""


def image(document: Document, version: str, page: int, width: int) -> bytes:
    """The image of a page, from the cache or made now. Raises `IntakeError` and `Busy`."""
    return image_of(rendition_of(document), version, page, width)


def image_of(pdf: Path, version: str, page: int, width: int) -> bytes:
    """The same of any PDF; `version` names its bytes. Raises `IndexError` for a page it has not, too."""

    def make() -> bytes:
        if not _places.acquire(blocking=False):
            raise Busy
        try:
            return renderers().render(pdf, page, width, image="auto")
        finally:
            _places.release()

    return page_cache().get(f"{version}-{page}-{width}", make)


def page_cache() -> PageCache:
    """This process's cache over the data folder's: two threads that want the same image wait for one rendering."""
    folder = settings.FOLDERS.cache / "pages"
    with _lock:
        if folder not in _caches:
            _caches[folder] = PageCache(folder, read("FANWEN_CACHE_MB") * 1024 * 1024)
        return _caches[folder]


def renderers() -> Renderers:
    """This process's renderers, started with the first image (after the web server has forked)."""
    global _renderers
    with _lock:
        if _renderers is None:
            _renderers = Renderers(_PROCESSES)
        return _renderers


def close() -> None:
    """End this process's renderers."""
    global _renderers
    with _lock:
        if _renderers is not None:
            _renderers.close()
            _renderers = None
