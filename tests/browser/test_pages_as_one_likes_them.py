"""Zoom, thumbnails, rotation, full screen, brightness, keys, and what is loaded meanwhile."""

from __future__ import annotations

import re

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import in_service, until
from tests.intake.pdf_writer import pdf, text
from tests.service import Service

pytestmark = pytest.mark.browser


def number_of(service: Service, name: str) -> str:
    return in_service(
        service,
        f"from fanwen.library.models import Document; print(Document.objects.get(original_name={name!r}).number)",
    )


@pytest.fixture(scope="module")
def address(service: Service) -> str:
    return f"/d/{number_of(service, 'long.docx')}/"


@pytest.fixture(scope="module")
def mixed(service: Service, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A document of fifty pages, upright ones and slides; those of the text bear numbers from 101 on."""
    path = tmp_path_factory.mktemp("mixed") / "mixed.pdf"
    boxes = [b"/MediaBox [0 0 595 842]", b"/MediaBox [0 0 960 540]", b"/MediaBox [0 0 420 595]"]
    whole = pdfium.PdfDocument.new()
    for number in range(1, 51):
        content = text(72, 300, f"Lighthouse {number} of the coast") + text(200, 40, f"- {100 + number} -")
        whole.import_pages(pdfium.PdfDocument(pdf([content], page=boxes[number % 3])))
    whole.save(str(path))
    service.run("add", path)
    return f"/d/{number_of(service, 'mixed.pdf')}/"


DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
"""Fulfilled when the browser has drawn what it was told, and noticed what came into view and what left it."""


def width(page: Page) -> float:
    box = page.locator("#page-1 .sheet-face").bounding_box()
    assert box
    return box["width"]


def test_zoom_keeps_the_text_on_the_glyphs_and_is_remembered(page: Page, address: str, complaints: list[str]) -> None:
    page.goto(address)
    before = width(page)
    for _ in range(3):
        page.get_by_role("button", name="放大").click()
    expect(page.locator("#zoom-now")).to_have_text("200%")
    assert width(page) == pytest.approx(2 * before, rel=0.01)
    line = page.locator("#page-1 .layer text", has_text="灯塔1号").first
    drawn = line.bounding_box()
    assert drawn
    share = line.evaluate("line => line.textLength.baseVal.value / line.ownerSVGElement.viewBox.baseVal.width")
    assert drawn["width"] == pytest.approx(share * width(page), rel=0.03)
    image = page.locator("#page-1 img")
    until(lambda: re.search("/p1-(1200|1600)", image.evaluate("image => image.currentSrc")) is not None)
    page.reload()
    assert width(page) == pytest.approx(2 * before, rel=0.01)
    page.keyboard.press("0")
    assert width(page) == pytest.approx(before, rel=0.01)
    page.keyboard.press("-")
    assert width(page) == pytest.approx(0.9 * before, rel=0.01)
    assert complaints == []


def test_zoom_on_a_phone_scrolls_the_pages_not_the_site(phone: Page, address: str) -> None:
    phone.goto(address)
    for _ in range(3):
        phone.get_by_role("button", name="放大").tap()
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    assert (
        phone.evaluate("(({scrollWidth, clientWidth}) => scrollWidth / clientWidth)(document.getElementById('pages'))")
        > 1.9
    )
    assert (
        phone.evaluate("document.querySelector('meta[name=viewport]').content") == "width=device-width, initial-scale=1"
    )


def test_thumbnails_by_keyboard_lead_to_their_pages(page: Page, address: str) -> None:
    page.goto(f"{address}?page=2")
    page.keyboard.press("t")
    expect(page.locator("#thumb-list li")).to_have_count(12)
    expect(page.locator("#thumb-list [aria-current=page]")).to_have_attribute("data-to", "2")
    expect(page.locator("#thumb-list [aria-current=page]")).to_be_focused()
    for _ in range(9):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**page=11**")
    expect(page.locator("#page-11")).to_be_in_viewport()
    expect(page.locator("#thumb-list [aria-current=page]")).to_have_attribute("data-to", "11")
    page.keyboard.press("Escape")
    expect(page.locator("#thumbs")).to_be_hidden()
    expect(page.locator("#thumbs-open")).to_be_focused()


def test_thumbnails_without_a_script(without_script: Page, address: str) -> None:
    without_script.goto(address)
    without_script.get_by_role("link", name="全部页面").click()
    without_script.get_by_role("link", name="第 9 页").click()
    expect(without_script.locator("#page-9")).to_be_in_viewport()


def test_back_leads_to_the_page_before(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("#goto", "9")
    page.keyboard.press("Enter")
    expect(page.locator("#page-9")).to_be_in_viewport()
    page.go_back()
    expect(page.locator("#page-1")).to_be_in_viewport()


def test_a_number_printed_on_a_page_leads_there_and_a_wrong_one_is_explained(page: Page, mixed: str) -> None:
    page.goto(mixed)
    page.fill("#goto", "137")
    page.keyboard.press("Enter")
    expect(page.locator("#page-37")).to_be_in_viewport()
    page.fill("#goto", "xyz")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("没有“xyz”这一页。本文档共 50 页")


def test_a_turned_page_is_still_selected_where_it_is_seen(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("r")
    box = page.locator("#page-1 .sheet-frame").bounding_box()
    assert box
    assert box["width"] > box["height"]
    line = page.locator("#page-1 .layer text").nth(1)
    seen = line.bounding_box()
    assert seen
    assert seen["height"] > seen["width"]  # it runs downwards now
    page.mouse.move(seen["x"] + seen["width"] / 2, seen["y"] + 1)
    page.mouse.down()
    page.mouse.move(seen["x"] + seen["width"] / 2, seen["y"] + seen["height"] + 20, steps=5)
    page.mouse.up()
    assert page.evaluate("getSelection().toString()") == line.text_content()


def test_full_screen_shows_the_reader_alone_at_the_same_page(page: Page, address: str) -> None:
    page.goto(f"{address}?page=4")
    page.keyboard.press("f")
    expect(page.locator("header.top")).to_be_hidden()
    expect(page.locator("#page-4")).to_be_in_viewport()
    page.keyboard.press("f")
    expect(page.locator("header.top")).to_be_attached()
    expect(page.locator("#page-4")).to_be_in_viewport()


def test_bright_pages_are_dimmed_by_choice_and_print_as_they_are(page: Page, address: str) -> None:
    page.goto("/theme/dark/?next=" + address)
    face = page.locator(".sheet-face").first
    expect(face).to_have_css("filter", "none")
    page.get_by_role("button", name="页面明暗").click()
    page.reload()
    expect(face).not_to_have_css("filter", "none")
    page.emulate_media(media="print")
    expect(face).to_have_css("filter", "none")


def test_keys_are_listed_and_those_of_one_letter_can_be_turned_off(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()
    page.get_by_label("启用单个字母或符号的快捷键").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("+")
    page.keyboard.press("/")
    expect(page.locator("#zoom-now")).to_have_text("100%")
    expect(page.locator("#inside")).not_to_be_focused()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**page=2**")


def test_an_image_that_does_not_come_can_be_asked_for_again(page: Page, address: str) -> None:
    broken = True
    page.route("**/p2-*", lambda route: route.fulfill(status=503) if broken else route.continue_())
    page.goto(address)
    page.locator("#page-2").scroll_into_view_if_needed()
    trouble = page.locator("#page-2 .sheet-trouble")
    expect(trouble).to_contain_text("第 2 页的图像没有载入")
    expect(trouble.get_by_role("link", name="查看文字")).to_have_attribute("href", re.compile("#text-2$"))
    broken = False
    trouble.get_by_role("button", name="重试").click()
    expect(trouble).to_have_count(0)
    until(lambda: page.locator("#page-2 img").evaluate("image => image.naturalWidth > 0"))


def test_fifty_mixed_pages_do_not_jump_and_their_images_live_only_near_the_view(page: Page, mixed: str) -> None:
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) "
        "window.shift += entry.value; }).observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(mixed)
    most = 0
    for _ in range(1000):
        if page.locator("#page-50").count():
            break
        # a link that has just come is htmx's only once it has settled: before, it is an ordinary one that leads away
        page.evaluate("document.querySelector('.more:not(.htmx-added) a')?.click()")
        page.evaluate("document.querySelector('.sheet:last-of-type').scrollIntoView({behavior: 'instant'})")
        page.wait_for_timeout(120)
        page.evaluate(DRAWN)
        most = max(most, page.locator(".sheet img[srcset]").count())
    page.evaluate("document.getElementById('page-50').scrollIntoView({behavior: 'instant'})")
    expect(page.locator(".sheet")).to_have_count(50)
    # each batch is alive until it is known to be far away
    assert most <= 17
    until(lambda: page.locator(".sheet img[srcset]").count() <= 12)
    assert page.evaluate("window.shift") <= 0.02

    def wire() -> int:
        return int(page.evaluate("performance.getEntriesByType('resource').filter(one => one.transferSize > 0).length"))

    def look_at(number: int) -> int:
        """How much has come over the wire when page `number` and those about it are there."""
        page.evaluate(
            "number => document.getElementById(`page-${number}`).scrollIntoView({behavior: 'instant'})", number
        )
        expect(page.locator(f"#page-{number} img")).not_to_have_js_property("naturalWidth", 0)
        came, before = wire(), -1
        while came != before:
            page.wait_for_timeout(500)
            came, before = wire(), came
        return came

    look_at(30)
    seen = look_at(40)
    assert look_at(30) == seen  # what was seen comes from the browser's own cache


def test_a_phone_is_sent_light_and_sharp_images(
    browser: Browser, browser_context_args: dict[str, object], address: str
) -> None:
    for ratio in (2, 3):
        context = browser.new_context(
            **{**browser_context_args, "viewport": {"width": 390, "height": 844}, "device_scale_factor": ratio}  # type: ignore[arg-type]
        )
        page = context.new_page()
        sizes: list[int] = []
        page.on(
            "response",
            lambda answer, sizes=sizes: sizes.append(len(answer.body())) if "/p1-800" in answer.url else None,
        )
        page.goto(address, wait_until="networkidle")
        assert page.locator("#page-1 img").evaluate("image => image.currentSrc").partition("/p1-")[2].startswith("800")
        assert 800 / page.locator("#page-1 img").evaluate("image => image.width") >= 1.5
        assert max(sizes) <= 100_000
        context.close()
