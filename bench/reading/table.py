"""The document page and the search page: requests a second and the slowest hundredth, at sixteen clients."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

from docx import Document as Docx

from bench.intake.visitor import Visitor
from bench.reading.load import CLIENTS, Load, load, missing
from tests.service import Service, free_port

DOCUMENTS = 8
PAGES = 12
_TEXT = "风从海上来，石阶湿了又干，来往的渔船按时回港，港口的钟在整点敲响。值守人逐日记录天气、船只与灯火。"


def measure(rounds: int) -> list[dict[str, Any]]:
    if why := missing():
        print(f"reading: {why}", file=sys.stderr)
        return []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Service(folder / "data", workers=1) as service, _hello() as bare:
            added = service.json("add", *_files(folder))
            pages = [f"/d/{entry['number']}/" for entry in added]
            searches = [f"/search/?q={quote(f'灯塔{number}')}" for number in range(1, DOCUMENTS + 1)]
            cookies = Visitor(service).cookies
            runs: dict[str, list[Load]] = {"hello": [], "document": [], "signed in": [], "search": []}
            load(service.url, [*pages, *searches], seconds=2)  # both web processes have met every page
            for _ in range(max(rounds, 1)):
                runs["hello"].append(load(bare, ["/"]))
                runs["document"].append(load(service.url, pages))
                runs["signed in"].append(load(service.url, pages, cookie=cookies))
                runs["search"].append(load(service.url, searches))
    rate = {name: median(run.rate for run in each) for name, each in runs.items()}
    p99 = {name: median(run.p99 for run in each) for name, each in runs.items()}
    at = f"{CLIENTS} clients"
    return [
        _rate(f"a document's page, {at}, against a bare Django page", rate["document"], rate["hello"], share=1 / 3),
        _slowest(f"the slowest hundredth of a document's page, {at}", p99["document"], p99["hello"]),
        _rate(f"the same page for someone signed in, {at}", rate["signed in"], rate["hello"]),
        _slowest(f"its slowest hundredth, {at}", p99["signed in"], p99["hello"]),
        _rate(f"the search page, {at}", rate["search"], rate["hello"]),
        _slowest(f"its slowest hundredth, {at}", p99["search"], p99["hello"]),
    ]


def _rate(name: str, ours: float, theirs: float, *, share: float = 0) -> dict[str, Any]:
    goal, met = ("at least a third", ours >= share * theirs) if share else ("", None)
    return {"row": name, "ours": ours, "theirs": theirs, "unit": "requests/s", "goal": goal, "met": met}


def _slowest(name: str, ours: float, theirs: float) -> dict[str, Any]:
    return {"row": name, "ours": ours, "theirs": theirs, "unit": "ms", "goal": "", "met": None}


@contextmanager
def _hello() -> Iterator[str]:
    """A bare page behind the same server; its address."""
    port = free_port()
    environment = {
        **os.environ,
        "FANWEN_BIND": f"127.0.0.1:{port}",
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
    }
    process = subprocess.Popen([sys.executable, "-m", "bench.reading.hello"], env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                with urllib.request.urlopen(url, timeout=2):
                    break
            except OSError:
                time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(30)


def _files(folder: Path) -> list[Path]:
    """Word files of `PAGES` full pages."""
    files = []
    for number in range(1, DOCUMENTS + 1):
        document = Docx()
        document.add_heading(f"海岸报告之{number}", 0)
        for page in range(PAGES):
            if page:
                document.add_page_break()
            document.add_paragraph(f"第{page + 1}页说的是灯塔{number}。")
            for _ in range(9):
                document.add_paragraph(_TEXT * 2)
        files.append(folder / f"report-{number}.docx")
        document.save(str(files[-1]))
    return files
