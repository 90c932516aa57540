"""Chinese text takes Chinese punctuation: U+FF0C, U+FF1A, U+FF1B, U+FF08, U+FF09, U+FF01, U+FF1F, U+3002."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src/fanwen/demo/sources"

_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff]"
# A full stop before a letter or digit is a file name (总结.doc); times (8:30) and ratios have no Han beside them.
_WRONG = re.compile(rf"{_HAN}[,:;()!?]|[,:;()!?]{_HAN}|{_HAN}\.(?![A-Za-z0-9])")


def wrong(text: str) -> list[str]:
    """Every place where an ASCII mark stands beside a Han character, with some of what is around it."""
    return [text[max(0, found.start() - 8) : found.end() + 8] for found in _WRONG.finditer(text)]


@pytest.mark.parametrize(
    "text", ["标题,正文", "时间:三点", "甲;乙", "四(1)班", "真好!", "谁?", "完了.", "(见附件", "等等..."]
)
def test_an_ascii_mark_beside_a_han_character_is_found(text: str) -> None:
    assert wrong(text)


@pytest.mark.parametrize(
    "text",
    ["标题，正文", "上午8:30开会", "四（1）班", "总结.doc", "比例为1:3左右", "Hello, world (test)", "共_所、_万元。"],
)
def test_right_punctuation_times_and_file_names_pass(text: str) -> None:
    assert wrong(text) == []


@pytest.mark.parametrize("path", sorted(SOURCES.iterdir()), ids=lambda path: path.name)
def test_demo_sources(path: Path) -> None:
    assert wrong(path.read_text(encoding="utf-8")) == []


def test_the_demo_catalogue() -> None:
    data = yaml.safe_load((SOURCES.parent / "catalogue.yaml").read_text(encoding="utf-8"))
    assert [place for text in _strings(data) for place in wrong(text)] == []


def test_messages() -> None:
    """Every translation of every .po file."""
    paths = sorted((ROOT / "src").rglob("*.po"))
    texts = [text for path in paths for text in _translations(path.read_text(encoding="utf-8"))]
    assert texts, "no translations were found"
    assert [place for text in texts for place in wrong(text)] == []


def test_the_chinese_readme() -> None:
    assert wrong(_prose((ROOT / "README.zh-CN.md").read_text(encoding="utf-8"))) == []


def test_templates() -> None:
    paths = sorted((ROOT / "src").rglob("templates/**/*.html")) + sorted((ROOT / "src").rglob("templates/**/*.txt"))
    assert paths, "no templates were found"
    found = {path.name: wrong(_visible(path.read_text(encoding="utf-8"))) for path in paths}
    assert {name: places for name, places in found.items() if places} == {}


def _strings(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _strings(key)
            yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)


def _translations(text: str) -> Iterator[str]:
    """The msgstr entries of a .po file, their lines joined."""
    for entry in re.finditer(r'^msgstr(?:\[\d\])? ((?:"(?:[^"\\]|\\.)*"\s*)+)', text, re.MULTILINE):
        yield "".join(ast.literal_eval(line) for line in entry[1].strip().splitlines())


def _prose(markdown: str) -> str:
    """What a reader sees of a Markdown page, code left out."""
    markdown = re.sub(r"^```.*?^```", "", markdown, flags=re.MULTILINE | re.DOTALL)
    markdown = re.sub(r"`[^`\n]*`", "", markdown)
    return re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", markdown)


def _visible(template: str) -> str:
    template = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", template, flags=re.DOTALL)
    return re.sub(r"<script\b.*?</script>|<style\b.*?</style>", "", template, flags=re.DOTALL)
