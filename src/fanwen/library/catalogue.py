"""What pages, commands and other rooms ask of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from fanwen.library.models import Category, Document, Tag

_SHOWN = Q(documents__visibility=Document.Visibility.PUBLIC)


@dataclass
class Branch:
    """A category with its children and how many documents are listed in it and below it."""

    category: Category
    documents: int = 0
    children: list[Branch] = field(default_factory=list)


def document(number: str, *, versions: bool = False, alone: bool = False) -> Document | None:
    """The document with the public `number`, with what its page needs or `alone`; None where there is none. An earlier
    version of a document, which has a number of its own, counts with `versions` only."""
    found = Document.objects.filter(number=number).order_by()
    if not versions:
        found = found.filter(version_of=None)
    if not alone:
        found = found.select_related("category__parent", "uploader", "original")
    return next(iter(found), None)


def earlier_versions(document: Document) -> QuerySet[Document]:
    """What `document` was before, newest first."""
    return document.versions.filter(version__gt=0).select_related("original", "version_of").order_by("-version")


def waiting_version(document: Document) -> Document | None:
    """The new version of `document` that is being prepared, or could not be."""
    return document.versions.filter(version=0).select_related("original", "version_of").first()


def published() -> QuerySet[Document]:
    """Every document that anyone may know of; lists, search and what machines are told start here."""
    return Document.objects.filter(visibility=Document.Visibility.PUBLIC)


def listed() -> QuerySet[Document]:
    """Every document that lists show, newest first."""
    return published().select_related("category", "uploader", "original").defer("properties")


def uploaded_by(user: Any) -> QuerySet[Document]:
    """All documents of `user`, private ones too, newest first."""
    return (
        Document.objects.filter(uploader=user, version_of=None)
        .select_related("category", "uploader", "original")
        .defer("properties")
    )


def known_to(user: Any) -> QuerySet[Document]:
    """What `user` may find in lists: everything public, and their own private documents; newest first."""
    known = Q(visibility=Document.Visibility.PUBLIC)
    if user is not None and user.is_authenticated:
        known |= Q(uploader=user)
    return (
        Document.objects.filter(known, version_of=None)
        .select_related("category", "uploader", "original")
        .defer("properties")
    )


def with_bytes(sha256: str, user: Any = None) -> Document | None:
    """The document that has these bytes already, as far as `user` may know of it: a stranger's private document is no
    answer. Without a `user` (the command line without accounts) it is a public one or one that nobody uploaded."""
    found = Document.objects.filter(original=sha256, version_of=None).order_by("pk")
    if not getattr(user, "is_staff", False):
        found = found.filter(Q(visibility=Document.Visibility.PUBLIC) | Q(uploader=user))
    return found.first()


def newest(count: int) -> list[Document]:
    return list(listed().filter(status=Document.Status.READY)[:count])


def in_category(category: Category) -> QuerySet[Document]:
    """Documents of `category` and of every category below it."""
    return listed().filter(category__in=below(category))


def below(category: Category) -> list[int]:
    """Keys of `category` and of all categories below it."""
    children: dict[int | None, list[int]] = {}
    for key, parent in Category.objects.values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(key)
    found, waiting = [], [category.pk]
    while waiting:
        key = waiting.pop()
        found.append(key)
        waiting += children.get(key, [])
    return found


def category_tree() -> list[Branch]:
    """The whole tree from its roots, with counts."""
    branches = {
        category.pk: Branch(category, category.count)
        for category in Category.objects.annotate(count=Count("documents", filter=_SHOWN))
    }
    roots: list[Branch] = []
    for branch in branches.values():
        parent = branches.get(branch.category.parent_id) if branch.category.parent_id else None
        (parent.children if parent else roots).append(branch)

    def total(branch: Branch) -> int:
        branch.documents += sum(total(child) for child in branch.children)
        return branch.documents

    for root in roots:
        total(root)
    return roots


def category_path(category: Category | None) -> list[str]:
    """Names from the root to `category`; empty for none."""
    return [step.name for step in category.trail()] if category else []


def tags() -> QuerySet[Tag]:
    """Tags of public documents with their `count`, the most used first."""
    used = Tag.objects.annotate(count=Count("documents", filter=_SHOWN))
    return used.filter(count__gt=0).order_by("-count", "name")


def by(user: Any) -> QuerySet[Document]:
    """What readers are told that `user` uploaded: documents that bear the full name."""
    return listed().filter(uploader=user, shown_as=Document.ShownAs.FULL)


def by_uploader(found: Document, count: int) -> list[Document]:
    """More by the uploader of `found`."""
    if found.uploader_id is None or found.shown_as != Document.ShownAs.FULL:
        return []
    return list(by(found.uploader_id).filter(status=Document.Status.READY).exclude(pk=found.pk)[:count])
