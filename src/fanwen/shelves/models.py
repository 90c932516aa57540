"""Tables of what readers put together. Rooms outside use the functions of the files beside this one."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fanwen.library.models import Document
from fanwen.people.owner import Owned


class Favourite(Owned):
    """A document that someone wants to find again."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="favourites")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "document"), condition=Q(user__isnull=False), name="favourite_once"
            ),
            models.UniqueConstraint(
                fields=("session", "document"), condition=Q(user__isnull=True), name="favourite_once_a_session"
            ),
        )

    def __str__(self) -> str:
        return f"favourite {self.document_id}"


def new_key() -> str:
    return secrets.token_hex(6)


class Collection(models.Model):
    """A named, ordered, described list of documents. A private one is seen by its owner alone."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="collections")
    name = models.CharField(_("name"), max_length=100)
    description = models.TextField(_("description"), max_length=2000, blank=True)
    public = models.BooleanField(_("everyone may see it"), default=False)
    worth_seeing = models.BooleanField(_("worth seeing"), default=False)
    """Shown on the home page, if public."""
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-changed_at", "-id")
        verbose_name = _("collection")
        verbose_name_plural = _("collections")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/collections/{self.key}/"


class Entry(models.Model):
    """A document's place in a collection."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="entries")
    document = models.ForeignKey(Document, models.CASCADE, related_name="entries")
    position = models.PositiveIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("position", "id")
        constraints = (models.UniqueConstraint(fields=("collection", "document"), name="entry_once"),)

    def __str__(self) -> str:
        return f"{self.document_id} in {self.collection_id}"


class SavedSearch(models.Model):
    """A search that someone wants to make again, with its filters."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=100)
    address = models.CharField(max_length=600)
    """Its query string, from the question mark on."""
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = (models.UniqueConstraint(fields=("user", "address"), name="search_saved_once"),)

    def __str__(self) -> str:
        return self.name


class DayReads(models.Model):
    """How often a document was read on one day; by whom is not kept."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="days")
    day = models.DateField(db_index=True)
    reads = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("document", "day"), name="reads_of_a_day_once"),)

    def __str__(self) -> str:
        return f"{self.document_id} on {self.day}: {self.reads}"
