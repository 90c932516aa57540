"""Reports: what readers say is wrong with a document."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fanwen.library.models import Document


class Reason(models.Model):
    """A reason that readers choose from, kept by the administrator."""

    name = models.CharField(_("name in Chinese"), max_length=60)
    english = models.CharField(_("name in English"), max_length=60, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    offered = models.BooleanField(_("offered"), default=True)

    class Meta:
        ordering = ("position", "id")
        verbose_name = _("reason for a report")
        verbose_name_plural = _("reasons for reports")

    def __str__(self) -> str:
        """In the language of whoever looks."""
        english = not (get_language() or "").startswith("zh")
        return self.english if english and self.english else self.name


class Report(models.Model):
    class State(models.TextChoices):
        OPEN = "open", _("open")
        SETTLED = "settled", _("settled")

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="reports", verbose_name=_("document"), editable=False
    )
    reason = models.ForeignKey(Reason, models.SET_NULL, null=True, verbose_name=_("reason"), editable=False)
    page = models.PositiveIntegerField(_("page"), null=True, editable=False)
    text = models.TextField(_("what is wrong"), blank=True, editable=False)
    contact = models.CharField(_("contact"), max_length=200, blank=True, editable=False)
    sender = models.CharField(max_length=64, db_index=True, editable=False)
    """Who sent it, only to tell how many came from one: `fanwen.care.reports.sender_of`."""
    made_at = models.DateTimeField(_("reported"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.OPEN, db_index=True)
    note = models.TextField(_("note of the staff"), blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    settled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("-id",)
        verbose_name = _("report")
        verbose_name_plural = _("reports")

    def __str__(self) -> str:
        return f"{self.document}: {self.reason or ''}"
