"""Documents of the catalogue as the index takes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import timezone

from fanwen.blanks.app.models import Template
from fanwen.library.catalogue import published
from fanwen.library.models import Category, Document, Page
from fanwen.search.types import IndexedDocument, IndexedPage

_AT_ONCE = 100


def documents(numbers: Iterable[str]) -> Iterator[IndexedDocument]:
    """Those of the documents `numbers` that exist and are public, one at a time with their pages, in no particular
    order."""
    wanted = list(dict.fromkeys(numbers))
    trails = _Trails()
    for start in range(0, len(wanted), _AT_ONCE):
        found = (
            published()
            .filter(number__in=wanted[start : start + _AT_ONCE])
            .select_related("uploader")
            .prefetch_related("tags")
        )
        filled_in = Template.objects.filter(document__in=found, fillable=True, slots__gt=0)
        templates = set(filled_in.values_list("document_id", flat=True))
        for document in found:
            yield _indexed(document, trails, document.pk in templates)


def _indexed(document: Document, trails: _Trails, template: bool) -> IndexedDocument:
    keys, names = trails.of(document.category_id)
    pages = Page.objects.filter(document=document).order_by("number").values_list("number", "text")
    keywords = [keyword for keyword in document.keywords if isinstance(keyword, str)]
    return IndexedDocument(
        number=document.number,
        title=document.title,
        tags=tuple(dict.fromkeys([*(tag.name for tag in document.tags.all()), *keywords])),
        description=document.description,
        categories=keys,
        category="/".join(names),
        format=document.format,
        year=timezone.localtime(document.uploaded_at).year,
        uploader=document.uploader.get_username() if document.uploader and document.shown_as == "full" else "",
        uploaded_at=int(document.uploaded_at.timestamp()),
        page_count=document.page_count,
        reads=document.reads,
        template=template,
        pages=tuple(IndexedPage(number, text) for number, text in pages.iterator(chunk_size=500)),
    )


class _Trails:
    """The ways from the root to each category, read once."""

    def __init__(self) -> None:
        self._categories = {
            key: (parent, name) for key, parent, name in Category.objects.values_list("pk", "parent_id", "name")
        }

    def of(self, key: int | None) -> tuple[tuple[int, ...], list[str]]:
        """Keys and names from the root to the category `key`."""
        keys: list[int] = []
        names: list[str] = []
        while key in self._categories and key not in keys:
            parent, name = self._categories[key]
            keys.insert(0, key)
            names.insert(0, name)
            key = parent
        return tuple(keys), names
