"""A draft that two people have open: each sees what the other fills in, and nothing changes under anyone's hands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from docx import Document as Docx
from playwright.sync_api import Browser, Page, expect

from tests.service import Service

TITLE = "渡口镇防汛物资申领函"


@pytest.fixture(scope="module")
def letter(service: Service, tmp_path_factory: pytest.TempPathFactory) -> str:
    document = Docx()
    document.add_heading(TITLE, 0)
    for line in ("申领单位：________", "经办人：________", "由____县应急管理局审核。"):
        document.add_paragraph(line)
    document.add_paragraph("物资清单")
    table = document.add_table(2, 2)
    for cell, head in zip(table.rows[0].cells, ("品名", "数量"), strict=True):
        cell.text = head
    path = tmp_path_factory.mktemp("letter") / "申领函.docx"
    document.save(str(path))
    number = service.json("add", path)[0]["number"]
    service.wait_for_blanks()
    return str(number)


@pytest.fixture
def colleague(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    context = browser.new_context(**browser_context_args)
    yield context.new_page()
    context.close()


def test_what_one_fills_in_the_other_sees(service: Service, letter: str, page: Page, colleague: Page) -> None:
    page.goto(f"/d/{letter}/fill/")
    for _ in range(120):
        if page.get_by_role("button", name="生成链接").is_visible():
            break  # before that its blanks are still looked for
        page.wait_for_timeout(500)
        page.reload()
    page.get_by_role("button", name="生成链接").click()
    colleague.goto(page.get_by_label("链接").first.input_value())

    # the unit, and two rows of the list, appear in the form of the one who made the link
    colleague.locator("#field-1 textarea").fill("渡口中心小学")
    colleague.get_by_role("button", name="增加一行").click()
    expect(colleague.locator(".fill-row")).to_have_count(2)
    colleague.locator(".fill-row").last.locator("textarea").first.fill("沙袋")
    expect(page.locator("#field-1 textarea")).to_have_value("渡口中心小学", timeout=20_000)
    expect(page.locator(".fill-row").last.locator("textarea").first).to_have_value("沙袋", timeout=20_000)
    expect(page.locator("#notes")).to_contain_text("修改了")

    # who types into a field keeps what is there, and is told
    page.locator("#field-2 textarea").click()
    page.keyboard.type("许之秋")
    expect(colleague.locator("#field-2 textarea")).to_have_value("许之秋", timeout=20_000)
    colleague.locator("#field-2 textarea").fill("林河")
    expect(page.locator("#notes")).to_contain_text("林河", timeout=20_000)
    expect(page.locator("#field-2 textarea")).to_have_value("许之秋")
    # and sees the other's as soon as the field is left
    page.locator("#field-3 textarea").click()
    expect(page.locator("#field-2 textarea")).to_have_value("林河", timeout=20_000)

    # what stands beside the blank is told while one types, and taken out with one click
    page.locator("#field-3 textarea").fill("砚川县")
    expect(page.locator("#twice-3")).to_contain_text("由砚川县县应急", timeout=20_000)
    page.locator("#twice-3 button").click()
    expect(page.locator("#field-3 textarea")).to_have_value("砚川")
    expect(page.locator("#twice-3 p")).to_have_count(0)
