from __future__ import annotations

from typing import Any

from django.test import Client

from fanwen.reading.models import Site
from tests.factories import make_user

FORM = {
    "name": "砚川文库",
    "lines": "砚川县图书馆主办\n<b>电话</b> 12345",
    "filing_number": "某ICP备00000000号",
    "filing_address": "https://example.org/filing",
    "security_number": "",
    "security_address": "",
}


def administrator() -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-CN")
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


def save(**changed: str) -> Any:
    client = administrator()
    address = client.get("/admin/reading/site/", follow=True).redirect_chain[-1][0]
    return client.post(address, {**FORM, **changed})


def test_an_administrator_needs_no_shell_for_name_and_foot(chinese: Client) -> None:
    assert save().status_code == 302
    html = chinese.get("/").content.decode()
    assert "<title>砚川文库" in html
    assert "<p>砚川县图书馆主办</p>" in html
    assert '<a href="https://example.org/filing" rel="noopener" target="_blank">某ICP备00000000号</a>' in html


def test_what_they_write_is_text_not_markup(chinese: Client) -> None:
    save(filing_number="<script>1</script>")
    html = chinese.get("/").content.decode()
    assert "&lt;b&gt;电话&lt;/b&gt;" in html
    assert "<script>1" not in html


def test_an_address_that_is_none_of_the_web_is_refused() -> None:
    for address in ("javascript:alert(1)", "ftp://example.org/"):
        assert save(filing_address=address).status_code == 200
    assert Site.objects.get().filing_address == ""


def test_a_number_without_an_address_is_plain(chinese: Client) -> None:
    done = save(filing_address="", security_number="某公网安备1号", security_address="https://example.org/police")
    assert done.status_code == 302, done.context["errors"]
    html = chinese.get("/login/").content.decode()
    assert "<span>某ICP备00000000号</span>" in html
    assert 'href="https://example.org/police"' in html


def test_without_a_word_from_the_administrator_the_setting_counts(chinese: Client, settings: Any) -> None:
    settings.SITE_NAME = "设置里的名字"
    assert "设置里的名字" in chinese.get("/").content.decode()
    save(name="")
    assert "设置里的名字" in chinese.get("/").content.decode()
    save()
    html = chinese.get("/").content.decode()
    assert "砚川文库" in html
    assert "设置里的名字" not in html


def test_there_is_one_and_it_stays() -> None:
    client = administrator()
    client.get("/admin/reading/site/")
    assert client.get("/admin/reading/site/add/").status_code == 403
    assert client.post("/admin/reading/site/1/delete/", {"post": "yes"}).status_code == 403
