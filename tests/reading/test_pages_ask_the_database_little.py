"""A list's queries do not grow with the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

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
    index()
    return number


@pytest.mark.parametrize(
    ("address", "most"),
    [("/", 9), ("/all/", 8), ("/c/{category}/", 12), ("/search/?q=lighthouse", 24), ("/d/{number}/", 24)],
)
def test_few_queries(client: Client, library: str, address: str, most: int, django_assert_max_num_queries: Any) -> None:
    from fanwen.library.models import Category

    path = address.format(number=library, category=Category.objects.get(name="Root").pk)
    client.get(path)
    with django_assert_max_num_queries(most):
        assert client.get(path).status_code == 200
