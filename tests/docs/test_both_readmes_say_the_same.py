from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENGLISH = (ROOT / "README.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")


def shape(text: str) -> list[str]:
    """A page's headings by level, tables by their size, and lists by their length."""
    found, rows, items = [], 0, 0
    for line in [*text.splitlines(), ""]:
        if rows and not line.startswith("|"):
            found.append(f"table of {rows}")
            rows = 0
        if items and not line.startswith(("- ", "  ")):
            found.append(f"list of {items}")
            items = 0
        rows += line.startswith("|")
        items += line.startswith("- ")
        if heading := re.match(r"#+ ", line):
            found.append(heading[0].strip())
    return found


def commands(text: str) -> list[str]:
    """Indented lines, without the comments behind them."""
    return [re.sub(r"\s+#.*", "", line.strip()) for line in text.splitlines() if re.match(r" {4}\S", line)]


def test_they_have_the_same_parts() -> None:
    assert shape(CHINESE) == shape(ENGLISH)


def test_they_show_the_same_commands() -> None:
    assert commands(CHINESE) == commands(ENGLISH)


def test_they_give_the_same_figures() -> None:
    def figures(text: str) -> list[str]:
        cells = [cell for line in text.splitlines() if line.startswith("|") for cell in line.split("|")[2:]]
        return [figure for cell in cells for figure in re.findall(r"\d[\d,.]*", cell)]

    assert figures(CHINESE) == figures(ENGLISH)


def test_they_show_the_same_pictures_and_lead_to_each_other() -> None:
    def pictures(text: str) -> list[str]:
        return re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text)

    assert pictures(CHINESE) == pictures(ENGLISH)
    assert "README.zh-CN.md" in ENGLISH
    assert "(README.md)" in CHINESE
