"""Kill processes at random while files are imported, then look whether anything was lost or came twice.

    python -m bench.torture --rounds 50 --files 200

Each round imports the files into an empty library through a running service, and kills (SIGKILL) web, worker, index
writer, office, the importing command or the supervisor at random moments. What was killed for good is started again, as
a person or systemd would. In the end every file must be exactly one document with a state. A document whose converter was
killed twice has been set aside, as it should; it is sent again, and then all must be ready and found by their own words.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.service import Service

TARGETS = ("web", "worker", "index writer", "office", "add", "supervisor")


@dataclass
class Outcome:
    """What one round did and found; `problems` is empty when all is well."""

    kills: list[str]
    problems: list[str]
    seconds: float


def make_files(folder: Path, count: int) -> list[Path]:
    """`count` small files of several formats, each with a word of its own (`word`)."""
    import docx
    import openpyxl

    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number in range(count):
        text = f"第{number}号记录写着{word(number)}，由青禾镇资料室保存。"
        kind = number % 3
        path = folder / f"{number:04}.{('docx', 'txt', 'xlsx')[kind]}"
        if kind == 0:
            document = docx.Document()
            for _ in range(8):
                document.add_paragraph(text)
            document.save(str(path))
        elif kind == 1:
            path.write_text(text * 5, encoding="utf-8")
        else:
            book = openpyxl.Workbook()
            book.active.append(["记录", text])
            book.save(path)
        made.append(path)
    return made


def word(number: int) -> str:
    return f"zq{number:05d}x"


def prepare(home: Path) -> Path:
    """A data folder as a first start leaves it, for rounds to copy: that a first start works is told by other tests."""
    with Service(home / "prepared"):
        pass
    return home / "prepared"


def play(files: Path, count: int, seed: int, kills: int, prepared: Path | None = None) -> Outcome:
    """One round over the `count` files in the folder `files`, in a fresh data folder or a copy of `prepared`."""
    chance = random.Random(seed)
    began = time.monotonic()
    home = Path(tempfile.mkdtemp(prefix="fanwen-torture-"))
    if prepared is not None:
        shutil.copytree(prepared, home / "data")
    service = Service(home / "data", workers=2)
    killed: list[str] = []
    try:
        service.start()
        add = _add(service, files)
        for _ in range(kills):
            time.sleep(chance.uniform(0.1, 2.0))
            target = chance.choice(TARGETS)
            if _kill(target, service, add, chance):
                killed.append(target)
            if service.process is not None and service.process.poll() is not None:
                service.start()
            if add.poll() is not None and add.returncode != 0:
                add = _add(service, files)
        if add.wait(600) != 0:
            add = _add(service, files)
            add.wait(600)
        problems = _send_again(service)
        return Outcome(killed, problems + _verify(service, count), time.monotonic() - began)
    finally:
        service.stop()
        shutil.rmtree(home, ignore_errors=True)


def _send_again(service: Service) -> list[str]:
    """Retry what was set aside; what is wrong with anything else that failed."""
    done = _ask(service, "--aside")
    set_aside: dict[str, str] = json.loads(done.stdout)
    problems = [f"{number} failed of {cause}" for number, cause in set_aside.items() if cause != "converter_died"]
    if not set_aside:
        return problems
    for number in set_aside:
        service.run("retry", number)
    deadline = time.monotonic() + 300
    while json.loads(_ask(service, "--working").stdout) and time.monotonic() < deadline:
        time.sleep(0.5)
    return problems


def _ask(service: Service, *question: str) -> subprocess.CompletedProcess[str]:
    """Ask a fresh process, which trusts nothing in memory."""
    return subprocess.run(
        [sys.executable, "-m", "bench.torture", *question],
        env=service.environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _add(service: Service, files: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        service.argv("add", files, "--json"),
        env=service.environment,
        stdout=subprocess.DEVNULL,
        stderr=service.log.open("ab"),
        start_new_session=True,
    )


def _kill(target: str, service: Service, add: subprocess.Popen[bytes], chance: random.Random) -> bool:
    assert service.process is not None
    if target == "add":
        candidates = [add.pid] if add.poll() is None else []
    elif target == "supervisor":
        candidates = [service.process.pid]
    else:
        mark = {"web": "fanwen.config.web", "worker": "intake.app.worker", "index writer": "search.app.writer"}.get(
            target, "soffice.bin"
        )
        candidates = [pid for pid in _descendants(service.process.pid) if mark in _command(pid)]
    if not candidates:
        return False
    try:
        os.kill(chance.choice(candidates), signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _descendants(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
            children.setdefault(parent, []).append(int(folder.name))
    found, waiting = [], [root]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def _command(pid: int) -> str:
    try:
        return (Path("/proc") / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _verify(service: Service, count: int) -> list[str]:
    done = _ask(service, "--verify", str(count))
    if done.returncode:
        return [f"verification failed: {done.stderr[-2000:]}"]
    problems: list[str] = json.loads(done.stdout)
    checked = service.run("check", "--json", check=False)
    report = json.loads(checked.stdout)
    rows = report["checks"] if isinstance(report, dict) else report
    problems += [f"check: {row}" for row in rows if row.get("state") == "problem"]
    return problems


def _documents(status: str) -> dict[str, str]:
    """Numbers of the documents with `status` in FANWEN_DATA, and the cause of those that failed."""
    from fanwen.cli import set_up

    set_up(None)
    from fanwen.intake.app.models import Stage
    from fanwen.library.models import Document

    causes = dict(Stage.objects.filter(state="failed").values_list("document__number", "cause"))
    return {
        number: causes.get(number, "")
        for number in Document.objects.filter(status=status).values_list("number", flat=True)
    }


def verify(count: int) -> list[str]:
    """What is wrong with the library in FANWEN_DATA after an import of `count` files."""
    from fanwen.cli import set_up

    set_up(None)
    from fanwen.library.models import Document, Original
    from fanwen.search.app import service
    from fanwen.search.types import Filters

    problems = []
    documents = {document.original_name: document for document in Document.objects.all()}
    if Document.objects.count() != count or len(documents) != count or Original.objects.count() != count:
        problems.append(f"{Document.objects.count()} documents, {Original.objects.count()} originals, {count} files")
    problems += [f"{d.original_name} is {d.status}" for d in documents.values() if d.status != "ready"]
    for name, document in documents.items():
        token = word(int(name[:4]))
        found = [hit.number for hit in service.find(token, Filters()).documents]
        if found != [document.number]:
            problems.append(f"{token} finds {found}, not {document.number}")
    return problems


def main() -> None:
    options = argparse.ArgumentParser(
        prog="python -m bench.torture", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--files", type=int, default=30)
    options.add_argument("--kills", type=int, default=6)
    options.add_argument("--seed", type=int, default=int(time.time()))
    options.add_argument("--verify", type=int, help=argparse.SUPPRESS)
    options.add_argument("--aside", action="store_true", help=argparse.SUPPRESS)
    options.add_argument("--working", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.aside or given.working:
        print(json.dumps(_documents("failed" if given.aside else "working")))
        return
    if given.verify is not None:
        print(json.dumps(verify(given.verify), ensure_ascii=False))
        return
    bad = 0
    with tempfile.TemporaryDirectory(prefix="fanwen-torture-files-") as folder:
        files = Path(folder, "files")
        make_files(files, given.files)
        prepared = prepare(Path(folder))
        for number in range(given.rounds):
            outcome = play(files, given.files, given.seed + number, given.kills, prepared)
            bad += bool(outcome.problems)
            verdict = "; ".join(outcome.problems[:5]) or "nothing lost, nothing twice"
            print(
                f"round {number + 1}/{given.rounds}: killed {', '.join(outcome.kills) or 'nothing'}; "
                f"{outcome.seconds:.0f} s; {verdict}",
                flush=True,
            )
    if bad:
        sys.exit(f"{bad} of {given.rounds} rounds went wrong (seed {given.seed})")


if __name__ == "__main__":
    main()
