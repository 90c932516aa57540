"""Uploading when things go wrong: a folder of all sorts, a connection that breaks off, a reload, a service that dies."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document as Docx
from playwright.sync_api import Locator, Page, expect

from tests import ole_writer as ole
from tests.browser.conftest import in_service, write_docx
from tests.intake.pdf_writer import pdf, text
from tests.service import Service

pytestmark = pytest.mark.browser

SLOW = 3 * 1024 * 1024
"""Bytes a second of a slow line."""


def large_pdf(path: Path, word: str, *, megabytes: int = 24) -> Path:
    """A PDF of one page that takes a while to send and none to read."""
    junk = random.Random(word).randbytes(megabytes * 512 * 1024).hex().encode()
    path.write_bytes(pdf([text(72, 700, f"The lighthouse of {word}") + b"%" + junk + b"\n"]))
    return path


class Line:
    """The line between browser and service, as narrow as one likes."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Network.enable")

    def be(self, rate: int = SLOW, *, cut: bool = False) -> None:
        self._session.send(
            "Network.emulateNetworkConditions",
            {"offline": cut, "latency": 10, "downloadThroughput": -1, "uploadThroughput": rate},
        )


@pytest.fixture
def line(signed_in: Page) -> Iterator[Line]:
    line = Line(signed_in)
    yield line
    line.be(-1)


def row(page: Page, name: str) -> Locator:
    return page.locator("#uploads .upload-row", has_text=name)


def wait_for_bytes(page: Page, name: str, least: int) -> None:
    """Until more than `least` bytes of the file `name` were sent."""
    page.wait_for_function(
        "([name, least]) => [...document.querySelectorAll('#uploads .upload-row')].some((row) => "
        "row.textContent.includes(name) && (row.querySelector('progress')?.value ?? 0) > least)",
        arg=[name, least],
    )


def stored(service: Service, name: str) -> str:
    """SHA-256 of the original that was uploaded as `name`."""
    return in_service(
        service,
        "from fanwen.library.models import Document; "
        f"print(*Document.objects.filter(original_name={name!r}).values_list('original_id', flat=True))",
    )


def test_a_folder_of_all_sorts_over_a_line_that_breaks(
    signed_in: Page, line: Line, tmp_path: Path, service: Service
) -> None:
    page = signed_in
    folder = tmp_path / "移交材料"
    folder.mkdir()
    good = Docx()
    good.add_paragraph("石堤上的灯每晚七点点亮。")
    good.save(str(folder / "好的.docx"))
    whole = write_docx(tmp_path / "whole.docx", "残缺", pages=2, word="旧闸").read_bytes()
    (folder / "残缺.docx").write_bytes(whole[:9000])
    (folder / "加密.docx").write_bytes(ole.build({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}))
    again = write_docx(tmp_path / "already.docx", "早已在库", pages=1, word="浮桥")
    service.run("add", again)
    (folder / "重复.docx").write_bytes(again.read_bytes())
    large = large_pdf(folder / "大的.pdf", "Folder")
    (folder / ".hidden").write_text("not meant")

    page.goto("/upload/")
    line.be()
    page.set_input_files("#folder", folder)
    wait_for_bytes(page, "大的.pdf", 5_000_000)
    line.be(cut=True)
    expect(row(page, "大的.pdf")).to_contain_text("恢复后会自动继续")
    line.be()

    expect(row(page, "好的.docx").locator(".step-done")).to_have_count(4)
    expect(row(page, "大的.pdf").locator(".step-done")).to_have_count(4)
    expect(row(page, "残缺.docx").get_by_role("alert")).to_contain_text("文件已损坏或不完整")
    expect(row(page, "残缺.docx").get_by_role("button", name="重试")).to_be_visible()
    expect(row(page, "加密.docx").get_by_role("alert")).to_contain_text("文件设有密码")
    expect(page.locator("#uploads .upload-duplicate")).to_contain_text("重复.docx")
    expect(page.locator("#uploads .upload-row")).to_have_count(5)
    expect(page.locator("#summary p")).to_contain_text("已发送 5 个文件，共 5 个，2 个需要处理")
    page.get_by_label("只看需要处理的").check()
    expect(page.locator("#uploads .upload-row:visible")).to_have_count(2)
    assert stored(service, "大的.pdf") == hashlib.sha256(large.read_bytes()).hexdigest()


def test_after_a_reload_it_goes_on_where_it_stopped(
    signed_in: Page, line: Line, tmp_path: Path, service: Service
) -> None:
    page = signed_in
    large = large_pdf(tmp_path / "潮位记录.pdf", "Reload", megabytes=40)
    page.goto("/upload/")
    line.be(6 * 1024 * 1024)
    page.set_input_files("#files", large)
    wait_for_bytes(page, "潮位记录.pdf", 18_000_000)
    page.reload()
    expect(page.locator("#unfinished")).to_contain_text("潮位记录.pdf")
    expect(page.locator("#unfinished progress")).not_to_have_js_property("value", 0)
    begun: list[int] = []
    page.on(
        "request",
        lambda request: begun.append(int(request.headers["upload-offset"])) if request.method == "PATCH" else None,
    )
    page.set_input_files("#files", large)
    expect(row(page, "潮位记录.pdf").locator(".step-done")).to_have_count(4)
    expect(page.locator("#unfinished")).to_be_hidden()
    assert begun[0] >= 16 * 1024 * 1024
    assert stored(service, "潮位记录.pdf") == hashlib.sha256(large.read_bytes()).hexdigest()


