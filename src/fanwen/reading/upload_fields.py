"""What people say about the files they upload."""

from __future__ import annotations

from collections.abc import Iterator

from fanwen.library import catalogue
from fanwen.library.catalogue import Branch

MOST_TAGS = 20


def tags_of(typed: str) -> list[str]:
    """Tags parted by Latin or Chinese commas, each once."""
    for mark in "，、；;":
        typed = typed.replace(mark, ",")
    names = [" ".join(name.split())[:50] for name in typed.split(",")]
    return list(dict.fromkeys(name for name in names if name))[:MOST_TAGS]


def category_choices() -> list[tuple[int, str]]:
    """Every category in the tree's order: its key and its path, for a select."""
    return list(_paths(catalogue.category_tree(), ""))


def _paths(branches: list[Branch], before: str) -> Iterator[tuple[int, str]]:
    for branch in branches:
        path = f"{before}{branch.category.name}"
        yield branch.category.pk, path
        yield from _paths(branch.children, f"{path} / ")
