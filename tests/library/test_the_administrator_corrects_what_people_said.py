from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from fanwen.config.folders import Folders
from fanwen.library.models import Category, Document
from fanwen.search.app.models import Change
from tests.factories import make_category, make_document, make_user


@pytest.fixture
def administrator(client: Client, db: None, tmp_path: Path, settings: Any) -> Client:
    settings.FOLDERS = Folders(tmp_path)
    settings.FOLDERS.make()
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


def test_a_corrected_title_is_kept_and_indexed(administrator: Client) -> None:
    document = make_document(title="Wrong")
    Change.objects.all().delete()
    data = {"title": "Right", "description": "", "category": make_category().pk, "tags": [], "visibility": "public"}
    data["shown_as"] = "full"
    data["uploader"] = make_user().pk
    response = administrator.post(f"/admin/library/document/{document.pk}/change/", data)
    assert response.status_code == 302
    document.refresh_from_db()
    assert (document.title, document.title_given) == ("Right", True)
    assert Change.objects.filter(number=document.number).exists()


def test_a_deleted_document_takes_its_files_along(
    administrator: Client, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    document = make_document()
    path = settings.FOLDERS.original(document.original_id)
    with django_capture_on_commit_callbacks(execute=True):
        administrator.post(f"/admin/library/document/{document.pk}/delete/", {"post": "yes"})
    assert not Document.objects.exists()
    assert not path.exists()


def test_documents_outlive_their_category_and_are_indexed_anew(administrator: Client) -> None:
    root = make_category("Root")
    document = make_document(category=make_category("Child", root))
    Change.objects.all().delete()
    administrator.post(f"/admin/library/category/{root.pk}/delete/", {"post": "yes"})
    assert not Category.objects.exists()
    document.refresh_from_db()
    assert document.category is None
    assert Change.objects.filter(number=document.number).exists()


def test_documents_are_not_made_here(administrator: Client) -> None:
    assert administrator.get("/admin/library/document/add/").status_code == 403
    for name in ("document", "category", "tag"):
        assert administrator.get(f"/admin/library/{name}/").status_code == 200


def test_the_administration_speaks_chinese(administrator: Client) -> None:
    make_document(category=make_category(), tags=["coast"])
    pages = [
        administrator.get(address, HTTP_ACCEPT_LANGUAGE="zh-CN").content.decode()
        for address in ("/admin/", "/admin/library/document/", "/admin/library/category/add/", "/admin/library/tag/")
    ]
    for word in ("文库管理", "文档编号", "页数", "上级分类", "标签"):
        assert any(word in page for page in pages), word
    for word in ("Django", "Library", "Shelves", "Page count", "Tags"):
        assert not any(f">{word}" in page for page in pages), word