def test_when_the_web_process_is_killed_it_goes_on_with_the_next(
    signed_in: Page, line: Line, tmp_path: Path, service: Service
) -> None:
    page = signed_in
    large = large_pdf(tmp_path / "水位台账.pdf", "Kill")
    page.goto("/upload/")
    line.be()
    page.set_input_files("#files", large)
    wait_for_bytes(page, "水位台账.pdf", 6_000_000)
    for pid in web_processes(service):
        os.kill(pid, signal.SIGKILL)
    expect(row(page, "水位台账.pdf").locator(".step-done")).to_have_count(4)
    assert stored(service, "水位台账.pdf") == hashlib.sha256(large.read_bytes()).hexdigest()


def web_processes(service: Service) -> list[int]:
    """The web server that this service started, and its workers."""
    assert service.process is not None
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if b"fanwen.config.web" in (entry / "cmdline").read_bytes():
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    servers = [pid for pid, parent in parents.items() if parent == service.process.pid]
    assert servers
    return [*servers, *(pid for pid, parent in parents.items() if parent in servers)]


def test_a_duplicate_is_known_before_it_is_sent(signed_in: Page, tmp_path: Path, service: Service) -> None:
    page = signed_in
    large = large_pdf(tmp_path / "老账.pdf", "Known", megabytes=4)
    service.run("add", large)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "/upload/tus/" in request.url else None)
    page.goto("/upload/")
    page.set_input_files("#files", large)
    expect(page.locator("#uploads .upload-duplicate")).to_contain_text("老账.pdf")
    assert sent == []


def test_personal_data_is_published_only_when_the_uploader_says_so(
    signed_in: Page, without_script: Page, tmp_path: Path
) -> None:
    page = signed_in
    note = tmp_path / "值班表.txt"
    note.write_text("值班人员与电话如下。\n夜班：138 0013 8000\n" * 5, encoding="utf-8")
    page.goto("/upload/")
    page.set_input_files("#files", note)
    found = row(page, "值班表.txt")
    expect(found).to_contain_text("尚未发布，请核对")
    expect(found).to_contain_text("138******00")
    address = found.locator(".upload-name a").get_attribute("href")
    answer = without_script.goto(address)
    assert answer is not None
    assert answer.status == 404
    found.get_by_role("button", name="仍然发布").click()
    expect(found).not_to_contain_text("尚未发布")
    answer = without_script.goto(address)
    assert answer is not None
    assert answer.status == 200


def test_what_is_proposed_is_set_when_accepted(signed_in: Page, tmp_path: Path, service: Service) -> None:
    page = signed_in
    for place in ("东渡", "西渡", "南渡"):
        path = tmp_path / f"{place}工作总结.txt"
        path.write_text(f"{place}全年工作平稳，各项任务按期完成。\n" * 12, encoding="utf-8")
        service.run("add", path, "--category", "文书/总结")
    page.goto("/upload/")
    mine = tmp_path / "北渡工作总结.txt"
    mine.write_text("北渡全年工作平稳，值守到位，任务按期完成。\n" * 12, encoding="utf-8")
    page.set_input_files("#files", mine)
    found = row(page, "北渡工作总结.txt")
    expect(found.locator(".row-proposal")).to_contain_text("文书 / 总结")
    found.get_by_role("button", name="采纳").click()
    expect(found.locator(".proposed")).to_have_count(0)
    expect(found.locator(".row-proposal")).to_contain_text("总结")
    found.locator(".upload-name a").click()
    expect(page.locator(".breadcrumb, nav").filter(has_text="总结").first).to_be_visible()


def test_hundreds_of_files_keep_the_page_usable(signed_in: Page, tmp_path: Path) -> None:
    """Rows are few, requests are few, and every file arrives."""
    page = signed_in
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(80):
        (folder / f"第{number}号.txt").write_text(f"第{number}号浮标的记录，潮水{number * 7}厘米。", encoding="utf-8")
    page.goto("/upload/")
    asked: list[float] = []
    page.on("request", lambda request: asked.append(time.monotonic()) if "/upload/progress/" in request.url else None)
    page.set_input_files("#folder", folder)
    assert page.locator("#uploads .upload-row").count() <= 44
    expect(page.locator("#summary p")).to_contain_text("已发送 80 个文件，共 80 个")
    pauses = [after - before for before, after in pairwise(asked)]
    assert len(asked) < 3 or min(pauses) > 0.5
