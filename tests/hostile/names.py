"""Harmless text under names that mean harm."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.case import READY, Case, case

NAMES = (
    "../../../../etc/passwd.txt",
    "..\\..\\windows\\system32\\a.txt",
    "/etc/cron.d/evil.txt",
    "C:\\autoexec.txt",
    "a\0b.txt",
    "报告\u202etxt.exe",
    "报告\u200f\u2066.txt",
    "a" * 300 + ".txt",
    "汉" * 300 + ".txt",
    "CON.txt",
    "第一行\n第二行\r.txt",
    "<script>alert(1)</script>.txt",
    "'; DROP TABLE documents; --.txt",
    "$(touch evil) `touch evil`.txt",
    "-rf.txt",
    ".",
    "..",
    " .txt",
    ".htaccess",
    "a.docx.txt",
    "a.txt.",
    "%00%2e%2e%2f.txt",
    "\ud800.txt",
)


def cases(port: int) -> Iterator[Case]:
    for name in NAMES:
        yield case(f"text called {name[:40]!a}", name, "云溪县防汛须知\n请勿靠近河道。\n".encode(), READY)
