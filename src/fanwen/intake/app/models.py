"""Tables of intake: the stages a document goes through, which are also the queue the workers take from."""

from __future__ import annotations

from django.db import models

from fanwen.library.models import Document


class Stage(models.Model):
    """One stage of one document. A worker takes the document whose next stage is waiting and whose lease is over."""

    class Name(models.TextChoices):
        STORED = "stored"
        CONVERTED = "converted"
        PAGED = "paged"
        INDEXED = "indexed"
        RECOGNISED = "recognised"
        BLANKS = "blanks"

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
