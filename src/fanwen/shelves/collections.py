"""Named, ordered lists of documents that people put together."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet

from fanwen.library import catalogue
from fanwen.library.models import Document
from fanwen.shelves.models import Collection, Entry

MOST_DOCUMENTS = 1000
MOST_OF_ONE = 200
"""Collections of one person."""

COVERS = 3
"""Documents whose first page stands for a collection."""


class Full(Exception):
    """No more documents, or collections, may be added."""


def seen_by(user: Any) -> QuerySet[Collection]:
    """Public collections and the user's own; with None the public ones."""
    seen = Q(public=True)
    if user is not None and user.is_authenticated:
        seen |= Q(owner=user)
    return Collection.objects.select_related("owner__profile").filter(seen)


def collection(key: str, user: Any) -> Collection | None:
    return seen_by(user).filter(key=key).first()


def of(user: Any) -> QuerySet[Collection]:
    """The user's own, the latest changed first."""
    return Collection.objects.select_related("owner__profile").filter(owner=user)


def of_others(user: Any) -> QuerySet[Collection]:
    """Public collections that are not the user's own, those worth seeing first."""
    others = (
        Collection.objects.select_related("owner__profile").filter(public=True).order_by("-worth_seeing", "-changed_at")
    )
    return others.exclude(owner=user) if user.is_authenticated else others


def holding(user: Any, document: Document) -> QuerySet[Collection]:
    """The user's own, each with `holds`: whether `document` stands in it."""
    return of(user).annotate(holds=Exists(Entry.objects.filter(collection=OuterRef("pk"), document=document)))


def may_change(user: Any, found: Collection) -> bool:
    """The owner, and staff where it is public."""
    return bool(user.is_authenticated and (found.owner_id == user.pk or (user.is_staff and found.public)))


def shown(collections: QuerySet[Collection]) -> QuerySet[Collection]:
    """`collections` with `size`, the number of documents that readers see, and `first`, their first documents."""
    listed = catalogue.listed().filter(status=Document.Status.READY)
    first = Entry.objects.filter(document__in=listed).select_related("document__original").order_by("position", "id")
    return collections.annotate(
        size=Count("entries", filter=Q(entries__document__in=listed.values("pk")))
    ).prefetch_related(Prefetch("entries", queryset=first[:COVERS], to_attr="first"))


def worth_seeing(count: int) -> list[Collection]:
    """Public collections that staff marked, with something in them."""
    marked = Collection.objects.select_related("owner__profile").filter(public=True, worth_seeing=True)
    return list(shown(marked).filter(size__gt=0)[:count])


def documents_of(found: Collection, user: Any) -> QuerySet[Document]:
    """What `user` sees of the collection, in its order: a private document is there for its uploader alone."""
    return catalogue.known_to(user).filter(entries__collection=found).order_by("entries__position", "entries__pk")


def make(owner: Any, name: str, description: str = "", *, public: bool = False) -> Collection:
    """Raises `Full` where the owner has too many."""
    if Collection.objects.filter(owner=owner).count() >= MOST_OF_ONE:
        raise Full
    return Collection.objects.create(owner=owner, name=name, description=description, public=public)


def mark(found: Collection, worth_seeing: bool) -> None:
    """Put it on the home page, or take it from there."""
    Collection.objects.filter(pk=found.pk).update(worth_seeing=worth_seeing)


def add(found: Collection, document: Document) -> bool:
    """Put `document` at the end; False where it stands there already. Raises `Full`."""
    with transaction.atomic():
        if found.entries.filter(document=document).exists():
            return False
        if found.entries.count() >= MOST_DOCUMENTS:
            raise Full
        last = found.entries.aggregate(last=Max("position"))["last"]
        found.entries.create(document=document, position=0 if last is None else last + 1)
        found.save(update_fields=["changed_at"])
    return True


def remove(found: Collection, document: Document) -> None:
    with transaction.atomic():
        if found.entries.filter(document=document).delete()[0]:
            found.save(update_fields=["changed_at"])


def move(found: Collection, document: Document, by: int, user: Any) -> None:
    """Move `document` by so many of the places that `user` sees, towards the beginning where negative, as far as there
    are any."""
    with transaction.atomic():
        entries = {entry.document_id: entry for entry in found.entries.all()}
        seen = list(documents_of(found, user).values_list("pk", flat=True))
        if document.pk not in seen:
            return
        at = seen.index(document.pk)
        to = min(max(at + by, 0), len(seen) - 1)
        order = [key for key in entries if key != document.pk]
        if to != at:
            order.insert(order.index(seen[to]) + (to > at), document.pk)
            for position, key in enumerate(order):
                entries[key].position = position
            Entry.objects.bulk_update(entries.values(), ["position"], batch_size=200)
            found.save(update_fields=["changed_at"])
