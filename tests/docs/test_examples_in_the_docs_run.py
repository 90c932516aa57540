"""Every ``console`` and ``python`` block of the documentation is run, page by page, against a library of its own.

In a ``console`` block, a line that begins with ``$`` is run by the shell; what follows is its output, compared as doctest
compares, ``...`` standing for anything. NUMBER stands for the number of the document added last. Commands and Python find
the files of `SAMPLES` in their folder.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _notice(path: Path) -> None:
    document = docx.Document()
    document.add_heading("关于开展全民阅读活动的通知", 1)
    document.add_paragraph("各单位：为推动全民阅读，现就开展读书月活动有关事项通知如下。")
    document.add_paragraph("请于20__年__月__日前报送____人参加，联系人：________。")
    document.save(str(path))


def _plan(path: Path) -> None:
    path.write_text("2026年读书月活动计划\n\n四月在青石镇图书馆举办读书月启动仪式。\n", encoding="utf-8")


SAMPLES: dict[str, Callable[[Path], None]] = {"notice.docx": _notice, "plans/april.txt": _plan}


def pages() -> list[Path]:
    return [
        page
        for page in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
        if BLOCK.search(page.read_text(encoding="utf-8"))
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, make in SAMPLES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        make(tmp_path / name)
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "fanwen"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m fanwen.cli "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return tmp_path


def test_there_are_examples() -> None:
    assert pages()


@pytest.mark.parametrize("path", pages(), ids=lambda path: str(path.relative_to(ROOT)))
def test_examples_of_a_page_run(path: Path, folder: Path) -> None:
    environment = {
        **os.environ,
        "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "FANWEN_DATA": str(folder / "data"),
        "LANG": "C.UTF-8",
    }
    number = ""
    for kind, text in BLOCK.findall(path.read_text(encoding="utf-8")):
        if kind == "python":
            _run([sys.executable, "-c", text], folder, environment)
            continue
        for command, expected in _steps(text):
            said = _run(["sh", "-c", command.replace("NUMBER", number)], folder, environment)
            if added := re.findall(r"\b[1-9]\d{8}\b", said):
                number = added[-1]
            assert _matches(expected, said), f"$ {command}\nsays\n{said}\nnot\n{expected}"


def _steps(block: str) -> list[tuple[str, str]]:
    """Commands with the output that is shown for them."""
    return [
        (command.strip(), expected)
        for command, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    ]


def _run(argv: list[str], folder: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(argv, cwd=folder, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, f"{argv[-1]}\nended with {done.returncode}:\n{done.stdout}{done.stderr}"
    return done.stdout


def _matches(expected: str, said: str) -> bool:
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    return not expected.strip() or doctest.OutputChecker().check_output(expected, said, flags)
