"""From a search to a model text, to its form, to the finished document, to a document of the library."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document as Docx
from playwright.sync_api import Page, expect

from tests.service import Service

TITLE = "渡口小学校舍修缮申请书"


@pytest.fixture(scope="session")
def template(service: Service, tmp_path_factory: pytest.TempPathFactory) -> str:
    document = Docx()
    document.add_heading(TITLE, 0)
    for line in (
        "我校现有教室____间，其中需修缮____间，预计投入____万元。",
        "申请日期：____年____月____日",
        "学校名称：________",
    ):
        document.add_paragraph(line)
    document.add_paragraph("修缮项目")
    table = document.add_table(2, 2)
    for cell, head in zip(table.rows[0].cells, ("项目名称", "预算（元）"), strict=True):
        cell.text = head
    document.add_paragraph("【可选】附学校平面图。")
    path = tmp_path_factory.mktemp("template") / "申请书.docx"
    document.save(str(path))
    service.run("add", path)
    service.wait_for_blanks()
    return TITLE


def test_search_template_fill_download_publish(
    service: Service, template: str, signed_in: Page, complaints: list[str], tmp_path: Path
) -> None:
    page = signed_in
    page.goto("/search/?q=渡口小学修缮")
    page.get_by_role("link", name=template).first.click()
    page.get_by_role("link", name="使用此范文").click()
    expect(page.get_by_role("heading", name="填写范文")).to_be_visible()

    # a blank leads to its field, a field shows its blank
    page.locator("#blank-2").click()
    expect(page.locator("#field-2 input")).to_be_focused()
    expect(page.locator("#blank-2")).to_have_class(re.compile("now"))
    page.keyboard.type("许多")
    page.locator("#field-1 input").fill("1,200")
    expect(page.locator("#blank-1")).to_have_class(re.compile("done"))
    page.locator("#field-3 input").fill("三千五百")
    page.locator("#field-4 input").first.fill("2026-11-23")
    page.locator("#field-5 textarea").fill("渡口小学")
    expect(page.locator("#saved")).to_contain_text("保存")

    # a second row, and the pages as they would be
    page.get_by_role("button", name="增加一行").click()
    expect(page.locator(".fill-row")).to_have_count(2)
    page.locator("#field-6 textarea").fill("屋面")
    page.locator("#field-6-2 textarea").fill("围墙")
    page.locator("#field-7-2 input").fill("12000")
    page.get_by_label("附学校平面图").uncheck()
    expect(page.locator("#preview")).to_be_visible()
    expect(page.locator("#preview .changed-here[data-blank='b8~2']")).to_be_visible()
    expect(page.locator("#preview .fill-skipped")).to_contain_text("修缮")
    page.get_by_role("button", name="范文", exact=True).click()
    expect(page.locator("#preview")).to_be_hidden()
    expect(page.locator("#blank-1")).to_be_visible()
    page.get_by_role("button", name="预览", exact=True).click()
    expect(page.locator("#preview")).to_be_visible()

    page.get_by_role("button", name="生成文档").last.click()
    expect(page.get_by_role("alert")).to_contain_text("“许多”不是数字")
    page.locator("#field-2 input").first.fill("980")
    page.get_by_role("button", name="生成文档").last.click()
    expect(page.get_by_role("heading", name="文档已完成")).to_be_visible()
    expect(page.locator(".proof-good dd")).to_have_text("无")

    with page.expect_download() as download:
        page.get_by_role("link", name="下载 DOCX").click()
    download.value.save_as(tmp_path / "filled.docx")
    filled = Docx(str(tmp_path / "filled.docx"))
    assert [[cell.text for cell in row.cells] for row in filled.tables[0].rows][1:] == [["屋面", ""], ["围墙", "12000"]]
    assert [paragraph.text for paragraph in filled.paragraphs][1:] == [
        "我校现有教室1200间，其中需修缮980间，预计投入3500万元。",
        "申请日期：2026年11月23日",
        "学校名称：渡口小学",
        "修缮项目",
    ]
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 PDF").click()
    download.value.save_as(tmp_path / "filled.pdf")
    assert (tmp_path / "filled.pdf").read_bytes().startswith(b"%PDF")

    page.get_by_label("标题").fill("渡口小学二〇二六年修缮申请")
    page.get_by_label("所有人").check()
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_role("heading", name="渡口小学二〇二六年修缮申请")).to_be_visible()
    expect(page.get_by_text("填写自范文").get_by_role("link", name=template)).to_be_visible()
    # the refusal of the first values is an answer of status 422, which a browser notes
    assert [line for line in complaints if "422" not in line] == []


def test_the_form_works_without_script(service: Service, template: str, without_script: Page) -> None:
    page = without_script
    page.goto("/search/?q=渡口小学修缮申请书")
    page.get_by_role("link", name=template, exact=True).first.click()
    page.get_by_role("link", name="使用此范文").click()
    page.locator("#blank-5").click()
    assert page.url.endswith("#field-5")
    page.locator("#field-4 input[type=date]").fill("2026-03-05")
    page.get_by_role("button", name="生成文档").last.click()
    expect(page.get_by_text("已填写的空白").first).to_be_visible()
    expect(page.locator(".changed tbody tr")).to_have_count(3)


def test_a_preview_is_a_page_of_its_own_without_script(service: Service, template: str, without_script: Page) -> None:
    page = without_script
    page.goto("/search/?q=渡口小学修缮申请书")
    page.get_by_role("link", name=template, exact=True).first.click()
    page.get_by_role("link", name="使用此范文").click()
    page.locator("#field-5 textarea").fill("渡口小学")
    page.get_by_role("button", name="增加一行").click()
    expect(page.locator(".fill-row")).to_have_count(2)
    page.get_by_role("button", name="预览").click()
    expect(page.locator(".changed-here")).to_be_visible()
    page.get_by_role("link", name="返回表单").click()
    expect(page.locator("#field-5 textarea")).to_have_value("渡口小学")


def test_the_form_is_used_on_a_phone(service: Service, template: str, phone: Page) -> None:
    page = phone
    page.goto("/search/?q=渡口小学修缮申请书")
    page.get_by_role("link", name=template, exact=True).first.tap()
    page.get_by_role("link", name="使用此范文").tap()
    page.locator("#field-5 textarea").fill("渡口小学")
    expect(page.locator("#preview .changed-here").first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="下一处空白").tap()
    expect(page.locator("#field-6 textarea")).to_be_focused()
