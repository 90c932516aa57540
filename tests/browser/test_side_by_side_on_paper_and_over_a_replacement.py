"""Two pages side by side; printing; and a page that is open while its document's file is replaced."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import write_docx
from tests.service import Service

pytestmark = pytest.mark.browser


def add(service: Service, folder: Path, title: str, pages: int) -> str:
    file = write_docx(folder / f"{title}.docx", title, pages=pages)
    (entry,) = json.loads(service.run("add", file, "--json").stdout)
    return f"/d/{entry['number']}/"


def left(page: Page, number: int) -> float:
    box = page.locator(f"#page-{number} .sheet-face").bounding_box()
    assert box
    return box["x"]


def test_pages_stand_side_by_side_as_in_a_book(service: Service, page: Page, tmp_path: Path) -> None:
    address = add(service, tmp_path, "并排的书", 7)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(address)
    page.get_by_role("button", name="双页并排").click()
    assert left(page, 1) == left(page, 3) > left(page, 2)
    page.reload()
    expect(page.locator("[data-do=spread]")).to_have_attribute("aria-pressed", "true")
    assert left(page, 3) > left(page, 2)
    page.locator("#page-2").scroll_into_view_if_needed()
    page.goto(f"{address}?page=2")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#goto")).to_have_value("4")
    page.set_viewport_size({"width": 820, "height": 1000})
    assert left(page, 2) == left(page, 3)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.keyboard.press("d")
    assert left(page, 2) == left(page, 3)


def test_printing_waits_for_the_pages_and_says_what_is_missing(service: Service, page: Page, tmp_path: Path) -> None:
    page.goto(add(service, tmp_path, "打印的书", 7))
    page.evaluate(
        "() => { window.print = () => { window.printed = [...document.querySelectorAll('.sheet img')]"
        ".map((image) => image.complete && image.naturalWidth > 0) } }"
    )
    page.keyboard.press("Control+p")
    page.wait_for_function("() => window.printed")
    assert page.evaluate("window.printed") == [True] * 5
    expect(page.locator(".print-only")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".print-only")).to_contain_text("全文共 7 页")
    expect(page.locator(".reader-bar")).to_be_hidden()


def test_a_reader_is_told_when_the_file_was_replaced(service: Service, page: Page, tmp_path: Path) -> None:
    address = add(service, tmp_path, "会换的书", 7)
    page.goto(address)
    changed = write_docx(tmp_path / "changed.docx", "会换的书", pages=7, word="浮标")
    service.run("replace", address.split("/")[2], changed)
    page.locator("#page-5").scroll_into_view_if_needed()
    expect(page.locator("#replaced")).to_contain_text("文件已更换")
    page.get_by_role("button", name="查看新版本").click()
    expect(page.locator(".facts")).to_contain_text("版本2")
    expect(page.locator("#page-1 .layer")).to_contain_text("浮标1号")
