"""What goes wrong outside any page of its own is told in the reader's language, with a way back."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client

from fanwen.reading import home

SAID = {
    PermissionDenied: (403, "You may not do this", "您无权这样做"),
    SuspiciousOperation: (400, "The request could not be read", "无法读取这次请求"),
    RuntimeError: (500, "An unexpected error occurred", "发生了意外错误"),
}


@pytest.mark.parametrize("error", SAID)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_an_error_is_told(error: type[Exception], language: str, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(home.catalogue, "category_tree", fail)
    client = Client(raise_request_exception=False, headers={"accept-language": language})
    response = client.get("/")
    status, english, chinese = SAID[error]
    html = response.content.decode()
    assert response.status_code == status
    assert (english if language == "en" else chinese) in html
    assert f'<html lang="{"en" if language == "en" else "zh-hans"}"'.lower() in html.lower()
    assert 'href="/"' in html
