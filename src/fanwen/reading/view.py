"""How a visitor likes to see pages: how large, how bright, and how many side by side. Kept in cookies, so that the pages come as they were left
and nothing jumps while a script puts them right."""

from __future__ import annotations

from django.http import HttpRequest

ZOOMS = (50, 67, 80, 90, 100, 125, 150, 200, 250, 300)
"""Percent of the width that fits."""

LOOKS = ("dim", "invert")


def zoom(request: HttpRequest) -> int:
    asked = request.COOKIES.get("zoom", "")
    return next((step for step in ZOOMS if str(step) == asked), 100)


def look(request: HttpRequest) -> str:
    """``dim``, ``invert``, or empty for pages as they are."""
    asked = request.COOKIES.get("pages", "")
    return asked if asked in LOOKS else ""


def spread(request: HttpRequest) -> bool:
    """Two pages side by side, where there is room."""
    return request.COOKIES.get("spread") == "two"


def sizes(zoom: int) -> str:
    """How wide a page stands at `zoom`, for the browser's choice of image. A phone of three pixels a point is given two
    and a little: nobody sees the third, and it would double what is sent."""
    factor = zoom / 100
    steps = (("(min-width: 1160px) ", 776, "px"), ("(min-width: 700px) ", 92, "vw"), ("(min-resolution: 2.5dppx) ", 68, "vw"), ("", 100, "vw"))  # fmt: skip
    return ", ".join(f"{when}{round(width * factor)}{unit}" for when, width, unit in steps)
