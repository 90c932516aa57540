"""Pictures to PDF, a page each. JPEG data goes in as it is; other formats without loss."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import img2pdf
from PIL import Image, ImageSequence

from fanwen.intake.types import IntakeError, Kind

MAX_PIXELS = 100_000_000
"""Pixels of one picture; an A0 poster at 200 dots an inch has 62 million."""
MAX_FRAMES = 500
"""Pages taken of one TIFF file."""
_A4 = (595.28, 841.89)
_FORMATS = {"png": "PNG", "jpeg": "JPEG", "tiff": "TIFF", "webp": "WEBP"}
_LARGEST_PAGE = 14_400.0
"""Points; PDF 1.7, annex C."""


def picture_pdf(path: Path, kind: Kind, target: Path, *, limit: int = MAX_FRAMES) -> None:
    """Write the picture at `path` as the PDF `target`, upright as its EXIF data says.

    Raises `IntakeError`: `damaged`, `archive_bomb` (too many pixels), `too_many_pages`.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=(_FORMATS[kind.format],)) as picture:
                frames = _frames(path, picture, limit)
            data = img2pdf.convert(frames, layout_fun=_layout, rotation=img2pdf.Rotation.ifvalid)
    except (Image.DecompressionBombError, MemoryError) as error:
        raise IntakeError("archive_bomb") from error
    except IntakeError:
        raise
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        TypeError,
        KeyError,
        IndexError,
        img2pdf.ImageOpenError,
    ) as error:
        raise IntakeError("damaged") from error
    target.write_bytes(data)


def _frames(path: Path, picture: Image.Image, limit: int) -> list[bytes]:
    _check_size(picture)
    if picture.format == "JPEG" and picture.mode in ("L", "RGB", "CMYK"):
        picture.draft("L", (max(1, picture.width // 8), max(1, picture.height // 8)))
        picture.load()
        return [path.read_bytes()]
    pages = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
    if pages > limit:
        raise IntakeError("too_many_pages", pages=pages, limit=limit)
    return [_plain(frame) for frame, _ in zip(ImageSequence.Iterator(picture), range(pages), strict=False)]


def _check_size(picture: Image.Image) -> None:
    if picture.width * picture.height > MAX_PIXELS:
        raise IntakeError("archive_bomb")


def _plain(frame: Image.Image) -> bytes:
    """A frame as PNG in a mode that PDF knows: on white where it was transparent, upright, eight bits a channel."""
    _check_size(frame)
    dpi = frame.info.get("dpi")
    frame.load()
    turned = frame.getexif().get(0x0112, 1)  # only now: Pillow turns TIFF itself while it loads
    plain: Image.Image = frame
    if frame.mode in ("RGBA", "LA", "PA") or "transparency" in frame.info:
        alpha = frame.convert("RGBA")
        plain = Image.new("RGB", frame.size, "white")
        plain.paste(alpha, mask=alpha.getchannel("A"))
    elif frame.mode.startswith(("I", "F")):
        plain = _eight_bits(frame)
    elif frame.mode not in ("1", "L", "P", "RGB"):
        plain = frame.convert("RGB")
    if turned in _TURNS:
        plain = plain.transpose(_TURNS[turned])
    out = io.BytesIO()
    plain.info = {}
    plain.save(out, "PNG", compress_level=3, **({"dpi": dpi} if dpi else {}))
    return out.getvalue()


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What brings a picture of each EXIF orientation upright (CIPA DC-008, 4.6.4)."""


def _eight_bits(frame: Image.Image) -> Image.Image:
    low, high = frame.convert("F").getextrema()
    assert isinstance(low, float)
    assert isinstance(high, float)
    factor = 255.0 / (high - low) if high > low else 0.0
    return frame.convert("F").point(lambda value: value * factor - low * factor).convert("L")


def _layout(width: int, height: int, dpi: tuple[float, float]) -> tuple[float, float, float, float]:
    """Page and picture sizes in points: the picture's own where it states a believable one, else fitted to A4."""
    x, y = dpi
    page = (width * 72 / x, height * 72 / y) if min(x, y) >= 100 and max(x, y) <= 2400 else (0.0, 0.0)
    if min(page) < 50 or max(page) > 4000:
        across, down = _A4 if height >= width else _A4[::-1]
        scale = min(across / width, down / height)
        page = (max(1.0, width * scale), max(1.0, height * scale))
    return page[0], page[1], page[0], page[1]
