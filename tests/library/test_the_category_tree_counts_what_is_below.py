from __future__ import annotations

import pytest

from fanwen.library.actions.make_category import make_category
from fanwen.library.catalogue import category_path, category_tree, in_category
from fanwen.library.models import Document, Original

pytestmark = pytest.mark.django_db


def _document(name: str, path: str) -> Document:
    return Document.objects.create(
        title=name,
        original_name=name,
        original=Original.objects.create(sha256=name, size=1),
        category=make_category(path),
    )


def test_a_path_makes_its_categories_once() -> None:
    assert make_category("办公/总结") == make_category(" 办公 / 总结 ")
    assert make_category("") is None
    assert category_path(make_category("办公/总结")) == ["办公", "总结"]


def test_a_parent_counts_its_children_s_documents() -> None:
    _document("a", "办公/总结")
    _document("b", "办公/通知")
    _document("c", "办公")
    [office] = category_tree()
    assert office.documents == 3
    assert {child.category.name: child.documents for child in office.children} == {"总结": 1, "通知": 1}


def test_a_category_lists_what_is_below_it() -> None:
    inner = _document("a", "办公/总结")
    _document("b", "教学")
    office = make_category("办公")
    assert office is not None
    assert list(in_category(office)) == [inner]
