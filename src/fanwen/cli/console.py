"""What commands share: finding a document by its number, printing JSON, a human's table."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from fanwen.library.models import Document


def document_or_stop(number: str) -> Document:
    """The document `number`, or an error that names it."""
    document = Document.objects.filter(number=number).select_related("category", "uploader", "original").first()
    if document is None:
        raise click.ClickException(f"there is no document {number}")
    return document


def print_json(data: Any) -> None:
    """One JSON document on standard output and nothing else."""
    json.dump(data, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
