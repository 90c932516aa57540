from __future__ import annotations

import pytest
from django.conf import settings
from django.db.models import QuerySet

from fanwen.intake.app import queue
from fanwen.intake.app.models import Task
from fanwen.intake.app.receive import receive

pytestmark = pytest.mark.django_db


def test_a_task_that_another_worker_takes_in_between_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    settings.FOLDERS.make()
    first, second = (receive([text.encode()], "a.txt").document for text in "一二")
    look = QuerySet.first

    def look_slowly(tasks: QuerySet[Task]) -> Task | None:
        seen: Task | None = look(tasks)
        monkeypatch.setattr(QuerySet, "first", look)
        taken = queue.claim("quicker:2:b")
        assert taken is not None
        assert taken.document == first
        return seen

    monkeypatch.setattr(QuerySet, "first", look_slowly)
    task = queue.claim("slower:1:a")
    assert task is not None
    assert task.document == second
    assert {task.document_id: task.worker for task in Task.objects.all()} == {
        first.pk: "quicker:2:b",
        second.pk: "slower:1:a",
    }
