from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import threading
import time
from pathlib import Path

import pytest

from fanwen.library.actions.delete_document import delete_document
from fanwen.library.models import Document
from fanwen.upkeep import backup as backups
from tests.service import Service
from tests.upkeep.conftest import PHRASE
from tests.upkeep.here import Library, pointed_at
from tests.upkeep.looking import ask, check, number, original, problems


@pytest.fixture
def elsewhere(tmp_path: Path) -> Library:
    """An empty data folder."""
    return Library(tmp_path / "elsewhere")


@pytest.fixture
def backup(library: Library, tmp_path: Path) -> Path:
    library.run("backup", tmp_path / "library.tar")
    return tmp_path / "library.tar"


def content(library: Library) -> dict[str, str]:
    """Path and SHA-256 of every original and rendition."""
    return {
        str(path.relative_to(library.data)): hashlib.sha256(path.read_bytes()).hexdigest()
        for tree in ("originals", "renditions")
        for path in sorted((library.data / tree).rglob("*"))
        if path.is_file()
    }


def is_untouched(library: Library) -> bool:
    """Whether the data folder is as it was before anybody restored into it."""
    leftovers = [path for path in library.data.iterdir() if path.name not in {"secret_key", "run"}]
    return leftovers == []


def rewrite(backup: Path, change: dict[str, bytes | None]) -> None:
    """The archive with members replaced, left out (None) or put in."""
    members: list[tuple[str, bytes]] = []
    with tarfile.open(backup) as archive:
        for member in archive:
            file = archive.extractfile(member)
            assert file is not None
            members.append((member.name, file.read()))
    names = [name for name, _ in members]
    with tarfile.open(backup, "w") as archive:
        for name, data in [*members, *((name, b"") for name in change if name not in names)]:
            new = change.get(name, data)
            if new is not None:
                info = tarfile.TarInfo(name)
                info.size = len(new)
                archive.addfile(info, io.BytesIO(new))


@pytest.mark.parametrize("name", ["library.tar", "library.tar.gz", "library.tgz"])
def test_what_went_in_comes_out(library: Library, elsewhere: Library, tmp_path: Path, name: str) -> None:
    said = library.run("backup", tmp_path / name).stdout
    assert said.startswith("3 documents in ")
    assert elsewhere.run("restore", tmp_path / name).stdout.startswith("3 documents restored")
    assert content(elsewhere) == content(library)
    for table in ("library_document", "library_page", "library_original", "intake_stage"):
        query = f"SELECT * FROM {table} ORDER BY 1"
        assert ask(elsewhere, query) == ask(library, query)
    assert (
        elsewhere.json("show", number(library, "docx"))["title"]
        == library.json("show", number(library, "docx"))["title"]
    )


def test_a_restored_library_is_found_again_once_it_runs(backup: Path, elsewhere: Library) -> None:
    elsewhere.run("restore", backup)
    with Service(elsewhere.data):
        deadline = time.monotonic() + 180
        while not (hits := elsewhere.json("search", f'"{PHRASE}"')["hits"]):
            assert time.monotonic() < deadline, "not found again"
            time.sleep(0.2)
    assert hits[0]["page"] == 1
    assert problems(check(elsewhere, "--deep")) == []


def test_secrets_and_sessions_stay_behind(library: Library, tmp_path: Path, elsewhere: Library) -> None:
    ask(library, "INSERT INTO django_session VALUES ('abc', 'x', '2099-01-01')")
    library.run("backup", tmp_path / "library.tar")
    with tarfile.open(tmp_path / "library.tar") as archive:
        assert not [name for name in archive.getnames() if "secret" in name or "index" in name or "cache" in name]
    elsewhere.run("restore", tmp_path / "library.tar")
    assert ask(elsewhere, "SELECT count(*) FROM django_session") == [(0,)]
    assert ask(library, "SELECT count(*) FROM django_session") == [(1,)]


def test_a_backup_can_be_read_with_ordinary_tools(backup: Path, tmp_path: Path) -> None:
    target = tmp_path / "by hand"
    target.mkdir()
    subprocess.run(["tar", "-xf", backup, "-C", target], check=True)
    checked = subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=target, capture_output=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert json.loads((target / "about.json").read_text(encoding="utf-8"))["documents"] == 3


