from __future__ import annotations

import threading
import time

import pytest
from django.db import connections

from fanwen.blanks.app.detection import ENGINE
from fanwen.blanks.app.models import Template
from fanwen.intake.app.models import Stage
from fanwen.library.models import Category, Document, Tag
from fanwen.search.app import changes, service
from fanwen.search.app import writer as writer_module
from fanwen.search.app.live import engine
from fanwen.search.app.models import Change
from fanwen.search.app.writer import IndexWriter
from fanwen.search.tantivy.writing import Writer
from fanwen.search.types import EVERYTHING, Filters, IndexedDocument
from tests.search.app.conftest import MakeDocument


def found(query: str, filters: Filters = EVERYTHING) -> list[str]:
    return [hit.number for hit in service.find(query, filters).documents]


def by_reads(query: str) -> list[str]:
    return [hit.number for hit in service.find(query, sort="reads").documents]


def test_a_noted_document_is_found_by_its_pages(make_document: MakeDocument, writer: IndexWriter) -> None:
    document = make_document("清溪镇二月简报", "第一页。", "全镇人民法院工\n作会议。")
    assert writer.step()
    results = service.find("工作会议")
    assert [(hit.number, [page.page for page in hit.pages]) for hit in results.documents] == [(document.number, [2])]
    assert results.documents[0].pages[0].snippet == "全镇人民法院<mark>工作会议</mark>。"
    assert results.total == 1


def test_a_document_is_marked_indexed_with_times(make_document: MakeDocument, writer: IndexWriter) -> None:
    document = make_document("清溪镇二月简报", "正文。")
    writer.step()
    stage = Stage.objects.get(document=document, name="indexed")
    assert stage.state == Stage.State.DONE
    assert stage.started_at is not None
    assert stage.finished_at >= stage.started_at
    assert stage.seconds > 0


def test_a_document_whose_pages_are_still_read_is_found_by_title_and_not_marked(
    make_document: MakeDocument, writer: IndexWriter
) -> None:
    document = make_document("清溪镇二月简报", status=Document.Status.WORKING)
    writer.step()
    assert found("二月简报") == [document.number]
    assert Stage.objects.get(document=document, name="indexed").state == Stage.State.WAITING


def test_a_failed_document_is_found_by_title(make_document: MakeDocument, writer: IndexWriter) -> None:
    document = make_document("损坏的通知", status=Document.Status.FAILED)
    writer.step()
    assert found("损坏的通知") == [document.number]
    assert Stage.objects.get(document=document, name="indexed").state == Stage.State.DONE


def test_a_deleted_document_is_found_no_more(make_document: MakeDocument, writer: IndexWriter) -> None:
    document = make_document("要删除的", "独一无二的正文。")
    writer.step()
    assert found("独一无二") == [document.number]
    changes.note(document.number)
    document.delete()
    assert found("独一无二") == []  # gone at once: the catalogue is the truth
    writer.step()
    assert engine().count().documents == 0


def test_a_changed_title_and_tags_are_found_in_place_of_the_old_ones(
    make_document: MakeDocument, writer: IndexWriter
) -> None:
    document = make_document("旧名字", "正文。")
    writer.step()
    document.title = "崭新的标题"
    document.save()
    document.tags.add(Tag.objects.create(name="防汛"))
    changes.note(document.number)
    writer.step()
    assert found("崭新的标题") == [document.number]
    assert found("防汛") == [document.number]
    assert found('"旧名字"') == []


def test_applied_changes_are_removed_and_the_index_holds_their_sequence(
    make_document: MakeDocument, writer: IndexWriter
) -> None:
    for at in range(3):
        make_document(f"文件{at}", "正文。")
    last = Change.objects.latest("pk").pk
    writer.step()
    assert not Change.objects.exists()
    assert engine().sequence() == last
    assert not writer.step()


