"""An uploader's way: a private document, a secret link opened elsewhere and revoked, a new version and what it changed; and
a reader's report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import write_docx
from tests.service import Service

pytestmark = pytest.mark.browser


def add_private(service: Service, folder: Path, title: str) -> str:
    file = write_docx(folder / f"{title}.docx", title, pages=2)
    (entry,) = json.loads(service.run("add", file, "--private", "--json").stdout)
    assert entry["status"] == "ready"
    return str(entry["number"])


def test_a_secret_link_is_opened_elsewhere_and_revoked(
    service: Service, signed_in: Page, browser: Browser, browser_context_args: dict[str, Any], tmp_path: Path
) -> None:
    number = add_private(service, tmp_path, "苍鹭岛的预算")
    signed_in.goto(f"/d/{number}/")
    signed_in.get_by_role("link", name="分享").click()
    signed_in.select_option("#lifetime", "week")
    signed_in.get_by_role("button", name="生成私密链接").click()
    link = signed_in.locator("#secret").input_value()

    elsewhere = browser.new_context(**browser_context_args)
    try:
        reader = elsewhere.new_page()
        assert reader.goto(f"/d/{number}/").status == 404  # type: ignore[union-attr]
        reader.goto(link)
        expect(reader.locator("h1")).to_have_text("苍鹭岛的预算")
        assert link not in reader.url
        picture = reader.locator(".sheet-face img").first
        picture.scroll_into_view_if_needed()
        reader.wait_for_function("() => document.querySelector('.sheet-face img').naturalWidth > 0")
        with reader.expect_download() as download:
            reader.get_by_role("link", name="下载", exact=True).click()
        assert download.value.path().read_bytes().startswith(b"PK")

        signed_in.goto(f"/d/{number}/share/")
        signed_in.get_by_role("button", name="撤销").click()
        reader.reload()
        expect(reader.locator("h1")).to_have_text("链接已失效")
        reader.goto(link)
        expect(reader.locator("h1")).to_have_text("链接已失效")
    finally:
        elsewhere.close()


def test_a_file_is_replaced_and_what_changed_is_read(service: Service, signed_in: Page, tmp_path: Path) -> None:
    number = add_private(service, tmp_path, "浮标维护记录")
    changed = write_docx(tmp_path / "changed.docx", "浮标维护记录", pages=3, word="浮标")
    signed_in.goto(f"/d/{number}/versions/")
    signed_in.set_input_files("#file", changed)
    signed_in.get_by_role("button", name="更换", exact=True).click()
    signed_in.wait_for_url(f"**/d/{number}/")
    expect(signed_in.locator(".facts")).to_contain_text("版本2")
    signed_in.goto(f"/d/{number}/v/1/")
    expect(signed_in.locator("main p.notice")).to_contain_text("这是第 1 版")
    signed_in.get_by_role("link", name="此后的改动").click()
    expect(signed_in.locator("del").nth(1)).to_have_text("灯塔")
    expect(signed_in.locator("ins").nth(1)).to_have_text("浮标")
    expect(signed_in.get_by_role("heading", name="第 3 页")).to_be_visible()


def test_a_reader_on_a_phone_reports_a_page(service: Service, phone: Page, signed_in: Page) -> None:
    phone.goto("/all/")
    phone.locator(".row h2 a").first.click()
    phone.get_by_text("更多", exact=True).click()
    phone.get_by_role("link", name="举报").click()
    phone.get_by_label("内容错误或过时").check()
    phone.fill("#report-text", "第一页的日期不对。")
    phone.get_by_role("button", name="提交举报").click()
    expect(phone.locator("h1")).to_have_text("谢谢")
    signed_in.goto("/")
    signed_in.get_by_role("link", name="举报").click()
    expect(signed_in.locator("#result_list")).to_contain_text("内容错误或过时")
