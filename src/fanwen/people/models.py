"""What an account says about itself beside its name and password."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Profile(models.Model):
    """The choices of one account; without a row, the usual ones."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="profile")
    shown_as = models.CharField(max_length=9, default="full")
    """How it is named on new documents: a value of the library's `Document.ShownAs`."""

    def __str__(self) -> str:
        return f"profile of {self.user_id}"
