from __future__ import annotations

import subprocess
import sys


def _run(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()


def test_its_names_are_functions_whatever_was_imported_before() -> None:
    program = """
import fanwen.blanks.detect.detector, fanwen.blanks.diff, fanwen.blanks.fill, fanwen.blanks.mask.mask
from fanwen.blanks import Template, detect, diff, fill, mask, read_story, to_json, unmask
print(all(map(callable, (Template, detect, diff, fill, mask, read_story, to_json, unmask))))
"""
    assert _run(program) == "True"


def test_tables_bring_no_dictionary_with_them() -> None:
    program = "import sys; from fanwen.cli import set_up; set_up(None); print('rjieba' in sys.modules)"
    assert _run(program) == "False"
