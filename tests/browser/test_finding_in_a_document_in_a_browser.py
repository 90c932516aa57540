from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import in_service
from tests.service import Service

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(service: Service) -> str:
    number = in_service(
        service,
        "from fanwen.library.models import Document; print(Document.objects.get(original_name='long.docx').number)",
    )
    return f"/d/{number}/"


def count(page: Page) -> re.Match[str]:
    found = re.fullmatch(r"(\d+) / (\d+)", page.locator("#inside-count").inner_text().strip())
    assert found
    return found


def clear_of_bars(page: Page) -> bool:
    """The place gone to is seen whole, below the bar that stays at the top."""
    bar = page.locator(".reader-bar").bounding_box()
    place = page.locator(".hits .now").first.bounding_box()
    assert bar
    assert place
    return bar["y"] + bar["height"] < place["y"] and place["y"] + place["height"] < page.viewport_size["height"]  # type: ignore[index]


def test_every_place_over_all_pages_is_counted_and_gone_to(page: Page, address: str, complaints: list[str]) -> None:
    page.goto(address)
    page.fill("#inside", "石阶湿了又干")
    expect(page.locator("#inside-count")).to_have_text("1 / 96")
    assert page.locator("#page-5 .hits rect").count() >= 8
    page.locator("#inside").press("Shift+Enter")
    expect(page.locator("#inside-count")).to_have_text("96 / 96")
    expect(page.locator("#page-12 .hits .now").first).to_be_in_viewport()
    assert clear_of_bars(page)
    page.get_by_role("button", name="下一处").click()
    expect(page.locator("#inside-count")).to_have_text("1 / 96")
    expect(page.locator("#page-1 .hits .now").first).to_be_in_viewport()
    assert complaints == []


def test_escape_ends_finding_and_gives_the_focus_back(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("[data-do=larger]").focus()
    page.keyboard.press("/")
    page.keyboard.type("灯塔8号")
    expect(page.locator("#page-8 .hits .now").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator(".hits rect")).to_have_count(0)
    expect(page.locator("[data-do=larger]")).to_be_focused()
    expect(page.locator("#page-8")).to_be_in_viewport()
    assert "q=" not in page.url


def test_pages_that_come_later_are_boxed_too(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("#inside", "灯塔1")
    expect(page.locator("#inside-count")).to_have_text("1 / 4")  # 1, 10, 11, 12
    page.locator(".more").scroll_into_view_if_needed()
    expect(page.locator("#page-10 .hits rect")).to_have_count(1)


def test_what_stands_nowhere_is_said_and_signs_are_taken_as_they_are(page: Page, address: str) -> None:
    page.goto(address)
    for typed in ("(", "*", "%", "[a-z"):
        page.fill("#inside", typed)
        expect(page.locator("#inside-count")).to_have_text("未找到")
    page.fill("#inside", "。海")
    expect(page.locator("#inside-count")).to_have_text("1 / 12")


def test_a_page_that_came_from_the_search_is_boxed_before_any_script(without_script: Page, address: str) -> None:
    page = without_script
    page.goto("/search/?q=灯塔7号")
    page.get_by_role("link", name="第 7 页").first.click()
    expect(page.locator("#page-7 .hits rect").first).to_be_visible()
    expect(page.locator("#hit-pages")).to_contain_text("共出现 1 次")


def test_a_passage_is_linked_to_and_found_again(page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}?page=6")
    line = page.locator("#page-6 .layer text", has_text="灯塔6号")
    box = line.bounding_box()
    assert box
    page.mouse.move(box["x"] + 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    page.get_by_role("button", name="复制所选文字的链接").click()
    expect(page.locator("#said")).to_have_text("已复制")
    link = page.evaluate("navigator.clipboard.readText()")
    page.goto(link.replace("page=6", "page=2"))  # as if pages had moved since
    expect(page.locator("#page-6 .hits .passage").first).to_be_in_viewport()
    page.goto(f"{address}?page=3&passage=从未写过的话")
    expect(page.get_by_text("链接所指的文字已不在本文档中")).to_be_visible()


def test_all_text_is_copied_in_order(page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address)
    page.get_by_role("button", name="复制全部文字").click()
    expect(page.locator("#copy-said")).to_have_text("已复制")
    text = page.evaluate("navigator.clipboard.readText()")
    assert re.findall(r"灯塔(\d+)\s*号", text) == [str(number) for number in range(1, 13)]


def test_a_selection_over_two_pages_copies_both_in_order(page: Page, address: str) -> None:
    page.goto(f"{address}?page=2")
    selected = page.evaluate(
        "() => { const [a, b] = [2, 3].map(n => document.querySelectorAll(`#page-${n} .layer text`));"
        "getSelection().setBaseAndExtent(a[a.length - 1].firstChild, 0, b[1].firstChild, 4); return getSelection().toString() }"
    )
    lines = [line for line in selected.splitlines() if line.strip()]
    assert lines[0].startswith("风从海上来")
    assert lines[-1].startswith("风从")
    assert "灯塔3号" in "".join(lines)
    assert "/ 12" not in selected


def test_a_link_with_words_alone_leads_to_their_first_place(page: Page, address: str) -> None:
    page.goto(f"{address}?q=灯塔9号")
    expect(page.locator("#page-9 .hits rect").first).to_be_in_viewport()
    expect(page.locator("#inside-count")).to_have_text("1 / 1")


def test_what_is_told_of_an_address_is_seen_until_one_reads_on(page: Page, address: str) -> None:
    page.goto(f"{address}?page=77")
    expect(page.locator("#page-12")).to_be_in_viewport()
    expect(page.get_by_role("alert")).to_be_in_viewport()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("alert")).to_have_count(0)
