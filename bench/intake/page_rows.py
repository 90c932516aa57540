"""A page image that nobody has asked for yet, and what a page takes up on the disk."""

from __future__ import annotations

import hashlib
import io
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import pypdfium2 as pdfium

from bench.intake.files import Files
from bench.intake.peer import PAGES, WIDTH, Peer
from bench.intake.rows import row
from bench.intake.visitor import Visitor
from fanwen.config.folders import Folders
from fanwen.intake.draw import draw
from tests.service import Service


def page_rows(files: Files, rounds: int) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as name:
        data = Path(name, "data")
        with Service(data, workers=1) as service:
            added = service.json("add", *files.seven[: max(rounds, 3)], *files.office)
            visitor = Visitor(service)
            pages = sum(entry["pages"] for entry in added)
            seven = [entry["number"] for entry in added[: max(rounds, 3)]]
            # Word files: each has its PDF under its own hash.
            hashes = [hashlib.sha256(source.read_bytes()).hexdigest() for source in files.seven]
            folders = Folders(data)
            pdfs = {number: folders.rendition(sha256) for number, sha256 in zip(seven, hashes, strict=False)}
            pictures = _picture_times(visitor, pdfs, Peer(Path(name, "peer")))
        # The service has ended, so the write-ahead log, which comes and goes, is part of the database again.
        nothing = Service(Path(name, "nothing"))
        nothing.run("search", "nothing")
        stored = _size(data) - _size(nothing.data)
        rendered = _prerendered(folders.renditions)
    ours, engine, theirs = (median(times) for times in pictures)
    return [
        row(f"a page image not in the cache, {WIDTH} px wide, over HTTP, against pdfium's render + encode", 1000 * ours, 1000 * engine, "ms", most=1.5),
        row("the same against pdftoppm", 1000 * ours, 1000 * theirs, "ms", times=5),
        row(f"bytes stored beside original and PDF, a page, against {PAGES} pre-rendered WebP pages", stored / pages, rendered, "bytes", times=20),
    ]  # fmt: skip


def _picture_times(visitor: Visitor, pdfs: dict[str, Path], peer: Peer) -> tuple[list[float], list[float], list[float]]:
    """Seconds a page: over HTTP, by pdfium in this process with the document open, by a pdftoppm a page."""
    ours: list[float] = []
    engine: list[float] = []
    theirs: list[float] = []
    for number, pdf in pdfs.items():
        document = pdfium.PdfDocument(pdf)
        draw(document, 1, 400, "auto")
        first = visitor.image_path(number, 1, 400)
        assert first is not None
        visitor.get(first)  # the first request warms up whoever serves it
        for page in range(1, len(document) + 1):
            address = first.replace("p1-400", f"p{page}-{WIDTH}")
            began = time.perf_counter()
            status, image = visitor.get(address)
            ours.append(time.perf_counter() - began)
            assert status == 200, image[:300]
            engine.append(_timed(lambda document=document, page=page: draw(document, page, WIDTH, "auto")))
            theirs.append(_timed(lambda pdf=pdf, page=page: peer.page(pdf, page)))
        document.close()
    return ours, engine, theirs


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _size(data: Path) -> int:
    """Bytes of what is beside originals and PDFs and stays there: catalogue and index."""
    folders = Folders(data)
    files = [*data.glob("fanwen.sqlite3*"), *folders.index.rglob("*")]
    return sum(file.stat().st_size for file in files if file.is_file())


def _prerendered(renditions: Path) -> float:
    """Bytes a page of the first pages of each document as WebP."""
    sizes: list[int] = []
    for pdf in sorted(renditions.rglob("*.pdf")):
        document = pdfium.PdfDocument(pdf)
        for number in range(min(PAGES, len(document))):
            page = document[number]
            out = io.BytesIO()
            page.render(scale=WIDTH / page.get_width()).to_pil().save(out, "WEBP", quality=75)
            sizes.append(len(out.getvalue()))
        document.close()
    return sum(sizes) / len(sizes)
