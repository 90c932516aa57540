from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from fanwen.cli.reindex import command
from fanwen.config.folders import Folders
from fanwen.library.models import Page
from fanwen.search.app import changes, feed, rebuild, service
from fanwen.search.app.live import engine
from fanwen.search.app.models import Change
from fanwen.search.app.writer import IndexWriter, acquire_lock
from fanwen.search.engine import IndexBusy
from tests.search.app.conftest import MakeDocument


def found(query: str) -> list[str]:
    return [hit.number for hit in service.find(query).documents]


def generations(folders: Folders) -> list[Path]:
    return sorted(path for path in folders.index.iterdir() if path.is_dir())


def test_an_index_is_made_anew_and_swapped_in(
    make_document: MakeDocument, writer: IndexWriter, folders: Folders
) -> None:
    document = make_document("简报", "各村安排防汛值班。")
    writer.step()
    before = generations(folders)
    # A page changed without a note: only a rebuild can see it.
    Page.objects.filter(document=document).update(text="各村检查堤坝。")
    said: list[tuple[int, int]] = []
    assert rebuild.rebuild(lambda done, total: said.append((done, total))) == 1
    assert found("检查堤坝") == [document.number]
    assert said == [(0, 1), (1, 1)]
    assert set(generations(folders)).isdisjoint(before)


def test_changes_made_meanwhile_are_in_the_new_index(
    make_document: MakeDocument, writer: IndexWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make_document("简报一", "各村安排防汛值班。")
    make_document("简报二", "各村安排防汛值班。")
    writer.step()
    read = feed.documents

    def change_meanwhile(numbers: list[str]) -> object:
        yield from read(numbers)
        monkeypatch.setattr(feed, "documents", read)
        Page.objects.filter(document=first).update(text="各村检查堤坝。")
        changes.note(first.number)
        writer.step()  # the live index goes on, and keeps the change for the rebuild
        assert found("检查堤坝") == [first.number]
        assert Change.objects.exists()

    monkeypatch.setattr(feed, "documents", change_meanwhile)
    rebuild.rebuild()
    assert found("检查堤坝") == [first.number]
    late = make_document("简报三", "最后到的文件。")
    writer.step()  # moves to the new generation
    assert found("最后到的") == [late.number]
    assert not Change.objects.exists()
    assert engine().count().documents == 3


def test_a_rebuild_that_dies_leaves_the_live_index_and_its_rest_is_cleared_away(
    make_document: MakeDocument, writer: IndexWriter, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = make_document("简报", "各村安排防汛值班。")
    writer.step()
    read = feed.documents

    def die(numbers: list[str]) -> object:
        yield from read(numbers)
        raise KeyboardInterrupt

    monkeypatch.setattr(feed, "documents", die)
    with pytest.raises(KeyboardInterrupt):
        rebuild.rebuild()
    monkeypatch.setattr(feed, "documents", read)
    assert found("防汛值班") == [document.number]
    assert len(generations(folders)) == 2
    writer.close()
    make_document("简报二", "正文。")
    IndexWriter(folders.index).step()
    assert len(generations(folders)) == 1


def test_two_rebuilds_at_once_are_refused(make_document: MakeDocument, writer: IndexWriter) -> None:
    make_document("简报", "各村安排防汛值班。")
    writer.step()
    with engine().generations.building(), pytest.raises(IndexBusy):
        rebuild.rebuild()


def test_the_command_says_how_many(make_document: MakeDocument) -> None:
    make_document("简报", "各村安排防汛值班。")
    result = CliRunner().invoke(command, ["--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["documents"] == 1
    assert found("防汛值班") != []


def test_a_swap_in_the_middle_of_a_batch_loses_none_of_it(
    make_document: MakeDocument, writer: IndexWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_document("简报一", "各村安排防汛值班。")
    writer.step()
    read = feed.documents

    def swap_meanwhile(numbers: list[str]) -> object:
        yield from read(numbers)
        monkeypatch.setattr(feed, "documents", read)
        # The rebuild does not see this document: as if it had been committed a moment later.
        with monkeypatch.context() as patch:
            patch.setattr(
                feed, "documents", lambda numbers: (each for each in read(numbers) if each.number != late.number)
            )
            patch.setattr(rebuild, "_last_change", lambda: 0)
            patch.setattr(rebuild, "_catch_up", lambda *_: None)
            rebuild.rebuild()

    late = make_document("简报二", "最后到的文件。")
    monkeypatch.setattr(feed, "documents", swap_meanwhile)
    lock = acquire_lock(lambda: False)  # so the rebuild leaves the old generation to the writer
    assert lock is not None
    with lock:
        writer.step()
    assert found("最后到的") == []
    writer.step()
    assert found("最后到的") == [late.number]
    assert found("防汛值班") != []
