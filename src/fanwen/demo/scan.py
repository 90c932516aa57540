"""A PDF as a scanner makes it: pictures of pages, a little crooked, with some noise, and no text."""

from __future__ import annotations

import io
import random
from datetime import UTC, datetime
from pathlib import Path

import img2pdf
import pypdfium2
from PIL import Image

_DPI = 150
_DATE = datetime(2025, 1, 1, tzinfo=UTC)


def scan(pdf: Path, target: Path) -> None:
    """Write `target`, a PDF with one JPEG picture for each page of `pdf`."""
    chance = random.Random(1987)
    with pypdfium2.PdfDocument(pdf) as document:
        pictures = [_picture(page, chance) for page in document]
    layout = img2pdf.get_fixed_dpi_layout_fun((_DPI, _DPI))
    target.write_bytes(img2pdf.convert(pictures, layout_fun=layout, creationdate=_DATE, moddate=_DATE))


def _picture(page: pypdfium2.PdfPage, chance: random.Random) -> bytes:
    sheet = page.render(scale=_DPI / 72, grayscale=True).to_pil().convert("L")
    sheet = sheet.rotate(chance.uniform(0.3, 0.7), resample=Image.Resampling.BICUBIC, fillcolor=252)
    noise = Image.frombytes("L", sheet.size, chance.randbytes(sheet.width * sheet.height))
    sheet = Image.blend(sheet, noise, 0.07)
    buffer = io.BytesIO()
    sheet.save(buffer, "JPEG", quality=70, dpi=(_DPI, _DPI))
    return buffer.getvalue()
