"""The queue of changes between catalogue and index, and the log of what was searched for."""

from __future__ import annotations

from django.db import models


class Change(models.Model):
    """Document `number` changed: the index writer reads it anew, or removes it if it is gone or private. The key is the sequence."""

    number = models.CharField(max_length=9)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.pk}: {self.number}"


class SearchedFor(models.Model):
    """How often a query was made; feeds suggestions and related searches."""

    query = models.CharField(max_length=100, unique=True)
    times = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.query
