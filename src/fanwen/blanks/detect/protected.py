"""Places where an underscore, a cross or a dot belongs to a name: addresses, files, identifiers."""

from __future__ import annotations

import re

_STOP = r"\s，。；：、！？（）()《》“”‘’\"'<>【】\[\]{}"
_ADDRESS = re.compile(
    rf"(?:[a-z][a-z0-9+.-]*://|www\.)[^{_STOP}]+"
    rf"|[A-Za-z0-9._%+-]+@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+"
    rf"|(?<![A-Za-z])[A-Za-z]:\\[^{_STOP}]*"
    rf"|[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.(?:com|cn|org|net|gov|edu|io)(?![A-Za-z])[^{_STOP}]*",
    re.IGNORECASE,
)
_FILE = re.compile(
    rf"[^{_STOP}:/|]+\.(?:docx?|dotx?|wps|xlsx?|csv|pptx?|pdf|txt|rtf|odt|md|jpe?g|png|gif|bmp|zip|rar|7z|mp[34]|avi|mov"
    r"|py|js|ts|java|c|h|cpp|html?|css|xml|json|ya?ml|sql|exe|log|ini|sh)(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(r"[A-Za-z0-9_]*[A-Za-z][A-Za-z0-9_]*")
_DIGITS = re.compile(r"\d+(?:_\d+)+")
# A page's or a version's suffix in a file name: 报告_第1页, 方案_v2, 总结_20261123, 通知_最终版
_SUFFIX = re.compile(
    r"(?<=[一-龥A-Za-z0-9])_(?=第\s*\d+\s*[页张]|[vV]\d|\d{4,}(?![年\d])|(?:最终|修改|定|终|修订|初)稿?版?(?:$|[\s，。；、）)]))"
)


def protected(text: str) -> list[tuple[int, int]]:
    """Ranges of `text` in which nothing is a blank. A long rule is a blank even between letters (Name____Date____)."""
    ranges: list[tuple[int, int]] = []
    if "." in text or ":" in text or "@" in text:
        for pattern in (_ADDRESS, _FILE):
            for match in pattern.finditer(text):
                if _is_name(match.group()):
                    ranges.append(match.span())
    if "_" in text:
        for match in _IDENTIFIER.finditer(text):
            word = match.group()
            if "_" in word and "___" not in word and _is_identifier(word):
                ranges.append(match.span())
        ranges.extend(match.span() for match in _DIGITS.finditer(text))
        ranges.extend(match.span() for match in _SUFFIX.finditer(text))
    return ranges


def _is_name(name: str) -> bool:
    """Mostly characters, not mostly a rule: ____@____.com and http://____ ask for something."""
    if "___" not in name and "＿＿" not in name:
        return True
    return re.search(r"[A-Za-z0-9一-龥]_+[A-Za-z0-9一-龥]", name) is not None and name.count("_") * 2 < len(name)


def _is_identifier(word: str) -> bool:
    inner = word.strip("_")
    return "_" in inner or (word.startswith("_") and inner[:1].isalpha())


def overlaps(start: int, end: int, ranges: list[tuple[int, int]]) -> bool:
    return any(first < end and start < last for first, last in ranges)
