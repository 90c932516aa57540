"""A list's queries do not grow with the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from fanwen.library.models import Category
from fanwen.shelves import collections, most_read
from fanwen.shelves.models import Collection
from tests.factories import make_category, make_document, make_user


@pytest.fixture
def library(index: Callable[[], None]) -> str:
    """Fifteen documents in a tree; the number of one."""
    user = make_user()
    child = make_category("Child", make_category("Root"))
    number = ""
    for at in range(15):
        document = make_document(
            [f"lighthouse {at} page {page}" for page in range(8)], category=child, uploader=user, tags=[f"tag{at % 3}"]
        )
        number = document.number
        if at % 3 == 0:
            made = collections.make(user, f"Collection {at}", public=True)
        collections.add(made, document)
        collections.mark(made, True)
        most_read.add({document.pk: at + 1})
    index()
    return number


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/", 9),
        ("/all/", 5),
        ("/c/{category}/", 8),
        ("/u/{uploader}/", 6),
        ("/t/tag1/", 6),
        ("/tags/", 3),
        ("/categories/", 2),
        ("/search/?q=lighthouse", 12),
        ("/search/feed/?q=lighthouse", 6),
        ("/feed/", 3),
        ("/collections/", 5),
        ("/collections/{collection}/", 5),
        ("/d/{number}/", 20),
    ],
)
def test_few_queries(client: Client, library: str, address: str, most: int, django_assert_max_num_queries: Any) -> None:
    path = address.format(
        number=library,
        category=Category.objects.get(name="Root").pk,
        uploader=User.objects.get().pk,
        collection=getattr(Collection.objects.first(), "key", ""),
    )
    client.get(path)
    with django_assert_max_num_queries(most):
        assert client.get(path).status_code == 200
