"""From a few letters of pinyin to the boxed page, and on to what is kept: favourite, collection, saved search, feed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Page, expect

from tests.browser.conftest import LONG, PASSWORD
from tests.service import Service

pytestmark = pytest.mark.browser
ATOM = {"a": "http://www.w3.org/2005/Atom"}
GRAMMAR = Path(__file__).parents[1] / "shelves" / "atom.rng"


def test_from_pinyin_to_the_feed(signed_in: Page, complaints: list[str]) -> None:
    page = signed_in
    box = page.locator("#home-q")
    box.click()
    page.keyboard.type("dengta", delay=30)
    options = page.locator("#home-suggestions [role=option]")
    expect(options.get_by_text("灯塔", exact=True)).to_be_visible()
    wanted = options.all_inner_texts().index("灯塔")
    for _ in range(wanted + 1):
        page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", f"home-suggestions-{wanted}")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?q="))

    page.locator(".facets-open").get_by_role("link", name="DOCX").click()
    expect(page.locator(".chosen")).to_contain_text("DOCX")
    page.locator(".sorts").get_by_role("link", name="最新").click()
    expect(page).to_have_url(re.compile("format=docx.*sort=newest"))
    searched = page.url

    row = page.locator(".hits .row", has_text=LONG)
    first = row.locator(".snippet-page").first
    number = re.search(r"\d+", first.inner_text())
    assert number
    first.click()
    expect(page.locator(f"#page-{number[0]} .hits rect").first).to_be_visible()

    favourite = page.locator(".keep-button")
    favourite.click()
    expect(favourite).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#favourite-count")).to_have_text("1")
    expect(favourite).to_be_focused()
    page.get_by_role("link", name="加入文集").click()
    page.locator("#collect input[name=name]").fill("海岸资料")
    page.locator("#collect").get_by_role("button", name="加入").click()
    expect(page.locator(".notice").first).to_contain_text("海岸资料")

    page.goto("/favourites/")
    expect(page.get_by_role("link", name=LONG).last).to_be_visible()
    page.locator(".tabs").get_by_role("link", name="文集").click()
    page.get_by_role("link", name="海岸资料").click()
    expect(page.get_by_role("link", name=LONG).last).to_be_visible()

    page.goto(searched)
    page.locator("#search-name").fill("灯塔的新文档")
    page.get_by_role("button", name="保存搜索").click()
    page.goto("/searches/")
    expect(page.get_by_role("link", name="灯塔的新文档")).to_be_visible()
    address = page.locator(".searches").get_by_role("link", name="订阅").get_attribute("href")
    assert address
    answer = page.request.get(address, headers={"Cookie": ""})
    tree = etree.fromstring(answer.body())
    assert etree.RelaxNG(etree.parse(str(GRAMMAR))).validate(tree)
    assert LONG in tree.xpath("a:entry/a:title/text()", namespaces=ATOM)
    assert complaints == []


def test_the_keyboard_leads_through_suggestions_and_out_again(page: Page) -> None:
    page.goto("/")
    box = page.locator("#home-q")
    suggestions = page.locator("#home-suggestions")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("海岸", delay=30)
    expect(suggestions).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowUp")
    expect(suggestions.locator("[aria-selected=true]")).to_have_count(1)
    page.keyboard.press("ArrowDown")  # past the last, back in the box
    expect(suggestions.locator("[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(suggestions).to_be_hidden()
    expect(box).to_have_value("海岸")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/search/"))


def test_a_number_typed_leads_to_its_document(page: Page) -> None:
    page.goto(f"/search/?q={LONG}")
    page.locator(".hits h2 a").first.click()
    number = re.search(r"/d/(\d{9})/", page.url)
    assert number
    page.goto("/")
    page.locator("#home-q").click()
    page.keyboard.type(number[1][:5], delay=30)
    option = page.locator("#home-suggestions .suggestion-number")
    expect(option).to_contain_text(LONG)
    option.click()
    page.wait_for_url(f"**/d/{number[1]}/")


def test_on_a_phone_filters_are_folded(phone: Page) -> None:
    phone.goto("/search/?q=灯塔")
    facets = phone.locator(".facets-fold")
    expect(facets.get_by_role("link", name="DOCX")).to_be_hidden()
    facets.locator("summary").click()
    facets.get_by_role("link", name="DOCX").click()
    expect(phone.locator(".chosen")).to_contain_text("DOCX")
    expect(phone.locator(".facets-fold").get_by_role("link", name="DOCX")).to_be_hidden()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_everything_works_without_script(without_script: Page, service: Service) -> None:
    page = without_script
    page.goto("/login/")
    page.fill("#id_username", "lin")
    page.fill("#id_password", PASSWORD)
    page.click("main form button")
    page.goto(f"/search/?q={LONG}")
    page.locator(".hits h2 a").first.click()
    button = page.locator(".keep-button")
    before = button.get_attribute("aria-pressed")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false" if before == "true" else "true")
    page.get_by_role("link", name="加入文集").click()
    page.locator("input[name=name]").fill("不用脚本")
    page.get_by_role("button", name="加入").click()
    page.goto("/collections/")
    page.get_by_role("link", name="不用脚本").click()
    page.locator(".actions").get_by_role("link", name="编辑").click()
    page.get_by_role("button", name=re.compile("移出")).click()
    expect(page.locator("#entries .empty")).to_be_visible()
    page.locator("summary", has_text="删除这个文集").click()
    page.get_by_role("button", name="确定删除").click()
    expect(page.locator(".notice")).to_contain_text("不用脚本")
