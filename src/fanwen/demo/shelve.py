"""What readers would have left behind in the demo library: reads, and collections of its documents."""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from fanwen.demo.catalogue import Catalogue
from fanwen.library.models import Document
from fanwen.shelves import collections, most_read
from fanwen.shelves.models import Collection

_DAY = (6, 5, 3, 4, 4, 2, 1)
"""How a week's reads fall to today, yesterday and the days before."""


def read(document: Document, this_week: int) -> None:
    """Count the week's reads of a document that was just loaded, and what it was read before."""
    before = this_week * 7 + random.Random(document.original_name).randrange(5, 60)  # the same at every loading
    days = {back: this_week * share // sum(_DAY) for back, share in enumerate(_DAY)}
    days[0] += this_week - sum(days.values())
    with transaction.atomic():
        Document.objects.filter(pk=document.pk).update(reads=before + this_week)
        for back, times in days.items():
            if times:
                most_read.add({document.pk: times}, timezone.localdate() - datetime.timedelta(days=back))


def put_together(contents: Catalogue, accounts: Mapping[str, Any]) -> None:
    """Make the collections that are not there yet, of the documents that are."""
    documents = Document.objects.filter(uploader__in=accounts.values())
    by_name = {document.original_name: document for document in documents}
    for each in contents.collections:
        there = [by_name[name] for name in each.documents if name in by_name]
        owner = accounts[each.owner]
        if there and not Collection.objects.filter(owner=owner, name=each.name).exists():
            with transaction.atomic():
                made = collections.make(owner, each.name, each.description, public=True)
                collections.mark(made, each.worth_seeing)
                for document in there:
                    collections.add(made, document)
