from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LONG, in_service, write_docx
from tests.service import Service

pytestmark = pytest.mark.browser


def test_from_a_word_file_to_the_boxed_words_on_its_page(
    signed_in: Page, tmp_path: Path, complaints: list[str]
) -> None:
    page = signed_in
    page.goto("/upload/")
    page.set_input_files("#files", write_docx(tmp_path / "渡口见闻.docx", "渡口见闻", pages=3, word="浮标"))
    row = page.locator("#uploads .upload-row")
    expect(row.locator(".step")).to_have_count(4)
    expect(row.locator(".step-done")).to_have_count(4)

    page.fill("#top-q", "浮标3号")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="第 3 页").first.click()
    page.wait_for_url("**page=3**")
    sheet = page.locator("#page-3")
    expect(sheet).to_be_in_viewport()
    box = sheet.locator(".hits rect").first
    expect(box).to_be_in_viewport()
    image = sheet.locator("img")
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => image.naturalWidth") > 300
    assert complaints == []


def test_a_broken_file_says_why_and_can_be_tried_again(signed_in: Page, tmp_path: Path) -> None:
    page = signed_in
    broken = tmp_path / "残缺.docx"
    broken.write_bytes(write_docx(tmp_path / "whole.docx", "残缺", pages=2).read_bytes()[:9000])
    page.goto("/upload/")
    page.set_input_files("#files", broken)
    row = page.locator("#uploads .upload-row")
    expect(row.get_by_role("alert")).to_contain_text("文件已损坏或不完整")
    row.locator(".upload-name a").click()
    expect(page.get_by_role("alert")).to_contain_text("文件已损坏或不完整")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载原文件").click()
    assert Path(download.value.path()).read_bytes() == broken.read_bytes()
    page.get_by_role("button", name="重试").click()
    expect(page.locator(".stages")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("文件已损坏或不完整")


def test_each_dropped_file_has_its_own_row(signed_in: Page, tmp_path: Path, service: Service) -> None:
    page = signed_in
    page.goto("/upload/")
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "便条.txt").write_text("明天上午九点在码头集合。", encoding="utf-8")
    again = write_docx(tmp_path / "twice.docx", "同一份", pages=1, word="缆绳")
    page.set_input_files("#files", again)
    expect(page.locator("#uploads .upload-row .step")).to_have_count(4)
    page.set_input_files("#files", [tmp_path / "空.txt", tmp_path / "便条.txt", again])
    expect(page.locator("#uploads .upload-row")).to_have_count(4)
    expect(page.get_by_text("文件是空的")).to_be_visible()
    duplicate = page.locator("#uploads .upload-duplicate")
    expect(duplicate).to_contain_text("文库中已有 twice.docx")
    # a row out of view is not laid out, so it has a text but shows none
    number = duplicate.locator(".notice a").text_content()
    assert (
        in_service(
            service,
            f"from fanwen.library.models import Document; print(Document.objects.get(number='{number}').original_name)",
        )
        == "twice.docx"
    )


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(signed_in: Page, tmp_path: Path) -> None:
    page = signed_in
    page.goto("/upload/")
    page.evaluate("document.getElementById('upload').dataset.limit = '1000'")
    (tmp_path / "大.txt").write_bytes(b"x" * 2000)
    page.set_input_files("#files", tmp_path / "大.txt")
    expect(page.locator("#uploads .upload-row").get_by_role("alert")).to_contain_text("上限")


def test_a_broken_connection_is_told_and_can_be_mended(signed_in: Page, tmp_path: Path) -> None:
    page = signed_in
    page.goto("/upload/")
    (tmp_path / "断线.txt").write_text("断了再连。", encoding="utf-8")
    page.route("**/upload/known/", lambda route: route.abort())
    page.set_input_files("#files", tmp_path / "断线.txt")
    row = page.locator("#uploads .upload-row")
    expect(row).to_contain_text("恢复后会自动继续")
    page.unroute("**/upload/known/")
    expect(row.locator(".step-done").first).to_be_visible()


def test_one_who_was_signed_out_goes_on_after_signing_in(signed_in: Page, tmp_path: Path) -> None:
    page = signed_in
    page.goto("/upload/")
    (tmp_path / "签退.txt").write_text("签退之后再签到。", encoding="utf-8")
    page.route("**/upload/known/", lambda route: route.fulfill(status=401))
    page.set_input_files("#files", tmp_path / "签退.txt")
    row = page.locator("#uploads .upload-row")
    expect(row.get_by_role("alert")).to_contain_text("重新登录")
    page.unroute("**/upload/known/")
    row.get_by_role("button", name="重试").click()
    expect(row.locator(".step-done").first).to_be_visible()


def test_everything_works_without_script(without_script: Page, tmp_path: Path) -> None:
    page = without_script
    page.goto("/login/?next=/upload/")
    page.fill("#id_username", "lin")
    page.fill("#id_password", "nine lamps lit")
    page.click("main form button")
    note = tmp_path / "潮汐表.txt"
    note.write_text("初一和十五涨大潮，其余日子照旧。\n" * 3, encoding="utf-8")
    page.set_input_files("#files", note)
    page.locator(".upload-send button").click()
    page.locator("#uploads .upload-row .upload-name a").click()
    expect(page.locator("#page-1")).to_be_visible()  # the page loads itself anew until it is ready

    page.fill("#top-q", "灯塔9号")
    page.locator(".search-go").first.click()
    page.get_by_role("link", name="第 9 页").first.click()
    expect(page.locator("#page-9 .hits rect").first).to_be_visible()
    page.get_by_role("link", name="前面的页").click()
    expect(page.locator("#page-4")).to_be_attached()
    page.get_by_role("link", name="浏览", exact=True).click()
    page.get_by_role("link", name=LONG).first.click()
    expect(page.locator(".sheet")).to_have_count(5)
    page.get_by_role("link", name="点击查看更多").click()
    expect(page.locator(".sheet")).to_have_count(10)
    page.get_by_text("展开阅读全文").click()
    expect(page.locator("#text-1")).to_contain_text("灯塔1号")
