from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document as Docx
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.service import Service

PASSWORD = "nine lamps lit"

PATIENCE = 120_000
"""Milliseconds that anything may take to come about: on a busy machine LibreOffice's start alone takes many."""

LONG = "十二页的海岸报告"
"""Title of the document of twelve pages that is there from the beginning; page N speaks of 灯塔N号."""


@pytest.fixture(autouse=True, scope="session")
def patience() -> None:
    expect.set_options(timeout=PATIENCE)


@pytest.fixture
def context(context: BrowserContext) -> BrowserContext:
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium. As root (in containers) it starts only without its sandbox."""
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": chromium, "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], service: Service) -> dict[str, Any]:
    return {**browser_context_args, "base_url": service.url, "locale": "zh-CN"}


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A real service with one account, ``lin``, and one document of twelve pages."""
    folder = tmp_path_factory.mktemp("browser")
    with Service(folder / "data") as running:
        in_service(
            running,
            f"from django.contrib.auth.models import User; User.objects.create_superuser('lin', password={PASSWORD!r})",
        )
        running.run("add", write_docx(folder / "long.docx", LONG, pages=12), "--category", "报告/海岸")
        yield running


def in_service(service: Service, statement: str) -> str:
    """Run a statement with the service's settings, in a process of its own; what it printed."""
    return subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {statement}"],
        env={**service.environment, "DJANGO_SETTINGS_MODULE": "fanwen.config.settings"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


def until(holds: Callable[[], bool], seconds: float = 120) -> None:
    """Wait until it `holds`."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


def write_docx(path: Path, title: str, *, pages: int, word: str = "灯塔") -> Path:
    """A Word document of `pages` pages; page N says ``<word>N号`` once."""
    document = Docx()
    document.add_heading(title, 0)
    for number in range(1, pages + 1):
        if number > 1:
            document.add_page_break()
        document.add_paragraph(f"这是第{number}页。海岸上的{word}{number}号每天夜里点亮，值守人逐日记录天气与船只。")
        for _ in range(8):
            document.add_paragraph("风从海上来，石阶湿了又干，来往的渔船按时回港，港口的钟在整点敲响。")
    document.save(str(path))
    return path


@pytest.fixture
def signed_in(page: Page) -> Page:
    """A page of someone who has signed in through the form."""
    page.goto("/login/")
    page.fill("#id_username", "lin")
    page.fill("#id_password", PASSWORD)
    page.click("main form button")
    page.wait_for_url("**/")
    return page


@pytest.fixture
def phone(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    context = browser.new_context(
        **{**browser_context_args, "viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
        device_scale_factor=3,
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def without_script(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(**browser_context_args, java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complained of on this page: errors of scripts, refusals of the policy, failed requests."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    return found
