from __future__ import annotations

import re
from pathlib import Path

import pytest

from fanwen.config.options import OPTIONS, Option

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = re.compile(r"FANWEN_[A-Z_]+")
PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")


def row(option: Option) -> str:
    if option.kind == "yes_no":
        default = "yes" if option.default else "no"
    else:
        default = f"`{option.default}`" if option.default != "" else ""
    return f"| `{option.name}` | {default} | {option.help} |"


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_a_setting_has_its_row(option: Option) -> None:
    assert row(option) in PAGE.splitlines()


def test_no_setting_is_documented_that_does_not_exist() -> None:
    documented = set(re.findall(r"^\| `(FANWEN_\w+)` \|", PAGE, re.MULTILINE))
    assert documented == {option.name for option in OPTIONS}


@pytest.fixture(scope="module")
def known() -> set[str]:
    """Settings, and the few other variables that some program of the project reads."""
    sources = [*(ROOT / "src").rglob("*.py"), *(ROOT / "bench").rglob("*.py"), *(ROOT / "script").iterdir()]
    read = {name for source in sources for name in VARIABLE.findall(source.read_text(encoding="utf-8"))}
    return read | {f"{option.name}_FILE" for option in OPTIONS}


@pytest.mark.parametrize("path", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_pages_name_only_settings_that_exist(path: Path, known: set[str]) -> None:
    assert set(VARIABLE.findall(path.read_text(encoding="utf-8"))) <= known
