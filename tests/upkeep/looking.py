"""Looking into a data folder, and spoiling it, from outside."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.service import Service
from tests.upkeep.here import Library


def ask(library: Library, query: str, *values: object) -> list[tuple[Any, ...]]:
    """Run one SQL statement on the library's database."""
    with closing(sqlite3.connect(library.data / "fanwen.sqlite3", timeout=120)) as database:
        found = database.execute(query, values).fetchall()
        database.commit()
        return found


def original(library: Library, format_: str) -> Path:
    """The file of the only document of a format."""
    ((sha256,),) = ask(library, "SELECT original_id FROM library_document WHERE format = ?", format_)
    return library.data / "originals" / sha256[:2] / sha256[2:4] / sha256


def rendition(library: Library, format_: str) -> Path:
    source = original(library, format_)
    return library.data / "renditions" / source.parts[-3] / source.parts[-2] / f"{source.name}.pdf"


def number(library: Library, format_: str) -> str:
    ((found,),) = ask(library, "SELECT number FROM library_document WHERE format = ?", format_)
    return str(found)


def check(library: Library, *options: str) -> dict[str, Any]:
    answer: dict[str, Any] = library.json("check", *options, check=False)
    return answer


def problems(answer: dict[str, Any]) -> list[str]:
    """Names of what was found to be wrong with the library, but for what this machine lacks."""
    machine = {"office", "sandbox", "ocr", "fonts", "font names", "disk", "translations"}
    return [one["name"] for one in answer["checks"] if one["state"] != "ok" and one["name"] not in machine]


def work_until_done(library: Library) -> None:
    """Let workers and the index writer run until nothing is left to do, as `fanwen serve` would."""
    with Service(library.data):
        wait_until_done(library)


def wait_until_done(library: Library) -> None:
    deadline = time.monotonic() + 180
    while ask(library, "SELECT 1 FROM intake_task") or ask(library, "SELECT 1 FROM search_change"):
        assert time.monotonic() < deadline, "the queue does not empty"
        time.sleep(0.1)