def test_a_backup_taken_while_files_come_and_go_is_of_one_moment(
    library: Library, elsewhere: Library, tmp_path: Path
) -> None:
    """Every document that the restored catalogue names has its original, whatever was added or deleted meanwhile."""
    for count in range(30):
        (tmp_path / f"many-{count}.txt").write_text(f"第{count}份材料。\n" * 50, encoding="utf-8")
    writing = Service(library.data)
    writing.run("add", "--no-wait", *(tmp_path / f"many-{count}.txt" for count in range(10)))
    ended = threading.Event()
    failures: list[BaseException] = []

    def come_and_go() -> None:
        try:
            for count in range(10, 30):
                writing.run("add", "--no-wait", tmp_path / f"many-{count}.txt")
                if ended.is_set():
                    return
        except BaseException as failure:
            failures.append(failure)

    writer = threading.Thread(target=come_and_go)
    writer.start()
    try:
        for attempt in range(3):
            library.run("backup", tmp_path / f"busy-{attempt}.tar")
    finally:
        ended.set()
        writer.join()
    assert failures == []
    for attempt in range(3):
        restored = Library(tmp_path / f"restored-{attempt}")
        restored.run("restore", tmp_path / f"busy-{attempt}.tar")
        answer = check(restored, "--deep")
        assert not {"originals", "renditions", "database", "forgotten"} & set(problems(answer)), answer
        assert ask(restored, "SELECT count(*) FROM library_document")[0][0] >= 13


