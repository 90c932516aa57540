from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import PASSWORD, in_service
from tests.service import Service

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_at_320_pixels_every_page_fits(
    service: Service, browser: Browser, browser_context_args: dict[str, Any], language: str
) -> None:
    number = in_service(
        service,
        "from fanwen.library.models import Document; print(Document.objects.get(original_name='long.docx').number)",
    )
    context = browser.new_context(
        **{**browser_context_args, "locale": language, "viewport": {"width": 320, "height": 700}}
    )
    page = context.new_page()
    page.goto("/login/")
    page.fill("#id_username", "lin")
    page.fill("#id_password", PASSWORD)
    page.click("main form button")
    ends = ("", "?q=灯塔", "?page=999", "versions/", "edit/", "share/", "cite/", "report/", "collect/", "text/")
    addresses = [f"/d/{number}/{end}" for end in ends]
    addresses += ["/", "/search/?q=灯塔", "/search/?q=%22潜水艇 飞船%22", "/all/", "/upload/", "/mine/", "/account/"]
    addresses += ["/favourites/", "/collections/", "/searches/", "/mask/", "/unmask/", "/values/", "/d/100000000/"]
    wide = []
    for address in addresses:
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(address)
    context.close()
    assert wide == []
