from __future__ import annotations

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from fanwen.library.models import Page
from fanwen.library.packed_text import pack_text, unpack_text
from tests.factories import make_document

TEXT = "青禾镇资料室关于做好2024年度档案整理工作的通知。\n各村、各单位：" * 20


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_every_text_comes_back(text: str) -> None:
    assert unpack_text(pack_text(text)) == text


@given(st.binary(min_size=1, max_size=40))
def test_other_bytes_are_refused_by_a_named_error(stored: bytes) -> None:
    try:
        unpack_text(stored)
    except ValueError:
        pass
    else:
        assert stored[:1] == b"\x01"


@pytest.mark.django_db
def test_a_page_takes_few_bytes_and_reads_as_it_was_written() -> None:
    page = make_document().pages.get()
    Page.objects.filter(pk=page.pk).update(text=TEXT)
    assert Page.objects.get(pk=page.pk).text == TEXT
    assert Page.objects.values_list("text", flat=True).get(pk=page.pk) == TEXT
    with connection.cursor() as cursor:
        cursor.execute("SELECT length(text), typeof(text) FROM library_page WHERE id = %s", [page.pk])
        size, kind = cursor.fetchone()
    assert kind == "blob"
    assert size < len(TEXT.encode()) / 3


@pytest.mark.django_db
def test_what_an_earlier_version_stored_plainly_is_read() -> None:
    page = make_document().pages.get()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE library_page SET text = %s WHERE id = %s", [TEXT, page.pk])
    assert Page.objects.get(pk=page.pk).text == TEXT


@pytest.mark.django_db
def test_pages_without_text_are_found_and_no_other_is() -> None:
    empty, full = make_document().pages.get(), make_document().pages.get()
    Page.objects.filter(pk=empty.pk).update(text="")
    assert list(Page.objects.filter(text="")) == [empty]
    assert list(Page.objects.exclude(text="")) == [full]
    assert list(Page.objects.filter(text=full.text)) == [full]


def test_looking_into_it_with_the_database_is_an_error_not_a_wrong_answer() -> None:
    with pytest.raises(FieldError):
        Page.objects.filter(text__contains="档案")
