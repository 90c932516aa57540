"""Pictures of the five main pages at three widths, for the documentation and to look at.

`python -m bench.screenshots --url http://localhost:8000` with FANWEN_DATA naming the data folder of that service (the
upload page needs someone signed in: a session of the first staff account is made for it, and removed again).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import click
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

WIDTHS = {390: 844, 820: 1180, 1440: 900}
"""Widths of the window in CSS pixels, with its height."""

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


@click.command()
@click.option("--url", default="http://localhost:8000", show_default=True, help="The running service.")
@click.option("-o", "output", type=click.Path(path_type=Path), default=Path("docs/pictures"), show_default=True)
@click.option("--query", default="全民阅读", show_default=True, help="What the results page searches for.")
@click.option("--language", default="zh-CN", show_default=True)
@click.option("--dark", is_flag=True)
@click.option("--only", multiple=True, help="Names of pages to take.")
def main(url: str, output: Path, query: str, language: str, dark: bool, only: tuple[str, ...]) -> None:
    """Take the pictures as WebP files in the output folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanwen.config.settings")
    import django

    django.setup()
    output.mkdir(parents=True, exist_ok=True)
    pages = addresses(query)
    with _session() as cookie, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for width, height in WIDTHS.items():
            for name, path in pages.items():
                if only and name not in only:
                    continue
                image = picture(browser, url + path, width, height, language, dark, {**cookie, "url": url})
                target = output / f"{name}-{width}{'-dark' if dark else ''}{'' if language == 'zh-CN' else '-en'}.webp"
                image.save(target, quality=80, method=6)
                click.echo(f"{target} {target.stat().st_size // 1024} KB")
        browser.close()


def addresses(query: str) -> dict[str, str]:
    """The five pages; the document is the one that reads best: an office document of some pages."""
    from urllib.parse import quote

    from fanwen.library.models import Category, Document
    from fanwen.search.app import service

    ready = Document.objects.filter(status="ready")
    found = service.find(query, limit=1).documents
    document = ready.filter(number=found[0].number).first() if found else ready.order_by("-page_count").first()
    category = Category.objects.filter(parent=None).first()
    if document is None or category is None:
        raise click.ClickException("the library is empty")
    page = next((hit.page for hit in found[0].pages if hit.page), 1) if found else 1
    return {
        "home": "/",
        "results": f"/search/?q={quote(query)}",
        "document": f"{document.get_absolute_url()}?{f'page={page}&' if page > 1 else ''}q={quote(query)}",
        "category": f"/c/{category.pk}/",
        "upload": "/upload/",
    }


@contextmanager
def _session() -> Iterator[dict[str, Any]]:
    """The cookie of a session of the first staff account."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore

    staff = User.objects.filter(is_staff=True).first()
    if staff is None:
        raise click.ClickException("there is no staff account yet")
    store = SessionStore()
    store[SESSION_KEY] = str(staff.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = staff.get_session_auth_hash()
    store.create()
    key = store.session_key
    try:
        yield {"name": "sessionid", "value": key}
    finally:
        # Playwright's event loop is gone by now, so the database may be used again.
        store.delete()


def picture(
    browser: Browser, url: str, width: int, height: int, language: str, dark: bool, cookie: dict[str, Any]
) -> Image.Image:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale=language,
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    if "/upload/" in url:
        context.add_cookies([cookie])  # type: ignore[list-item]
    page = context.new_page()
    page.goto(url, wait_until="networkidle")
    image = Image.open(BytesIO(page.screenshot())).convert("RGB")
    context.close()
    return image


if __name__ == "__main__":
    main()
