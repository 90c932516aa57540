"""What the catalogue tells whoever listens; it knows no listener."""

from __future__ import annotations

from django.dispatch import Signal

document_changed = Signal()
"""Sent with `number` inside the transaction in which a document's title, tags, category or existence changed."""