def test_changes_that_a_dying_writer_left_are_applied_by_the_next(
    make_document: MakeDocument, writer: IndexWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = make_document("清溪镇二月简报", "正文很好。")

    def die(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(Writer, "commit", die)
        with pytest.raises(SystemExit):
            writer.step()
    writer.close()
    assert Change.objects.count() == 1
    again = IndexWriter(writer._engine.generations.folder)
    again.step()
    again.close()
    assert found("正文很好") == [document.number]
    assert engine().count().documents == 1


def test_an_index_that_is_gone_is_made_anew_from_the_catalogue(
    make_document: MakeDocument, writer: IndexWriter
) -> None:
    document = make_document("清溪镇二月简报", "正文很好。")
    Change.objects.all().delete()
    assert found("正文很好") == []
    writer.step()
    assert found("正文很好") == [document.number]


def test_a_document_that_changed_again_meanwhile_is_not_marked_yet(
    make_document: MakeDocument, writer: IndexWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = make_document("清溪镇二月简报", "正文很好。")
    writer.step()
    Stage.objects.filter(document=document).update(state=Stage.State.WAITING)
    changes.note(document.number)
    commit = Writer.commit

    def change_meanwhile(self: Writer, sequence: int) -> None:
        changes.note(document.number)
        commit(self, sequence)

    with monkeypatch.context() as patch:
        patch.setattr(Writer, "commit", change_meanwhile)
        writer.step()
    assert Stage.objects.get(document=document, name="indexed").state == Stage.State.WAITING
    writer.step()
    assert Stage.objects.get(document=document, name="indexed").state == Stage.State.DONE


def test_categories_are_found_with_their_children(make_document: MakeDocument, writer: IndexWriter) -> None:
    parent = Category.objects.create(name="政务")
    child = Category.objects.create(name="简报", parent=parent)
    document = make_document("二月简报", "正文很好。", category=child)
    make_document("别的", "正文很好。")
    writer.step()
    assert found("正文很好", Filters(category=parent.pk)) == [document.number]
    assert found("正文很好", Filters(category=child.pk)) == [document.number]
    labels = {facet.label: facet.count for facet in service.find("正文很好").facets["category"]}
    assert labels == {"政务": 1, "简报": 1}


@pytest.mark.django_db(transaction=True)
def test_a_running_writer_is_woken_and_a_second_waits_for_its_lock(make_document: MakeDocument) -> None:
    ending = threading.Event()

    def work() -> None:
        try:
            writer_module.run(ending.is_set)
        finally:
            connections.close_all()

    first = threading.Thread(target=work)
    first.start()
    try:
        document = make_document("清溪镇二月简报", "正文很好。")
        deadline = time.monotonic() + 120
        while not found("正文很好") and time.monotonic() < deadline:
            time.sleep(0.02)
        assert found("正文很好") == [document.number]
        tries = iter([False, False, True, True])
        assert writer_module.acquire_lock(lambda: next(tries)) is None
    finally:
        ending.set()
        first.join()
    lock = writer_module.acquire_lock(lambda: False)
    assert lock is not None
    lock.close()


def test_a_document_that_can_not_be_indexed_keeps_no_other_from_being_found(
    make_document: MakeDocument, writer: IndexWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison, good = make_document("毒", "毒文。"), make_document("好", "好文章。")
    index = Writer.index

    def choking(self: Writer, documents: list[IndexedDocument]) -> int:
        if any(document.number == poison.number for document in documents):
            raise IndexError("string index out of range")
        return index(self, documents)

    monkeypatch.setattr(Writer, "index", choking)
    assert writer.step()
    assert found("好文章") == [good.number]
    assert not writer.step(), "it is not tried for ever"
    stage = Stage.objects.get(document=poison, name="indexed")
    assert (stage.state, stage.cause) == (Stage.State.FAILED, "internal")


def test_reads_that_grew_are_brought_into_the_index(make_document: MakeDocument, writer: IndexWriter) -> None:
    few = make_document("少人读的通知", "防汛。", reads=100)
    many = make_document("多人读的通知", "防汛。", reads=20)
    writer.step()
    assert by_reads("防汛") == [few.number, many.number]
    Document.objects.filter(pk=many.pk).update(reads=200)
    Document.objects.filter(pk=few.pk).update(reads=109)
    writer.count_reads()
    assert [change.number for change in Change.objects.all()] == [many.number]
    writer.step()
    assert by_reads("防汛") == [many.number, few.number]
    writer.count_reads()
    assert not Change.objects.exists()


def test_a_document_whose_blanks_were_found_is_a_template(make_document: MakeDocument, writer: IndexWriter) -> None:
    form = make_document("申请表", "姓名：____")
    make_document("不是表", "姓名。")
    writer.step()
    assert found("姓名", Filters(template=True)) == []
    Template.objects.create(document=form, engine=ENGINE, fillable=True, slots=1)
    changes.note(form.number)
    writer.step()
    assert found("姓名", Filters(template=True)) == [form.number]
    facets = service.find("姓名").facets
    assert [(facet.value, facet.count) for facet in facets["template"]] == [("1", 1)]


def test_changes_gather_only_while_a_document_is_being_made_readable(make_document: MakeDocument) -> None:
    class Rung:
        """A bell that rings as each document is ready, and must not be waited for longer."""

        def __init__(self, *documents: Document) -> None:
            self.left = list(documents)

        def wait(self, seconds: float) -> bool:
            assert seconds > 3000
            Document.objects.filter(pk=self.left.pop().pk).update(status=Document.Status.READY)
            return True

    later = time.monotonic() + 3600
    writer_module._gather(Rung(), later, lambda: False)
    bell = Rung(*(make_document(title, status=Document.Status.WORKING) for title in ("甲", "乙")))
    writer_module._gather(bell, later, lambda: False)
    assert not bell.left
    waiting = Rung(make_document("丙", status=Document.Status.WORKING))
    writer_module._gather(waiting, time.monotonic(), lambda: False)
    writer_module._gather(waiting, later, lambda: True)
    assert waiting.left, "neither past its time nor at the end"
