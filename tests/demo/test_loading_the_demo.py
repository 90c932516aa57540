from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from fanwen.demo import catalogue
from fanwen.demo.catalogue import read as read_catalogue
from fanwen.demo.load import Loaded, load
from fanwen.library.models import Category, Document
from fanwen.shelves.models import Collection, DayReads

pytestmark = pytest.mark.django_db

SOME = ["老街片区停水通知.txt", "致蓝飘带志愿者的感谢信.docx", "学生资助申请表.doc"]


@pytest.fixture(autouse=True)
def small_catalogue(monkeypatch: pytest.MonkeyPatch) -> catalogue.Catalogue:
    """Three documents stand for all."""
    whole = catalogue.read()
    some = catalogue.Catalogue(
        whole.uploaders, tuple(entry for entry in whole.entries if entry.name in SOME), whole.collections, {SOME[2]: 20}
    )
    monkeypatch.setattr(catalogue, "read", lambda: some)
    return some


def test_documents_come_with_category_tags_uploader_and_date() -> None:
    assert load() == Loaded(added=3, already_there=0)
    document = Document.objects.get(original_name="致蓝飘带志愿者的感谢信.docx")
    assert document.category is not None
    assert [category.name for category in document.category.trail()] == ["表格模板", "证明信函"]
    assert sorted(document.tags.values_list("name", flat=True)) == ["信函", "志愿服务"]
    assert document.uploader.get_full_name() == "顾怀瑾"
    assert document.uploaded_at.isoformat() == "2025-12-25T01:00:00+00:00"
    assert not document.title_given


def test_a_given_title_is_kept() -> None:
    load()
    assert not Document.objects.filter(title_given=True).exists()
    assert Document.objects.get(original_name="老街片区停水通知.txt").title == "老街片区停水通知"


def test_nobody_can_sign_in_as_an_uploader() -> None:
    load()
    accounts = get_user_model().objects.all()
    assert len(accounts) == 3
    assert not any(account.has_usable_password() for account in accounts)


def test_a_second_call_adds_nothing() -> None:
    load()
    before = list(Document.objects.values_list("number", flat=True)), Category.objects.count()
    assert load() == Loaded(added=0, already_there=3)
    assert (list(Document.objects.values_list("number", flat=True)), Category.objects.count()) == before


def test_a_load_that_was_cut_off_goes_on(monkeypatch: pytest.MonkeyPatch, small_catalogue: Any) -> None:
    first = catalogue.Catalogue(small_catalogue.uploaders, small_catalogue.entries[:1])
    monkeypatch.setattr(catalogue, "read", lambda: first)
    load()
    monkeypatch.setattr(catalogue, "read", lambda: small_catalogue)
    assert load() == Loaded(added=2, already_there=1)
    assert Document.objects.count() == 3


def test_readers_left_collections_and_reads_behind() -> None:
    load()
    form = Document.objects.get(original_name="学生资助申请表.doc")
    made = Collection.objects.get()
    assert (made.name, made.public) == ("一张表就够", True)
    assert list(made.entries.values_list("document", flat=True)) == [form.pk]
    assert sum(DayReads.objects.values_list("reads", flat=True)) == 20
    assert form.reads > 20
    load()
    assert Collection.objects.count() == 1
    assert sum(DayReads.objects.values_list("reads", flat=True)) == 20


def test_collections_name_documents_of_the_demo() -> None:
    whole = read_catalogue()
    names = {entry.name for entry in whole.entries}
    assert {name for each in whole.collections for name in each.documents} <= names
    assert set(whole.read) <= names
    assert any(each.worth_seeing for each in whole.collections)


def test_no_file_is_left_in_the_run_folder(settings: Any) -> None:
    load()
    assert [path for path in Path(settings.FOLDERS.run).iterdir() if path.name.startswith("demo-")] == []
