from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LONG, in_service
from tests.service import Service

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(service: Service) -> str:
    number = in_service(
        service,
        "from fanwen.library.models import Document; print(Document.objects.get(original_name='long.docx').number)",
    )
    return f"/d/{number}/"


def sheets(page: Page) -> int:
    return page.locator(".sheet").count()


def test_further_pages_come_as_one_scrolls(page: Page, address: str, complaints: list[str]) -> None:
    page.goto(address)
    assert sheets(page) == 5
    page.locator(".more").scroll_into_view_if_needed()
    expect(page.locator(".sheet")).to_have_count(10)
    page.locator(".more").scroll_into_view_if_needed()
    expect(page.locator(".sheet")).to_have_count(12)
    expect(page.locator(".more")).to_have_count(0)
    assert complaints == []


def test_nothing_jumps_while_images_arrive(page: Page, address: str) -> None:
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) "
        "if (!entry.hadRecentInput) window.shift += entry.value; }).observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(address, wait_until="networkidle")
    page.mouse.wheel(0, 3000)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shift") <= 0.02


def test_the_text_over_the_image_can_be_selected_line_by_line(page: Page, address: str) -> None:
    page.goto(f"{address}?page=2")
    lines = page.locator("#page-2 .layer text")
    first, second = lines.nth(0).bounding_box(), lines.nth(1).bounding_box()
    assert first
    assert second
    page.mouse.move(first["x"] + 1, first["y"] + first["height"] / 2)
    page.mouse.down()
    # Ends in the margin right of the second line, where there is no text.
    page.mouse.move(second["x"] + second["width"] + 30, second["y"] + second["height"] / 2, steps=5)
    page.mouse.up()
    selected = page.evaluate("getSelection().toString()")
    assert selected == f"{lines.nth(0).text_content()}\n{lines.nth(1).text_content()}"


def test_the_text_layer_lies_on_the_glyphs(page: Page, address: str) -> None:
    page.goto(address)
    line = page.locator("#page-1 .layer text", has_text="灯塔1号").first
    box = line.bounding_box()
    face = page.locator("#page-1 .sheet-face").bounding_box()
    assert box
    assert face
    length = line.evaluate("line => line.textLength.baseVal.value")
    points = page.locator("#page-1 .layer").evaluate("layer => layer.viewBox.baseVal.width")
    assert abs(box["width"] - length / points * face["width"]) <= max(2, 0.03 * box["width"])


def test_the_browsers_own_find_reaches_the_text(page: Page, address: str) -> None:
    page.goto(address)
    assert page.evaluate("window.find('灯塔4号')")


def test_reading_by_keyboard_alone(page: Page, address: str) -> None:
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("灯塔3号")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    link = page.get_by_role("link", name="第 3 页").first
    for _ in range(60):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**page=3**")
    expect(page.locator("#page-3")).to_be_in_viewport()
    page.keyboard.press("j")
    expect(page.locator("#page-4")).to_be_in_viewport(ratio=0.4)
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#page-3")).to_be_in_viewport(ratio=0.4)
    page.keyboard.press("End")
    page.wait_for_url("**page=12**")
    expect(page.locator("#page-12")).to_be_in_viewport()
    page.keyboard.press("Home")
    page.wait_for_url("**page=1&**")


def test_keys_are_left_alone_in_fields(page: Page, address: str) -> None:
    page.goto(address)
    page.click("#inside")
    page.keyboard.type("jk/")
    expect(page.locator("#inside")).to_have_value("jk/")
    # What was typed is looked for, and nobody has turned a page.
    expect(page).to_have_url(re.compile(r"\?page=1&q=jk%2F"))
    expect(page.locator("#page-1")).to_be_in_viewport()


def test_the_address_follows_the_reading(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#page-3").evaluate("sheet => sheet.scrollIntoView({behavior: 'instant'})")
    page.wait_for_url("**page=3**")
    expect(page.locator("#goto")).to_have_value("3")
    page.fill("#goto", "11")
    page.keyboard.press("Enter")
    page.wait_for_url("**page=11**")
    expect(page.locator("#page-11")).to_be_in_viewport()


def test_an_address_made_for_other_viewers_works(page: Page, address: str) -> None:
    page.goto(f"{address}#page=9")
    expect(page.locator("#page-9")).to_be_in_viewport()


def test_suggestions_by_pinyin_initials(page: Page, address: str) -> None:
    page.goto("/")
    page.locator("#home-q").press_sequentially("seydha")
    expect(page.locator("[role=option]").first).to_contain_text(LONG)
    page.keyboard.press("ArrowDown")
    expect(page.locator("#home-q")).to_have_attribute("aria-activedescendant", "home-suggestions-0")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_a_phone_reads_on_past_page_five(phone: Page, address: str) -> None:
    phone.goto(address)
    for expected in (10, 12):
        phone.locator(".more").scroll_into_view_if_needed()
        expect(phone.locator(".sheet")).to_have_count(expected)
    phone.locator("#page-7").scroll_into_view_if_needed()
    image = phone.locator("#page-7 img")
    expect(image).to_have_js_property("complete", True)
    # Sharp enough: at least one and a half image pixels for each CSS pixel.
    assert (
        image.evaluate("image => image.naturalWidth && parseInt(image.currentSrc.match(/-(\\d+)$/)[1]) / image.width")
        >= 1.5
    )


@pytest.mark.parametrize("path", ["/", "/search/?q=灯塔", "/all/", "/login/", "document"])
def test_nothing_sticks_out_on_a_phone_or_a_tablet(phone: Page, address: str, path: str) -> None:
    for width in (320, 390, 820):
        phone.set_viewport_size({"width": width, "height": 844})
        phone.goto(address if path == "document" else path)
        assert phone.evaluate("document.documentElement.scrollWidth") <= width


def test_english_and_dark_can_be_chosen(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Dark").click()
    expect(page.locator("body")).to_have_css("background-color", "rgb(23, 23, 22)")
    expect(page.locator(".sheet-face").first).to_have_css("background-color", "rgb(255, 255, 255)")


def test_a_page_whose_image_does_not_come_shows_its_text(page: Page, address: str) -> None:
    page.route("**/p2-*", lambda route: route.fulfill(status=503))
    page.goto(address)
    page.locator("#page-2").scroll_into_view_if_needed()
    expect(page.locator("#page-2 .sheet-failed")).to_be_visible()
    expect(page.locator("#page-2 .layer text").first).not_to_have_css("fill", "rgba(0, 0, 0, 0)")
