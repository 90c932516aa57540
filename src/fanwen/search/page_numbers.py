"""The number a page bears in print: the line at its head or foot that is nothing but a number."""

from __future__ import annotations

import re

_LINE = re.compile(
    r"[\s\-–—―·•|~第]*(?P<number>\d{1,5}|[ivxlc]{1,8}|[IVXLC]{1,8})\s*(?:页|頁)?"
    r"(?:\s*[/,，]?\s*(?:共|of)?\s*\d{1,5}\s*(?:页|頁)?)?[\s\-–—―·•|~]*"
)
"""``7``, ``- 7 -``, ``— 7 —``, ``第 7 页``, ``第7页，共40页``, ``7 / 40``, ``vii``."""


def printed(text: str) -> str:
    """The number printed on a page with `text`, as it stands there; empty where there is none."""
    lines = [line for line in text.splitlines() if line.strip()]
    for line in (lines[-1], lines[0]) if lines else ():
        if found := _LINE.fullmatch(line):
            return found["number"]
    return ""


def body(text: str) -> tuple[int, int]:
    """Where the page's text begins and ends without a number at its head or foot."""
    start, end = 0, len(text)
    head = re.match(r"\s*(.*)\n", text)
    if head and _LINE.fullmatch(head[1]):
        start = head.end()
    foot = re.search(r"\n([^\n]*)\s*\Z", text[start:])
    if foot and _LINE.fullmatch(foot[1]):
        end = start + foot.start()
    return start, end
