from __future__ import annotations

import multiprocessing
import os
import threading
import time
from pathlib import Path

import pytest

from fanwen.intake.page_cache import PageCache


def kept(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def never() -> bytes:
    raise AssertionError("made although it was kept")


def test_a_second_asking_is_answered_from_disk(tmp_path):
    assert PageCache(tmp_path, 1000).get("a", lambda: b"one") == b"one"
    assert PageCache(tmp_path, 1000).get("a", never) == b"one"


def test_keys_can_hold_anything_and_stay_in_the_folder(tmp_path):
    cache = PageCache(tmp_path / "cache", 1000)
    for key in ("../../etc/passwd", "a/b", "页\0", "x" * 5000):
        assert cache.get(key, lambda: b"data") == b"data"
        assert cache.get(key, never) == b"data"
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]


def test_the_size_stays_bounded_and_the_least_recently_used_goes_first(tmp_path):
    cache = PageCache(tmp_path, 100_000)
    cache.get("used", lambda: b"u" * 1000)
    for number in range(300):
        cache.get(f"page {number}", lambda: b"x" * 1000)
        path = cache._path(f"page {number}")
        if path.exists():
            os.utime(path, (1_000_000 + number, 1_000_000 + number))
        cache.get("used", lambda: b"u" * 1000)
        assert kept(tmp_path) <= 107_000
    assert cache.get("used", never) == b"u" * 1000
    assert not cache._path("page 0").exists()


def test_using_a_file_notes_the_time(tmp_path):
    cache = PageCache(tmp_path, 1000)
    cache.get("a", lambda: b"one")
    path = cache._path("a")
    os.utime(path, (1_000_000, 1_000_000))
    cache.get("a", never)
    assert path.stat().st_mtime > time.time() - 600


def test_threads_that_ask_together_share_one_making(tmp_path):
    cache = PageCache(tmp_path, 1000)
    begun, go_on, calls = threading.Event(), threading.Event(), []

    def make() -> bytes:
        calls.append(1)
        begun.set()
        go_on.wait(10)
        return b"one"

    found: list[bytes] = []
    threads = [threading.Thread(target=lambda: found.append(cache.get("a", make))) for _ in range(8)]
    for thread in threads:
        thread.start()
    begun.wait(10)
    go_on.set()
    for thread in threads:
        thread.join()
    assert found == [b"one"] * 8
    assert len(calls) == 1


def test_a_failure_is_not_kept(tmp_path):
    cache = PageCache(tmp_path, 1000)
    with pytest.raises(ZeroDivisionError):
        cache.get("a", lambda: bytes(1 // 0))
    assert cache.get("a", lambda: b"one") == b"one"


def test_a_folder_that_cannot_be_written_costs_only_the_keeping(tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    cache = PageCache(tmp_path / "cache", 1000)
    assert cache.get("a", lambda: b"one") == b"one"
    assert cache.get("a", lambda: b"two") == b"two"


def test_parts_left_by_a_killed_process_are_swept(tmp_path):
    cache = PageCache(tmp_path, 1000)
    cache.get("a", lambda: b"one")
    part = cache._path("a").with_name("left.part")
    part.write_bytes(b"half")
    os.utime(part, (1_000_000, 1_000_000))
    cache.sweep()
    assert not part.exists()
    assert cache.get("a", never) == b"one"


def _fill(folder: Path, name: str) -> None:
    cache = PageCache(folder, 50_000)
    for number in range(200):
        data = f"{number:04d}".encode() * 250
        assert cache.get(f"{number % 80}", lambda data=data: data)[:4].isdigit(), name


def test_processes_share_a_folder(tmp_path):
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_fill, args=(tmp_path, str(number))) for number in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    PageCache(tmp_path, 50_000).sweep()
    assert kept(tmp_path) <= 50_000
