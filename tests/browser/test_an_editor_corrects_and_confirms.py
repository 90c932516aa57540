"""An editor opens a template's fields in place, corrects one, writes a check down, and confirms it; the form follows."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document as Docx
from playwright.sync_api import Page, expect

from tests.service import Service

TITLE = "青禾小学竣工情况报告"


@pytest.fixture(scope="session")
def report(service: Service, tmp_path_factory: pytest.TempPathFactory) -> str:
    document = Docx()
    document.add_heading(TITLE, 0)
    document.add_paragraph("全镇共有项目学校____所，其中竣工____所。")
    document.add_paragraph("填报单位：________")
    path: Path = tmp_path_factory.mktemp("report") / "竣工.docx"
    document.save(str(path))
    service.run("add", path)
    service.wait_for_blanks()
    return TITLE


def test_correct_check_confirm(service: Service, report: str, signed_in: Page, complaints: list[str]) -> None:
    page = signed_in
    page.goto(f"/search/?q={report}")
    page.get_by_role("link", name=report).first.click()
    page.get_by_role("link", name="修订范文").click()

    # a field opens in its place, without the page being loaded anew
    page.get_by_role("link", name="修改“填报单位”").click()
    page.get_by_label("名称", exact=True).first.fill("学校全称")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已修订")).to_be_visible()

    page.get_by_role("button", name="采用").first.click()
    expect(page.get_by_label("校验", exact=True)).to_have_value("竣工 <= 全镇共有项目学校")
    page.get_by_role("button", name="确认为范文").click()
    expect(page.get_by_role("heading", name="已确认为范文")).to_be_visible()

    page.get_by_role("link", name="查看表单").click()
    expect(page.get_by_role("textbox", name="学校全称")).to_be_visible()
    page.locator("#field-1 input").fill("3")
    page.locator("#field-2 input").fill("4")
    page.get_by_role("button", name="生成文档").last.click()
    expect(page.get_by_role("alert").first).to_contain_text("不应大于")
    page.get_by_role("button", name="内容无误，继续生成文档").click()
    expect(page.get_by_role("heading", name="文档已完成")).to_be_visible()
    assert [line for line in complaints if "422" not in line] == []