def test_a_document_deleted_while_the_backup_runs_is_in_neither_part(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The deletion falls between the copy of the database and the packing of the file."""
    copy_database = backups._copy_database

    def then_delete(source: Path, target: Path) -> None:
        copy_database(source, target)
        delete_document(Document.objects.get(format="txt"))

    monkeypatch.setattr(backups, "_copy_database", then_delete)
    with pointed_at(library.data):
        made = backups.back_up(tmp_path / "library.tar")
    assert (made.documents, made.missing) == (2, ())
    restored = Library(tmp_path / "restored")
    assert restored.run("restore", tmp_path / "library.tar").stdout.startswith("2 documents")
    assert problems(check(restored, "--deep")) == ["index"]  # there is none before the first start


def test_an_original_that_is_lost_is_reported_and_the_rest_is_backed_up(
    library: Library, elsewhere: Library, tmp_path: Path
) -> None:
    lost = original(library, "txt")
    lost.unlink()
    done = library.run("backup", tmp_path / "library.tar", check=False)
    assert done.returncode == 1
    assert lost.name in done.stderr
    restored = elsewhere.run("restore", tmp_path / "library.tar")
    assert lost.name in restored.stderr
    assert original(elsewhere, "docx").is_file()


def test_a_folder_in_use_is_refused_and_with_force_moved_aside(library: Library, backup: Path) -> None:
    before = content(library)
    refused = library.run("restore", backup, check=False)
    assert refused.returncode == 1
    assert "holds a library already" in refused.stderr
    assert content(library) == before
    ask(library, "UPDATE library_document SET title = 'later'")
    forced = library.run("restore", "--force", backup)
    (aside,) = library.data.glob("before-restore-*")
    assert str(aside) in forced.stdout
    assert (aside / "fanwen.sqlite3").is_file()
    assert content(library) == before
    assert ask(library, "SELECT count(*) FROM library_document WHERE title = 'later'") == [(0,)]


def test_a_running_service_is_not_pulled_away(library: Library, backup: Path) -> None:
    with Service(library.data):
        deadline = time.monotonic() + 180
        while not list((library.data / "run").glob("worker-*.lock")):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        refused = library.run("restore", "--force", backup, check=False)
    assert refused.returncode == 1
    assert "stop it first" in refused.stderr


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.9, 0.999])
@pytest.mark.parametrize("packed", [False, True])
def test_a_backup_cut_short_restores_nothing(backup: Path, elsewhere: Library, share: float, packed: bool) -> None:
    whole = backup.read_bytes().rstrip(b"\0")
    whole = gzip.compress(whole) if packed else whole
    cut = backup.with_name("cut.tar.gz" if packed else "cut.tar")
    cut.write_bytes(whole[: int(len(whole) * share)])
    done = elsewhere.run("restore", cut, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert str(cut) in done.stderr
    assert is_untouched(elsewhere)


def test_a_flipped_bit_anywhere_in_the_content_is_noticed(backup: Path, elsewhere: Library) -> None:
    with tarfile.open(backup) as archive:
        member = next(one for one in archive if one.name.startswith("renditions/"))
    content = bytearray(backup.read_bytes())
    content[member.offset_data + member.size // 2] ^= 1
    backup.write_bytes(content)
    done = elsewhere.run("restore", backup, check=False)
    assert done.returncode == 1
    assert "is damaged" in done.stderr
    assert is_untouched(elsewhere)


@pytest.mark.parametrize(
    "name", ["../outside", "/tmp/outside", "originals/../../outside", "originals/ab/cd/short", "secret_key"]
)
def test_a_name_that_leads_elsewhere_is_refused(backup: Path, elsewhere: Library, name: str) -> None:
    rewrite(backup, {name: b"outside"})
    done = elsewhere.run("restore", backup, check=False)
    assert done.returncode == 1
    assert "is not a backup of Fanwen" in done.stderr
    assert not (elsewhere.data.parent / "outside").exists()
    assert is_untouched(elsewhere)


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE])
def test_a_member_that_is_no_file_is_refused(backup: Path, elsewhere: Library, kind: bytes) -> None:
    with tarfile.open(backup, "a") as archive:
        info = tarfile.TarInfo("originals/ab/cd/abcd" + "0" * 60)
        info.type, info.linkname = kind, "/etc/passwd"
        archive.addfile(info)
    done = elsewhere.run("restore", backup, check=False)
    assert done.returncode == 1
    assert is_untouched(elsewhere)


@pytest.mark.parametrize("member", ["about.json", "fanwen.sqlite3", "SHA256SUMS"])
def test_a_missing_part_is_noticed(backup: Path, elsewhere: Library, member: str) -> None:
    rewrite(backup, {member: None})
    assert elsewhere.run("restore", backup, check=False).returncode == 1
    assert is_untouched(elsewhere)


def test_a_file_of_another_kind_is_refused(tmp_path: Path, elsewhere: Library) -> None:
    (tmp_path / "holiday.tar").write_bytes(b"not a tar archive" * 100)
    done = elsewhere.run("restore", tmp_path / "holiday.tar", check=False)
    assert done.returncode == 1
    assert "is not a backup of Fanwen" in done.stderr


def test_a_backup_of_a_newer_version_is_refused_by_name(backup: Path, elsewhere: Library) -> None:
    with tarfile.open(backup) as archive:
        about = json.load(archive.extractfile("about.json"))  # type: ignore[arg-type]
        sums = archive.extractfile("SHA256SUMS").read().decode()  # type: ignore[union-attr]
        old = archive.extractfile("about.json").read()  # type: ignore[union-attr]
    about["migrations"].append("library.0999_years_ahead")
    about["fanwen"] = "9.9"
    new = json.dumps(about).encode()
    sums = sums.replace(hashlib.sha256(old).hexdigest(), hashlib.sha256(new).hexdigest())
    rewrite(backup, {"about.json": new, "SHA256SUMS": sums.encode()})
    done = elsewhere.run("restore", backup, check=False)
    assert done.returncode == 1
    assert "9.9" in done.stderr
    assert is_untouched(elsewhere)


@pytest.mark.parametrize("share", [0.2, 1.02])
def test_a_backup_that_cannot_be_written_leaves_the_older_one(library: Library, tmp_path: Path, share: float) -> None:
    service = Service(library.data)
    room = int(share * (library.data / "fanwen.sqlite3").stat().st_size / 1024)
    target = tmp_path / "small" / "library.tar"
    target.parent.mkdir()
    target.write_bytes(b"the older one")
    done = subprocess.run(
        # No file may grow beyond so many blocks of 1 kB, as on a disk that is full: enough for the database alone.
        ["bash", "-c", f'ulimit -f {room}; exec "$@"', "-", *service.argv("backup", target)],
        env=service.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "no room for the backup" in done.stderr or "is the disk full?" in done.stderr
    assert "Traceback" not in done.stderr
    assert target.read_bytes() == b"the older one"
    assert [path.name for path in target.parent.iterdir()] == ["library.tar"]


@pytest.mark.parametrize(("name", "reason"), [("library.zip", "ends in .tar"), ("none/library.tar", "no folder")])
def test_a_name_that_will_not_do_is_answered_at_once(library: Library, tmp_path: Path, name: str, reason: str) -> None:
    done = library.run("backup", tmp_path / name, check=False)
    assert done.returncode == 1
    assert reason in done.stderr


def test_a_killed_restore_does_not_stand_in_the_way(backup: Path, elsewhere: Library) -> None:
    (elsewhere.data / "restoring-abc" / "originals").mkdir(parents=True)
    elsewhere.run("restore", backup)
    assert list(elsewhere.data.glob("restoring-*")) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    done = Service(tmp_path / "closed" / "data").run("restore", backup, check=False)
    assert done.returncode == 1
    assert "closed" in done.stderr
    shutil.rmtree(tmp_path / "closed")


def test_earlier_versions_come_back_too(library: Library, elsewhere: Library, tmp_path: Path) -> None:
    text = number(library, "txt")
    (tmp_path / "plan-2.txt").write_text("五月的计划，六月的总结。\n", encoding="utf-8")
    assert Service(library.data).json("replace", text, tmp_path / "plan-2.txt")["version"] == 2
    assert library.run("backup", tmp_path / "library.tar").stdout.startswith("3 documents in ")
    elsewhere.run("restore", tmp_path / "library.tar")
    assert content(elsewhere) == content(library)
    assert len(content(library)) == 4 + 3
    assert {"originals", "renditions"}.isdisjoint(problems(check(elsewhere, "--deep")))
    with pointed_at(elsewhere.data):
        earlier = Document.objects.get(version_of__number=text)
        assert "四月的计划" in earlier.pages.get().text
