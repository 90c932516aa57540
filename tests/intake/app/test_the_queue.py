from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone

from fanwen.intake.app import queue
from fanwen.intake.app.models import Stage, Task
from fanwen.intake.app.receive import BULK, FEW, UPLOAD, receive
from fanwen.intake.app.stages import progress, retry
from fanwen.intake.types import IntakeError
from fanwen.library.models import Document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders() -> None:
    settings.FOLDERS.make()


def _document(text: str, priority: int = BULK) -> Document:
    return receive([text.encode()], "a.txt", priority=priority).document


def _claimed(worker: str = "here:1:a") -> Document | None:
    task = queue.claim(worker)
    return task.document if task else None


def _running(document: Document) -> Stage:
    stage = Stage.objects.get(document=document, name="converted")
    stage.state = "running"
    stage.save()
    return stage


def test_an_upload_overtakes_a_bulk_import_and_equals_keep_their_order() -> None:
    first, second, urgent = _document("一"), _document("二"), _document("三", UPLOAD)
    assert [_claimed(), _claimed(), _claimed(), _claimed()] == [urgent, first, second, None]


def test_who_sends_a_folder_keeps_nobody_waiting_who_sends_a_file() -> None:
    many, one = (get_user_model().objects.create_user(name) for name in ("many", "one"))
    for number in range(FEW + 20):
        receive([f"第{number}号".encode()], "a.txt", priority=UPLOAD, uploader=many)
    single = receive([b"single"], "a.txt", priority=UPLOAD, uploader=one).document
    taken = [_claimed() for _ in range(FEW + 1)]
    assert taken[-1] == single
    assert _claimed().uploader == many


def test_place_in_the_queue_counts_what_goes_before() -> None:
    first, second = _document("一"), _document("二")
    assert progress(first).place == 0
    assert progress(second).place == 1
    assert progress(second).waiting
    _claimed()
    assert progress(second).place == 0
    assert not progress(first).waiting


def test_a_lease_that_ran_out_frees_the_task() -> None:
    document = _document("一")
    _claimed("elsewhere:1:a")
    assert _claimed("here:2:b") is None
    Task.objects.update(lease_until=timezone.now() - queue.LEASE)
    assert _claimed("here:2:b") == document


def test_what_ran_out_waits_in_its_turn_once_a_worker_gives_a_sign_of_life() -> None:
    late, held, waiting = _document("一", UPLOAD), _document("二"), _document("三")
    _claimed("elsewhere:1:a")
    _claimed("elsewhere:2:b")
    Task.objects.filter(document=late).update(lease_until=timezone.now() - queue.LEASE)
    queue.free_late()
    assert [_claimed("here:3:c"), _claimed("here:3:c"), _claimed("here:3:c")] == [late, waiting, None]
    assert Task.objects.get(document=held).worker == "elsewhere:2:b"


def test_a_worker_that_was_asked_to_stop_gives_its_task_back_without_blame() -> None:
    document = _document("一")
    _claimed()
    stage = _running(document)
    queue.release("here:1:a")
    assert _claimed("here:2:b") == document
    stage.refresh_from_db()
    assert stage.deaths == 0


def test_a_document_that_killed_its_worker_twice_is_set_aside_with_its_cause() -> None:
    poison, other = _document("毒"), _document("好")
    assert _claimed("here:7:x") == poison
    _running(poison)
    queue.blame("here:7:")
    assert _claimed() == other, "its second trial keeps nobody waiting"
    assert _claimed("here:8:x") == poison
    _running(poison)
    queue.blame("here:8:")
    stage = Stage.objects.get(document=poison, name="converted")
    assert (stage.state, stage.cause) == ("failed", "converter_died")
    poison.refresh_from_db()
    assert poison.status == "failed"
    assert not Task.objects.filter(document=poison).exists()


def test_retry_sends_only_what_failed_and_forgets_the_blame() -> None:
    document = _document("一")
    assert not retry(document), "nothing has failed"
    stage = _running(document)
    stage.deaths = 2
    queue.fail(stage, IntakeError("timeout", seconds=60))
    failure = progress(document).failure
    assert failure is not None
    assert (failure.cause, failure.params) == ("timeout", {"seconds": 60})
    assert retry(document)
    stage.refresh_from_db()
    assert (stage.state, stage.deaths, stage.cause) == ("waiting", 0, "")
    document.refresh_from_db()
    assert document.status == "working"
    assert document.family == "", "what kind of file it is, is looked at anew"
    assert _claimed() == document


def test_a_live_worker_is_known_by_its_lock_and_a_dead_one_by_its_absence() -> None:
    name = queue.worker_name()
    assert not queue.is_alive(name)
    lock = queue.hold_lock(name)
    assert queue.is_alive(name)
    assert queue.workers_running()
    document = _document("一")
    _claimed(name)
    queue.free_tasks_of_the_dead()
    assert _claimed("here:2:b") is None
    lock.close()
    assert not queue.is_alive(name)
    queue.free_tasks_of_the_dead()
    assert _claimed("here:2:b") == document
