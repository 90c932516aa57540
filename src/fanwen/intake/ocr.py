"""Text of pages that are only pictures, by RapidOCR, whose models (PP-OCR, Chinese and English) come in its wheel.

Optional: without the extra `ocr`, `available` says no. Some seconds a page on two cores, so it belongs in the background.
It is given a page's picture, which a renderer has drawn: a file that hangs or crashes pdfium hangs nothing here.
"""

from __future__ import annotations

import importlib.util
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from PIL import Image

from fanwen.intake.characters import ordinary
from fanwen.intake.types import Line, PageContent

LONG_SIDE = 2000
"""Pixels of a page's longer side as it is read: 170 dots an inch at A4. RapidOCR makes anything larger smaller."""
THREADS = 2
SURE = 0.5
"""The least confidence of a line that is kept."""
_TALL = 2.0
"""Height to width from which a line of several characters is set vertically."""


@dataclass(frozen=True)
class _Found:
    """A line as read: its text, its box and the right edge of each character (bottom, when vertical), as fractions."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    edges: tuple[float, ...]
    vertical: bool


def available() -> bool:
    """Whether OCR is installed."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def recognise(picture: bytes, *, number: int, width: float, height: float) -> PageContent:
    """The text of page `number`, `width` x `height` points, read from `picture`, an image file of it about `LONG_SIDE`
    pixels long; empty where nothing can be read."""
    import numpy

    with Image.open(io.BytesIO(picture)) as image:
        colours = numpy.asarray(image.convert("RGB"))[:, :, ::-1]  # the engine expects blue first
    text, lines = _joined(_read(colours))
    return PageContent(number, width, height, text, lines, recognised=True)


def drawn_width(width: float, height: float) -> int:
    """Pixels across for a page of `width` x `height` points, so that its longer side comes to `LONG_SIDE`."""
    return max(1, round(LONG_SIDE * width / max(width, height, 1.0)))


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    threads = min(THREADS, os.cpu_count() or 1)
    return RapidOCR(
        params={
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Global.text_score": SURE,
            "Global.log_level": "error",
        }
    )


def _read(picture: Any) -> list[_Found]:
    result = _engine()(picture, return_word_box=True, return_single_char_box=True)
    if result.txts is None:
        return []
    height, width = picture.shape[:2]
    found = []
    words = result.word_results or [()] * len(result.txts)
    for text, box, characters in zip(result.txts, result.boxes, words, strict=True):
        text = ordinary(text).strip()
        if text:
            found.append(_line(text, box, characters, width, height))
    return found


def _line(text: str, box: Any, characters: Sequence[Any], width: int, height: int) -> _Found:
    xs = [min(max(float(x) / width, 0.0), 1.0) for x, _ in box]
    ys = [min(max(float(y) / height, 0.0), 1.0) for _, y in box]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    vertical = len(text) > 1 and (y1 - y0) * height > _TALL * (x1 - x0) * width
    if vertical:
        return _Found(text, x0, y0, x1, y1, _even(y0, y1, len(text)), True)
    return _Found(text, x0, y0, x1, y1, _placed(text, characters, x0, x1, width), False)


def _even(begin: float, end: float, count: int) -> tuple[float, ...]:
    return tuple(begin + (end - begin) * number / count for number in range(1, count + 1))


def _placed(text: str, characters: Sequence[Any], x0: float, x1: float, width: int) -> tuple[float, ...]:
    """The edges: half way to the next character's box. Blanks have no box and share the gap they stand for."""
    solid = [index for index, char in enumerate(text) if not char.isspace()]
    boxes = [(character[2], str(character[0])) for character in characters if not str(character[0]).isspace()]
    if [text[index] for index in solid] != [char for _, char in boxes]:
        return _even(x0, x1, len(text))
    spans = [(min(x for x, _ in box) / width, max(x for x, _ in box) / width) for box, _ in boxes]
    edges = [x1] * len(text)
    for number, index in enumerate(solid[:-1]):
        right, left, following = spans[number][1], spans[number + 1][0], solid[number + 1]
        if following == index + 1:
            edges[index] = (right + left) / 2
        else:
            for blank in range(index, following):
                edges[blank] = right + (left - right) * (blank - index) / (following - index - 1)
    at = x0
    for index, edge in enumerate(edges):
        at = edges[index] = min(max(edge, at), x1)
    return tuple(edges)


def _joined(found: list[_Found]) -> tuple[str, tuple[Line, ...]]:
    """The text by rows, from top to bottom; what stands on one row from left to right, parted by tabs."""
    rows: list[list[_Found]] = []
    for one in sorted(found, key=lambda one: (one.y0 + one.y1) / 2):
        middle = (one.y0 + one.y1) / 2
        if (
            rows
            and not one.vertical
            and min(other.y0 for other in rows[-1]) < middle < min(other.y1 for other in rows[-1])
        ):
            rows[-1].append(one)
        else:
            rows.append([one])
    parts: list[str] = []
    lines: list[Line] = []
    at = 0
    for row in rows:
        for number, one in enumerate(sorted(row, key=lambda one: one.x0)):
            if parts:
                parts.append("\t" if number else "\n")
                at += 1
            lines.append(
                Line(at, at + len(one.text), one.x0, one.y0, one.x1 - one.x0, one.y1 - one.y0, one.edges, one.vertical)
            )
            parts.append(one.text)
            at += len(one.text)
    return "".join(parts), tuple(lines)
