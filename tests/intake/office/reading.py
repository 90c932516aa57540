"""What stands in a PDF."""

from __future__ import annotations

from pathlib import Path

import pypdfium2


def page_texts(pdf: Path) -> list[str]:
    """Text by page without white space, which a layout may put anywhere."""
    with pypdfium2.PdfDocument(pdf) as document:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def page_sizes(pdf: Path) -> list[tuple[float, float]]:
    """Points."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_size() for page in document]


def red_share(pdf: Path) -> float:
    """Share of clearly red pixels on the first page."""
    with pypdfium2.PdfDocument(pdf) as document:
        image = document[0].render(scale=0.5).to_pil().convert("RGB")
    pixels = list(image.get_flattened_data())
    return sum(red > 150 and green < 100 and blue < 100 for red, green, blue in pixels) / len(pixels)
