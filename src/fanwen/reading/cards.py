"""A document in a list: thumbnail, title, what it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fanwen.library.models import Document, Page
from fanwen.reading import rendering

_THUMBNAIL = 160


@dataclass(frozen=True)
class Card:
    document: Document
    image: str
    """Address of the first page's image; empty while there is none."""
    image_set: str
    width: int
    height: int
    confirmed: bool = False
    """An editor vouches for it as a template."""


def cards(documents: Iterable[Document]) -> list[Card]:
    """A card for each of `documents`, in their order, with one query for all first pages."""
    documents = list(documents)
    sizes = {
        key: (width, height, confirmed_at is not None)
        for key, width, height, confirmed_at in Page.objects.filter(document__in=documents, number=1).values_list(
            "document_id", "width", "height", "document__template__confirmed_at"
        )
    }
    return [_card(document, sizes.get(document.pk)) for document in documents]


def _card(document: Document, size: tuple[float, float, bool] | None) -> Card:
    version = rendering.version(document) if size else ""
    if not size or not version:
        return Card(document, "", "", _THUMBNAIL, round(_THUMBNAIL * 1.414))
    width, height, confirmed = size
    address = rendering.image_path(document, version, 1, _THUMBNAIL)
    larger = rendering.image_path(document, version, 1, 400)
    tall = round(_THUMBNAIL * height / width)
    return Card(document, address, f"{address} 160w, {larger} 400w", _THUMBNAIL, tall, confirmed)
