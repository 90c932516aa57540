from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import docx

from tests.service import Service


def test_a_worker_with_nothing_else_to_do_looks_at_what_an_older_version_looked_at(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("青禾镇活动登记表　姓名：________　电话：________")
    document.save(str(tmp_path / "form.docx"))
    with Service(tmp_path / "data") as service:
        service.run("add", tmp_path / "form.docx")
        newest = _wait_for_engine(service, above=0)
    with closing(sqlite3.connect(service.data / "fanwen.sqlite3")) as database:
        database.execute("UPDATE blanks_template SET engine = 0, slots = 0")
        database.commit()
    with service:
        assert _wait_for_engine(service, above=0) == newest
        with closing(sqlite3.connect(service.data / "fanwen.sqlite3")) as database:
            assert database.execute("SELECT slots FROM blanks_template").fetchall() == [(2,)]


def _wait_for_engine(service: Service, above: int) -> int:
    """The version of detection that the one template was made by, once it is over `above`."""
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        with closing(sqlite3.connect(service.data / "fanwen.sqlite3")) as database:
            found = database.execute("SELECT engine FROM blanks_template").fetchall()
        if found and found[0][0] > above:
            return int(found[0][0])
        time.sleep(0.1)
    raise AssertionError(service.log.read_text(errors="replace")[-3000:])
