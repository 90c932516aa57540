from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from fanwen.library.models import Document
from fanwen.reading import reads
from fanwen.shelves import most_read
from fanwen.shelves.models import DayReads
from tests.factories import make_document


def read_on(document: Document, days_ago: int, times: int) -> None:
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    DayReads.objects.create(document=document, day=day, reads=times)


def test_reads_of_seven_days_count(english: Client) -> None:
    much, some, once = make_document(title="Much"), make_document(title="Some"), make_document(title="Once")
    for days_ago in (0, 3, 6):
        read_on(some, days_ago, 2)
    read_on(much, 1, 7)
    read_on(once, 7, 100)
    assert most_read.of_the_week(5) == [much, some]
    assert "Most read this week" in english.get("/").content.decode()


def test_reading_is_counted_by_day(english: Client) -> None:
    document = make_document()
    for _ in range(3):
        english.get(document.get_absolute_url())
    reads.write()
    english.get(document.get_absolute_url())
    reads.write()
    assert list(DayReads.objects.values_list("document", "day", "reads")) == [(document.pk, timezone.localdate(), 4)]


def test_old_days_are_forgotten() -> None:
    old, new = make_document(), make_document()
    read_on(old, most_read.KEPT, 5)
    read_on(old, most_read.KEPT - 1, 5)
    most_read.add({new.pk: 1})
    assert sorted(DayReads.objects.values_list("document", "reads")) == [(old.pk, 5), (new.pk, 1)]


def test_a_document_deleted_meanwhile_is_passed_over() -> None:
    most_read.add({424242: 3})
    assert not DayReads.objects.exists()


@pytest.mark.parametrize("status", ["failed", "working"])
def test_only_what_can_be_read_is_shown(status: str) -> None:
    document = make_document(status=status, family="word")
    read_on(document, 0, 5)
    assert most_read.of_the_week(5) == []
