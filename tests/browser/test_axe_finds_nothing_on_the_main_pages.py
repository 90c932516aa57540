"""axe-core looks over the main pages, in both themes, against WCAG 2.2 AA."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document as Docx
from playwright.sync_api import Page

from tests.browser.conftest import in_service
from tests.service import Service

pytestmark = pytest.mark.browser

ALL = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""All that another theme changes."""


@pytest.fixture(scope="module")
def addresses(service: Service, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    form = Docx()
    form.add_heading("渡船检修申请书", 0)
    for line in ("我处现有渡船____艘，需检修____艘。", "申请日期：____年____月____日", "单位名称：________"):
        form.add_paragraph(line)
    path = Path(tmp_path_factory.mktemp("axe"), "检修申请.docx")
    form.save(str(path))
    template = service.json("add", path)[0]["number"]
    service.wait_for_blanks()
    number, category = in_service(
        service,
        "from fanwen.library.models import Category, Document;"
        "d = Document.objects.get(original_name='long.docx'); print(d.number, d.category_id)",
    ).split()
    collection = in_service(
        service,
        "from django.contrib.auth.models import User; from fanwen.library.models import Document;"
        "from fanwen.shelves import collections, searches;"
        "lin = User.objects.get(username='lin'); found = collections.make(lin, '渡口资料', '两份文件。', public=True);"
        f"collections.add(found, Document.objects.get(number='{number}'));"
        "searches.save(lin, '灯塔', '?q=灯塔'); print(found.key)",
    )
    return {
        "home": "/",
        "results": "/search/?q=灯塔",
        "no results": "/search/?q=从未写过的话",
        "document": f"/d/{number}/?page=3&q=灯塔3号",
        "thumbnails": f"/d/{number}/thumbnails/",
        "text": f"/d/{number}/text/",
        "category": f"/c/{category}/",
        "everything": "/all/",
        "upload": "/upload/",
        "sign in": "/login/",
        "form": f"/d/{template}/fill/",
        "filtered results": f"/search/?q=灯塔&format=docx&category={category}",
        "categories": "/categories/",
        "tags": "/tags/",
        "favourites": "/favourites/",
        "collections": "/collections/",
        "collection": f"/collections/{collection}/",
        "a collection's order": f"/collections/{collection}/edit/",
        "saved searches": "/searches/",
        "not found": "/d/100000001/",
    }


def violations(page: Page, rules: dict[str, Any] = ALL) -> list[str]:
    answer = Axe().run(page, options=rules).response
    assert answer["passes"], "nothing was looked at"
    return [
        f"{rule['id']}: {node['html'][:160]} {node['failureSummary']}"
        for rule in answer["violations"]
        for node in rule["nodes"]
    ]


def test_what_is_wrong_is_noticed(page: Page) -> None:
    page.goto("/")
    page.evaluate("document.querySelector('main').append(document.createElement('input'))")
    assert any(line.startswith("label:") for line in violations(page))


@pytest.mark.parametrize(("theme", "rules"), [("light", ALL), ("dark", COLOURS)])
def test_no_violation_on_any_main_page(
    signed_in: Page, addresses: dict[str, str], theme: str, rules: dict[str, Any]
) -> None:
    page = signed_in
    page.goto(f"/theme/{theme}/?next=/")
    told = {}
    for name, address in addresses.items():
        page.goto(address)
        if found := violations(page, rules):
            told[name] = found
    assert told == {}


def test_no_violation_in_what_the_reader_opens(page: Page, addresses: dict[str, str]) -> None:
    page.goto(addresses["document"])
    page.keyboard.press("t")
    page.locator("#thumb-list [aria-current]").wait_for()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.locator("#keys").wait_for()
    assert violations(page) == []


def test_no_violation_for_a_visitor_on_a_phone(phone: Page, addresses: dict[str, str]) -> None:
    for name in ("home", "results", "document"):
        phone.goto(addresses[name])
        assert violations(phone) == [], name
