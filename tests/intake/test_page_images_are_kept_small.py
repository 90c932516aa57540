from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from fanwen.intake.draw import encode, media_type

SIXTEEN = [round(value / 17) * 17 for value in range(256)]


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def page(*colours: str, width: int = 301, height: int = 200) -> Image.Image:
    """White paper with a few strokes, black or in `colours`."""
    picture = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(picture)
    for at, line in enumerate(range(10, height, 20)):
        colour = (colours or ("black",))[at % max(1, len(colours))]
        pen.line((10, line, width - 10, line + 5), fill=colour, width=2)
        pen.text((12, line), "Sample 2024", fill=colour)
    return picture


@given(
    width=st.integers(1, 40),
    height=st.integers(1, 12),
    ink=st.lists(st.tuples(st.integers(0, 39), st.integers(0, 11), st.integers(0, 255)), max_size=8),
)
def test_grey_text_comes_back_at_sixteen_greys_and_any_width(
    width: int, height: int, ink: list[tuple[int, int, int]]
) -> None:
    picture = Image.new("L", (width + 8, height + 8), 255)
    for x, y, grey in ink:
        picture.putpixel((x % picture.width, y % picture.height), grey)
    data = encode(picture.convert("RGB"), "auto")
    assert media_type(data) == "image/png"
    assert opened(data).convert("L").tobytes() == picture.point(SIXTEEN).tobytes()


@pytest.mark.parametrize(
    ("picture", "type_", "exact"),
    [
        (page(), "image/png", True),
        (page("red"), "image/png", True),
        (page("red", "navy", "green", "black", width=801), "image/png", True),
        (page("red", "navy", "green", "black", width=800), "image/webp", True),
        (Image.effect_noise((200, 200), 80).convert("RGB"), "image/webp", False),
        (Image.radial_gradient("L").convert("RGB"), "image/webp", False),
    ],
    ids=["grey text", "few colours", "colours, wide", "colours, narrow", "noise", "shades"],
)
def test_text_is_kept_without_loss_and_pictures_with(picture: Image.Image, type_: str, exact: bool) -> None:
    data = encode(picture, "auto")
    assert media_type(data) == type_
    shown = opened(data).convert("RGB")
    assert shown.size == picture.size
    assert (shown.tobytes() == picture.point(SIXTEEN * 3).tobytes()) == exact


def test_what_is_asked_for_by_name_is_made_so() -> None:
    assert media_type(encode(page(), "webp")) == "image/webp"
    assert media_type(encode(page(), "jpeg")) == "image/jpeg"
    assert media_type(encode(page(), "png")) == "image/png"


def test_grey_text_is_smaller_than_with_loss() -> None:
    picture = page(width=900, height=1200)
    assert len(encode(picture, "auto")) < len(encode(picture, "jpeg")) / 2
