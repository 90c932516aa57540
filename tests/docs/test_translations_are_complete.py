from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "fanwen"
CATALOGUES = sorted((PACKAGE / "config" / "locale").glob("*/LC_MESSAGES/*.po"))
pytestmark = pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed")


def messages(catalogue: Path) -> set[str]:
    """Every msgid (with its plural) in use, as written, strings joined."""
    listed = subprocess.run(
        ["msgattrib", "--no-obsolete", "--no-wrap", "--no-location", catalogue],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found = re.findall(r'^msgid ((?:".*"\n)+)', listed, re.MULTILINE)
    return {"".join(re.findall(r'"(.*)"', one)) for one in found} - {""}


def test_there_is_a_chinese_catalogue() -> None:
    assert any(path.parts[-3] == "zh_Hans" for path in CATALOGUES)


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: f"{path.parts[-3]} {path.name}")
def test_every_message_is_translated_and_none_is_a_guess(catalogue: Path) -> None:
    if catalogue.parts[-3] == "en":
        pytest.skip("the messages are English")
    checked = subprocess.run(
        ["msgfmt", "--check", "--statistics", "-o", os.devnull, catalogue], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr
    assert "untranslated" not in checked.stderr
    assert "fuzzy" not in checked.stderr


def test_catalogues_hold_what_the_sources_say(tmp_path: Path) -> None:
    """`make messages` on a copy: it finds nothing new, and nothing that is no longer there."""
    copy = tmp_path / "fanwen"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "fanwen.config.settings",
        "FANWEN_DATA": str(tmp_path / "data"),
    }
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "--all", "--no-location", "--no-wrap", "-v", "0"],
        cwd=copy,
        env=environment,
        check=True,
        capture_output=True,
    )
    for catalogue in CATALOGUES:
        made = messages(copy / catalogue.relative_to(PACKAGE))
        kept = messages(catalogue)
        assert made - kept == set(), "say `make messages`, then translate these"
        assert kept - made == set(), "say `make messages`: these are no longer used"
