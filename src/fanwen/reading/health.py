"""/healthz: is the service whole? For load balancers and monitoring; tells nothing that a stranger must not know."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from fanwen.intake.app.incoming import SPARE
from fanwen.intake.app.models import Task
from fanwen.library.catalogue import published
from fanwen.library.models import Document
from fanwen.search.app import service
from fanwen.search.app.models import Change

STUCK = timedelta(minutes=5)
"""A change that waits longer for the index writer, or a lease that ran out longer ago, means that nobody works."""

log = structlog.get_logger("fanwen.reading")


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    parts: dict[str, dict[str, Any]] = {}
    for name, look in (("database", _database), ("queue", _queue), ("index", _index), ("disk", _disk)):
        try:
            parts[name] = look()
        except (DatabaseError, OSError) as error:
            log.warning("unhealthy", part=name, reason=str(error))
            parts[name] = {"ok": False}
    whole = all(part["ok"] for part in parts.values())
    response = JsonResponse({"ok": whole, **parts}, status=200 if whole else 503)
    response["Cache-Control"] = "no-store"
    return response


def _database() -> dict[str, Any]:
    return {"ok": True, "documents": Document.objects.filter(version_of=None).count()}


def _queue() -> dict[str, Any]:
    abandoned = Task.objects.filter(lease_until__lt=timezone.now() - STUCK).count()
    return {"ok": abandoned == 0, "waiting": Task.objects.filter(worker="").count(), "abandoned": abandoned}


def _index() -> dict[str, Any]:
    waiting = Change.objects.count()
    late = Change.objects.filter(created_at__lt=timezone.now() - STUCK).exists()
    readable = service.available() or not published().exists() or waiting > 0
    return {"ok": readable and not late, "waiting": waiting}


def _disk() -> dict[str, Any]:
    root = settings.FOLDERS.root
    free = shutil.disk_usage(root).free
    return {"ok": free > SPARE and os.access(root, os.W_OK), "free_mb": free // (1024 * 1024)}
