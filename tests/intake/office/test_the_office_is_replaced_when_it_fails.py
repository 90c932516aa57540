from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fanwen.intake.office import Limits, Office, installed
from fanwen.intake.types import IntakeError

from .conftest import kind_of


def _gone(pid: int) -> bool:
    process = Path(f"/proc/{pid}")
    try:
        # A process whose first thread has ended is shown as one that ended, while its other threads still are.
        ended = (process / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
        return ended and len(list((process / "task").iterdir())) <= 1
    except (FileNotFoundError, ProcessLookupError):
        return True


def _all_gone(pids: tuple[int, ...]) -> bool:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if all(map(_gone, pids)):
            return True
        time.sleep(0.05)
    return False


@pytest.fixture(params=[True, False], ids=["sandboxed", "unsandboxed"])
def victim(request: pytest.FixtureRequest, tmp_path: Path, docx: Path) -> Iterator[Office]:
    """An office of its own, started."""
    with Office(tmp_path / "scratch", sandbox=request.param) as office:
        office.convert(docx, kind_of(docx), tmp_path / "warm.pdf")
        yield office


def test_a_libreoffice_that_dies_over_a_document_is_named_and_the_next_document_gets_another(
    victim: Office, docx: Path, tmp_path: Path
) -> None:
    before = victim.pids
    # Stopped, so that it is killed with the document in its hands however quick it is.
    os.kill(before[-1], signal.SIGSTOP)
    threading.Timer(0.5, os.kill, (before[-1], signal.SIGKILL)).start()
    with pytest.raises(IntakeError) as died:
        victim.convert(docx, kind_of(docx), tmp_path / "no.pdf")
    assert died.value.code == "converter_died"
    assert not died.value.permanent
    assert not (tmp_path / "no.pdf").exists()
    assert _all_gone(before)
    victim.convert(docx, kind_of(docx), tmp_path / "yes.pdf")
    assert not set(victim.pids) & set(before)


def test_a_libreoffice_that_hangs_is_killed_with_all_its_processes(victim: Office, docx: Path, tmp_path: Path) -> None:
    before = victim.pids
    assert len(before) >= 2
    os.kill(before[-1], signal.SIGSTOP)
    with pytest.raises(IntakeError) as late:
        victim.convert(docx, kind_of(docx), tmp_path / "no.pdf", timeout=1)
    assert late.value.code == "timeout"
    assert late.value.params["seconds"] == 1
    assert _all_gone(before)
    victim.convert(docx, kind_of(docx), tmp_path / "yes.pdf")


@pytest.mark.parametrize("which", [0, -1], ids=["bridge", "libreoffice"])
def test_a_libreoffice_that_died_between_documents_is_replaced_unnoticed(
    victim: Office, docx: Path, tmp_path: Path, which: int
) -> None:
    before = victim.pids
    os.kill(before[which], signal.SIGKILL)
    assert _all_gone(before)
    victim.convert(docx, kind_of(docx), tmp_path / "yes.pdf")


def test_closing_leaves_no_process_and_no_folder(victim: Office, tmp_path: Path) -> None:
    before, sockets = victim.pids, set(Path("/tmp").glob("OSL_PIPE_*"))
    own = victim.sockets
    assert own <= sockets
    assert bool(own) != victim.sandboxed, "only the sandbox has a /tmp of its own"
    victim.close()
    assert _all_gone(before)
    assert not (tmp_path / "scratch").exists()
    assert not own & set(Path("/tmp").glob("OSL_PIPE_*"))
    victim.close()


def test_it_is_replaced_after_so_many_documents(docx: Path, tmp_path: Path) -> None:
    with Office(tmp_path / "scratch", limits=Limits(documents=2)) as office:
        office.convert(docx, kind_of(docx), tmp_path / "1.pdf")
        first = office.pids
        office.convert(docx, kind_of(docx), tmp_path / "2.pdf")
        assert office.pids == ()
        assert _all_gone(first)
        office.convert(docx, kind_of(docx), tmp_path / "3.pdf")
        assert office.pids


def test_it_is_replaced_when_it_has_grown(docx: Path, tmp_path: Path) -> None:
    with Office(tmp_path / "scratch", limits=Limits(resident=1)) as office:
        office.convert(docx, kind_of(docx), tmp_path / "1.pdf")
        assert office.pids == ()


def test_a_thread_that_ends_does_not_take_the_office_with_it(docx: Path, tmp_path: Path) -> None:
    with Office(tmp_path / "scratch") as office:
        starter = threading.Thread(target=office.convert, args=(docx, kind_of(docx), tmp_path / "1.pdf"))
        starter.start()
        starter.join()
        first = office.pids
        office.convert(docx, kind_of(docx), tmp_path / "2.pdf")
        assert office.pids == first


@pytest.mark.parametrize("sandbox", [True, False])
def test_the_office_dies_with_the_process_that_owns_it(docx: Path, tmp_path: Path, sandbox: bool) -> None:
    code = f"""
        import os, pathlib, signal
        from fanwen.intake.office import Office
        from fanwen.intake.types import Kind
        office = Office(pathlib.Path({str(tmp_path / "scratch")!r}), sandbox={sandbox})
        office.convert(pathlib.Path({str(docx)!r}), Kind("docx", "word", ""), pathlib.Path({str(tmp_path / "out.pdf")!r}))
        print(*office.pids, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    pids = tuple(map(int, done.stdout.split()))
    assert len(pids) >= 2, done.stderr
    assert _all_gone(pids)


def test_without_libreoffice_the_cause_is_named(docx: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "program", lambda: None)
    assert "libreoffice-writer" in installed.missing()
    with Office(tmp_path / "scratch") as office, pytest.raises(IntakeError) as refused:
        office.convert(docx, kind_of(docx), tmp_path / "no.pdf")
    assert refused.value.code == "converter_missing"
    assert not refused.value.permanent


def test_a_document_has_only_its_share_of_the_machine(docx: Path, tmp_path: Path) -> None:
    limits = Limits(address_space=3 * 1024**3, file_size=64 * 1024**2)
    with Office(tmp_path / "scratch", limits=limits) as office:
        office.convert(docx, kind_of(docx), tmp_path / "out.pdf", timeout=30)
        lines = Path(f"/proc/{office.pids[-1]}/limits").read_text().splitlines()
        soft = {line[:25].strip(): line[26:].split()[0] for line in lines}
        assert soft["Max address space"] == str(3 * 1024**3)
        assert soft["Max file size"] == str(64 * 1024**2)
        assert soft["Max core file size"] == "0"
        first = int(soft["Max cpu time"])
        assert 60 <= first < 120
        office.convert(docx, kind_of(docx), tmp_path / "out.pdf", timeout=300)
        lines = Path(f"/proc/{office.pids[-1]}/limits").read_text().splitlines()
        soft = {line[:25].strip(): line[26:].split()[0] for line in lines}
        assert int(soft["Max cpu time"]) >= 600, "set anew for each document"


def test_a_document_that_wants_more_memory_than_that_ends_its_libreoffice(xlsx: Path, tmp_path: Path) -> None:
    with Office(tmp_path / "scratch", limits=Limits(address_space=64 * 1024**2)) as office:
        with pytest.raises(IntakeError) as refused:
            office.convert(xlsx, kind_of(xlsx), tmp_path / "out.pdf", timeout=20)
        assert refused.value.code in ("converter_died", "conversion_failed", "timeout")


def test_documents_leave_nothing_behind_in_scratch(docx: Path, tmp_path: Path) -> None:
    with Office(tmp_path / "scratch") as office:
        office.convert(docx, kind_of(docx), tmp_path / "out.pdf")
        before = sorted(office.scratch.rglob("*"))
        for _ in range(3):
            office.convert(docx, kind_of(docx), tmp_path / "out.pdf")
        assert sorted(office.scratch.rglob("*")) == before


@pytest.mark.parametrize("seconds", [0, -5])
def test_an_office_that_does_not_start_in_time_is_given_up(docx: Path, tmp_path: Path, seconds: int) -> None:
    with Office(tmp_path / "scratch", limits=Limits(start_seconds=seconds)) as office:
        with pytest.raises(IntakeError) as refused:
            office.convert(docx, kind_of(docx), tmp_path / "out.pdf")
        assert refused.value.code == "converter_died"
        assert office.pids == ()
    assert not (tmp_path / "scratch").exists()
