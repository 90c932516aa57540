"""Tables of intake: the stages a document goes through, which are also the queue the workers take from."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models

from fanwen.library.models import Document


def new_token() -> str:
    """What names an upload in its address: not to be guessed."""
    return secrets.token_urlsafe(24)


class Stage(models.Model):
    """One stage of one document. A worker takes the document whose next stage is waiting and whose lease is over."""

    class Name(models.TextChoices):
        STORED = "stored"
        CONVERTED = "converted"
        PAGED = "paged"
        INDEXED = "indexed"
        RECOGNISED = "recognised"
        BLANKS = "blanks"
        REPLACED = "replaced"

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    document = models.ForeignKey(Document, models.CASCADE, related_name="stages")
    name = models.CharField(max_length=12, choices=Name)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    seconds = models.FloatField(null=True)
    cause = models.CharField(max_length=40, blank=True)
    """A key of `fanwen.intake.causes.CAUSES`."""
    params = models.JSONField(default=dict, blank=True)
    deaths = models.PositiveSmallIntegerField(default=0)
    """How often a converter or worker died at it; at two the document is set aside."""

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("document", "name"), name="stage_once"),)

    def __str__(self) -> str:
        return f"{self.document_id} {self.name} {self.state}"


class Task(models.Model):
    """A document waiting for, or held by, a worker. One row per document with work to do; gone when there is none."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="task")
    priority = models.IntegerField(default=0)
    """Higher goes first: one upload overtakes a bulk import, OCR comes last."""
    worker = models.CharField(max_length=80, blank=True)
    """Who holds it; empty while it waits."""
    lease_until = models.DateTimeField(null=True)
    """A worker that has not renewed its lease by then is dead, and the task is free again."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-priority", "id")
        indexes = (models.Index(fields=("worker", "-priority", "id"), name="task_next"),)

    def __str__(self) -> str:
        return f"task of {self.document_id}"


class Upload(models.Model):
    """A file on its way that may come in several pieces (`fanwen.intake.app.uploads`). How much of it is there is the
    length of its file in ``incoming/``. The row is kept until it expires, so that whoever lost the last answer can
    still ask what became of the file."""

    class Status(models.TextChoices):
        OPEN = "open"
        STORED = "stored"
        DUPLICATE = "duplicate"
        REFUSED = "refused"

    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=300)
    size = models.BigIntegerField()
    """Bytes of the whole file, as announced."""
    sha256 = models.CharField(max_length=64, blank=True)
    """As announced, so that a file that arrives changed is noticed; found out at the end where nobody did."""
    about = models.JSONField(default=dict, blank=True)
    """What was said of the document: ``category`` (its key), ``tags``, ``title``, ``private``."""
    turn = models.PositiveIntegerField(default=0)
    """Counts the requests that have sent a piece: only the newest may write."""
    status = models.CharField(max_length=9, choices=Status, default=Status.OPEN)
    document = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="+")
    cause = models.CharField(max_length=40, blank=True)
    params = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.name} {self.status}"


class Examination(models.Model):
    """What was seen in a document's text when it was read (`fanwen.intake.app.examine`)."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="examination")
    hold = models.BooleanField(default=False)
    """Personal data in it keeps it from being published until its uploader has looked."""
    confirmed = models.BooleanField(default=False)
    """Somebody looked, and published it."""
    signature = models.BinaryField(default=b"")
    """Of `fanwen.intake.likeness`; empty for a short text."""
    made_by = models.PositiveSmallIntegerField(default=0)
    """`likeness.MADE_BY` of the signature; 0 where none was made."""

    def __str__(self) -> str:
        return f"examination of {self.document_id}"


class Band(models.Model):
    """One band of a document's signature: documents that share one may be alike."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    key = models.IntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.document_id}:{self.key}"


class PersonalData(models.Model):
    """Personal data on a page, as it is shown: masked."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="personal_data")
    page = models.PositiveIntegerField()
    sort = models.CharField(max_length=16)
    """`fanwen.intake.personal.Sort`."""
    excerpt = models.CharField(max_length=330)

    class Meta:
        ordering = ("page", "id")

    def __str__(self) -> str:
        return f"{self.document_id}:{self.page} {self.sort}"
