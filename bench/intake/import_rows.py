"""Sixty office documents imported, and one waited for."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any

from bench.intake.files import Files
from bench.intake.peer import Peer
from bench.intake.rows import row
from bench.intake.visitor import Visitor
from fanwen.intake.office import Office
from fanwen.intake.sniff import sniff
from tests.service import Service

CORES = os.cpu_count() or 1
_FROM_STORED_TO_FINDABLE = """
    SELECT 86400 * (max(julianday(stage.finished_at)) - min(julianday(document.uploaded_at)))
    FROM library_document AS document JOIN intake_stage AS stage ON stage.document_id = document.id
    WHERE stage.name = 'indexed' AND document.id > ?
"""
"""Seconds, of the documents after the first so many."""


def import_rows(files: Files, rounds: int) -> list[dict[str, Any]]:
    cold: list[float] = []
    warm: list[float] = []
    limit: list[float] = []
    theirs: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peer = Peer(folder / "peer")
        peer.convert(files.office[0])  # the first start makes its profile
        engines = [Office(folder / f"office-{number}") for number in range(CORES)]
        try:
            _convert_all(engines, files.office[:CORES], folder / "warm")
            for number in range(rounds):
                cold.append(_import_cold(files.office, folder / f"cold-{number}"))
                limit.append(_convert_all(engines, files.office, folder / f"limit-{number}"))
                warm.append(_import_warm(files, folder / f"warm-{number}"))
                theirs.append(_convert_with(peer, files.office))
        finally:
            for engine in engines:
                engine.close()
        first, their_first = _first_page(files, folder / "first", peer, rounds=max(rounds, 5))
    return [
        row("import of 60 office documents to findable pages", median(cold), median(theirs), "s", times=10),
        row(f"the same, service warm, against LibreOffice's load + export alone on {CORES} cores", median(warm), median(limit), "s", most=1.3),
        row("first page of a seven-page DOC readable after upload", first, their_first, "s", times=4),
    ]  # fmt: skip


def _import_cold(office: tuple[Path, ...], data: Path) -> float:
    """`fanwen add` into an empty data folder, everything it starts included."""
    library = Service(data)
    began = time.perf_counter()
    library.run("add", *office)
    took = time.perf_counter() - began
    shutil.rmtree(data)
    return took


def _import_warm(files: Files, data: Path) -> float:
    """The same beside a running service whose LibreOffices are up, from the first file stored to the last one findable: the
    command's own start is in the cold row."""
    with Service(data, workers=CORES) as service:
        service.run("add", *files.seven[: 4 * CORES])
        service.run("add", *files.office)
    with closing(sqlite3.connect(data / "fanwen.sqlite3")) as catalogue:
        (took,) = catalogue.execute(_FROM_STORED_TO_FINDABLE, (4 * CORES,)).fetchone()
    shutil.rmtree(data)
    return float(took)


def _convert_all(engines: list[Office], office: tuple[Path, ...], folder: Path) -> float:
    """Every file into a PDF, by as many LibreOffices as there are cores, and nothing else."""
    folder.mkdir()
    waiting = list(reversed(office))
    lock = threading.Lock()

    def work(engine: Office) -> None:
        while True:
            with lock:
                if not waiting:
                    return
                source = waiting.pop()
            engine.convert(source, sniff(source, source.name), folder / f"{source.name}.pdf")

    began = time.perf_counter()
    threads = [threading.Thread(target=work, args=(engine,)) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    assert len(list(folder.iterdir())) == len(office)
    return took


def _convert_with(peer: Peer, office: tuple[Path, ...]) -> float:
    began = time.perf_counter()
    for source in office:
        peer.convert(source)
    return time.perf_counter() - began


def _first_page(files: Files, data: Path, peer: Peer, rounds: int) -> tuple[float, float]:
    """From the upload to the picture of the first page, in a browser's way; theirs until all its pictures are there."""
    ours: list[float] = []
    theirs: list[float] = []
    with Service(data, workers=CORES) as service:
        visitor = Visitor(service)
        service.run("add", *files.office[:8])
        for source in files.seven[:rounds]:
            visitor.get("/healthz")
            began = time.perf_counter()
            number = visitor.upload(source)
            while (address := visitor.image_path(number, 1, 1000)) is None:
                time.sleep(0.01)
            status, image = visitor.get(address)
            ours.append(time.perf_counter() - began)
            assert status == 200, image
            began = time.perf_counter()
            peer.convert(source)
            theirs.append(time.perf_counter() - began)
    return median(ours), median(theirs)
