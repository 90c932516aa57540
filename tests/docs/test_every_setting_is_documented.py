from __future__ import annotations

import re
from pathlib import Path

import pytest

from fanwen.config.options import OPTIONS, Option

ROOT = Path(__file__).resolve().parents[2]
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


@pytest.mark.parametrize("path", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_pages_name_only_settings_that_exist(path: Path) -> None:
    known = {option.name for option in OPTIONS} | {f"{option.name}_FILE" for option in OPTIONS} | {"FANWEN_NO_APT"}
    assert set(re.findall(r"FANWEN_[A-Z_]+", path.read_text(encoding="utf-8"))) <= known
