"""Documents that resemble one another, worked out once for each commit of the index."""

from __future__ import annotations

import threading

from fanwen.library.models import Document, Page
from fanwen.search.app.live import engine

_READ = 20
"""Pages of a document from which related ones are found."""
_MOST_KEPT = 2000

_lock = threading.Lock()
_kept: dict[tuple[str, int], list[tuple[str, float]]] = {}
_kept_of: object = None


def resembling(number: str, limit: int) -> list[tuple[str, float]]:
    """Numbers of documents that resemble document `number`, with their scores, best first; whether they may be shown is
    for the caller to see."""
    global _kept_of
    view, key = engine().view(), (number, limit)
    with _lock:
        if _kept_of is not view:
            _kept.clear()
            _kept_of = view
        if key in _kept:
            return _kept[key]
    found = _looked_for(number, limit)
    with _lock:
        if _kept_of is view and len(_kept) < _MOST_KEPT:
            _kept[key] = found
    return found


def _looked_for(number: str, limit: int) -> list[tuple[str, float]]:
    document = Document.objects.filter(number=number).only("title").first()
    if document is None:
        return []
    texts = Page.objects.filter(document=document).order_by("number").values_list("text", flat=True)
    return engine().related(number, "\n\n".join(texts[:_READ]), title=document.title, limit=limit)
