"""Files and a folder are dragged from the desktop onto the upload page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def drop(page: Page, *paths: Path) -> None:
    """What the browser does when `paths` are dragged over the middle of the drop area and let go: entries of real files
    and folders, which no script could make up."""
    box = page.locator("#drop").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "x": x, "y": y, "data": data})


def test_a_folder_with_folders_in_it_and_a_file_beside_it(signed_in: Page, tmp_path: Path) -> None:
    folder = tmp_path / "移交"
    (folder / "附件").mkdir(parents=True)
    beside = tmp_path / "封面说明.txt"
    for place, words in (
        (folder / "第一号闸.txt", "第一号闸的铭牌已换新。"),
        (folder / "附件" / "第二号闸.txt", "第二号闸的绞车已上油。"),
        (folder / ".DS_Store", "not meant"),
        (beside, "移交材料共三份。"),
    ):
        place.write_text(words, encoding="utf-8")
    signed_in.goto("/upload/")
    drop(signed_in, folder, beside)
    expect(signed_in.locator("#drop")).not_to_have_class("over")
    rows = signed_in.locator("#uploads .upload-row")
    expect(rows).to_have_count(3)
    for name in ("第一号闸.txt", "第二号闸.txt", "封面说明.txt"):
        row = rows.filter(has_text=name)
        expect(row.locator(".step-done")).to_have_count(4, timeout=90_000)
