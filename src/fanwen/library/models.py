"""The catalogue's tables. Rooms outside use the functions of `fanwen.library.catalogue` and `fanwen.library.actions`."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fanwen.library.packed_text import PackedTextField


def new_number() -> str:
    """A public document number: nine digits, not sequential, never starting with a zero."""
    return str(secrets.randbelow(900_000_000) + 100_000_000)


class Category(models.Model):
    """A node of the category tree."""

    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name=_("below")
    )
    name = models.CharField(_("name"), max_length=100)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ("position", "id")
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = (
            models.UniqueConstraint(fields=("parent", "name"), name="category_name_once", nulls_distinct=False),
        )

    def __str__(self) -> str:
        return self.name

    def trail(self) -> list[Category]:
        """The way from the root to this category, itself included."""
        trail: list[Category] = [self]
        while (parent := trail[0].parent) is not None:
            trail.insert(0, parent)
        return trail


class Tag(models.Model):
    name = models.CharField(_("name"), max_length=50, unique=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def __str__(self) -> str:
        return self.name


class Original(models.Model):
    """Bytes as uploaded, stored once under their SHA-256."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    stored_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.sha256


class Document(models.Model):
    """One published item of the library."""

    class Status(models.TextChoices):
        WORKING = "working", _("in progress")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("public")
        PRIVATE = "private", _("private")
        HELD = "held", _("not yet published")

    class ShownAs(models.TextChoices):
        FULL = "full", _("full name")
        MASKED = "masked", _("first character only")
        ANONYMOUS = "anonymous", _("anonymous")

    number = models.CharField(_("document number"), max_length=9, unique=True, default=new_number, editable=False)
    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    keywords = models.JSONField(default=list, blank=True)
    uploader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="documents", verbose_name=_("uploader")
    )
    category = models.ForeignKey(
        Category, models.SET_NULL, null=True, blank=True, related_name="documents", verbose_name=_("category")
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="documents", verbose_name=_("tags"))
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True, db_index=True)
    original = models.ForeignKey(Original, models.PROTECT, related_name="documents")
    """Two documents may have the same bytes where one is private: who may not see it is not told of it."""
    original_name = models.CharField(max_length=300)
    title_given = models.BooleanField(default=False)
    """Someone typed the title, so no proposal replaces it."""
    format = models.CharField(_("format"), max_length=10, blank=True, db_index=True)
    family = models.CharField(max_length=10, blank=True)
    page_count = models.PositiveIntegerField(_("number of pages"), default=0)
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.WORKING, db_index=True)
    visibility = models.CharField(
        _("visibility"), max_length=7, choices=Visibility, default=Visibility.PUBLIC, db_index=True
    )
    """A private document is there for its uploader and for staff, and for whoever has a secret link to it; no list and
    no search shows it. So is a held one, until its text was looked through or its uploader has said yes."""
    withdrawn = models.CharField(_("withdrawn because"), max_length=300, blank=True)
    """Why staff made it private; while this stands only staff make it public again."""
    shown_as = models.CharField(_("uploader shown as"), max_length=9, choices=ShownAs, default=ShownAs.FULL)
    """How readers are told who uploaded it: `fanwen.people.names.name_on`."""
    version_of = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, editable=False, related_name="versions"
    )
    """The document that this is an earlier version of, or a new version of that waits to take its place. Such a row is
    private, belongs to the same uploader, and is found through its document only."""
    version = models.PositiveIntegerField(default=1, editable=False)
    """From 1; 0 for a new version that is not in its place yet."""
    replaced_at = models.DateTimeField(null=True, editable=False)
    """When the version shown was uploaded; None for the first one."""
    properties = models.JSONField(default=dict, blank=True)
    """The file's own title, subject, keywords and author, as found."""
    notes = models.JSONField(default=list, blank=True)
    """Notes of the conversion: a list of {"code", "params"}."""
    fonts_missing = models.JSONField(default=list, blank=True)
    reads = models.PositiveIntegerField(default=0)
    downloads = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-uploaded_at", "-id")
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        if self.version_of_id is None or self.version_of is None:
            return f"/d/{self.number}/"
        return f"/d/{self.version_of.number}/v/{self.version}/" if self.version else f"/d/{self.version_of.number}/"

    @property
    def is_private(self) -> bool:
        return self.visibility != self.Visibility.PUBLIC

    @property
    def is_held(self) -> bool:
        return self.visibility == self.Visibility.HELD

    @property
    def is_earlier_version(self) -> bool:
        return self.version_of_id is not None and self.version > 0


class Page(models.Model):
    """Page `number` of a document: its text and where each line of it stands."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    width = models.FloatField()
    """PDF points."""
    height = models.FloatField()
    text = PackedTextField(blank=True)
    layout = models.BinaryField(default=b"")
    """Lines and character edges, packed by `fanwen.intake.layout`."""
    recognised = models.BooleanField(default=False)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("document", "number"), name="page_once"),)

    def __str__(self) -> str:
        return f"{self.document_id}:{self.number}"


class SecretLink(models.Model):
    """Opens a private document to whoever has the link. The token itself is not kept, only its SHA-256."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="secret_links")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)
    """None: until it is revoked."""
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    """When it was last opened; not by whom."""

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"link to {self.document_id}"
