from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import make_category, make_document

Index = Callable[[], None]


def page(client: Client, query: str, **filters: str) -> str:
    response = client.get("/search/", {"q": query, **filters})
    assert response.status_code == 200, response
    return response.content.decode()


def titles(html: str) -> list[str]:
    return sorted(re.sub("<[^>]+>", "", title) for title in re.findall(r"<h2><a [^>]+>(.*?)</a></h2>", html))


@pytest.fixture
def texts(index: Index) -> dict[str, str]:
    """Three documents; their numbers by title."""
    made = [
        make_document(["flood duty roster"], title="Duty roster"),
        make_document(["the duty of every flood drill"], title="Drill of the year"),
        make_document(["flood duty of last year"], title="Summary"),
    ]
    index()
    return {document.title: document.number for document in made}


def test_quotes_ask_for_exactly_this(english: Client, texts: dict[str, str]) -> None:
    for query in ('"flood duty"', "“flood duty”"):
        assert titles(page(english, query)) == ["Duty roster", "Summary"]


def test_a_minus_sign_leaves_out(english: Client, texts: dict[str, str]) -> None:
    assert titles(page(english, "flood -drill")) == ["Duty roster", "Summary"]


@pytest.mark.parametrize("query", ["title:duty", "标题：duty", "标题:duty"])
def test_titles_alone(english: Client, texts: dict[str, str], query: str) -> None:
    assert titles(page(english, query)) == ["Duty roster"]


@pytest.mark.parametrize("prefix", ["in:", "文档：", "文档:"])
def test_in_one_document(english: Client, texts: dict[str, str], prefix: str) -> None:
    assert titles(page(english, f"flood {prefix}{texts['Summary']}")) == ["Summary"]


@pytest.mark.parametrize("written", ["{}", " {} ", "文档编号：{}", "编号:{}", "No. {}", "#{}"])
def test_a_number_leads_straight_to_its_document(client: Client, written: str) -> None:
    document = make_document()
    answer = client.get("/search/", {"q": written.format(document.number)})
    assert (answer.status_code, answer["Location"]) == (302, document.get_absolute_url())


def test_a_number_in_full_width_digits_too(client: Client) -> None:
    document = make_document()
    wide = document.number.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    assert client.get("/search/", {"q": wide})["Location"] == document.get_absolute_url()


def test_the_number_of_a_private_document_leads_nowhere(english: Client, index: Index) -> None:
    document = make_document(visibility="private", title="Secret one")
    index()
    html = page(english, document.number)
    assert "Nothing was found." in html
    assert "Secret one" not in html


def test_a_wrong_word_is_corrected_and_keeps_the_filters(english: Client, index: Index) -> None:
    for _ in range(6):
        make_document(["the lighthouse stands on the harbour mole"], title="Lighthouse")
    index()
    assert 'href="?q=lighthouse&amp;format=pdf"' in page(english, "lighthuose", format="pdf")


def test_where_nothing_is_found_less_is_offered(english: Client, texts: dict[str, str]) -> None:
    make_category("Reports")
    html = page(english, '"zeppelin flood" quagga')
    for offered in ("zeppelin flood quagga", '"zeppelin flood"', "quagga"):
        assert f'<a href="?q={offered.replace(" ", "%20").replace(chr(34), "%22")}">' in html, offered
    assert "Reports" in html


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=400)
    | st.text(
        st.sampled_from('-"“”「」:：()*?~^[]{}\\/+|&! ａ灯塔title标题in文档0123456789\0\r\n\u202e\ufeff'), max_size=60
    )
)
def test_nothing_typed_is_an_error(client: Client, texts: dict[str, str], typed: str) -> None:
    for address in ("/search/", "/search/suggestions/", "/search/feed/"):
        assert client.get(address, {"q": typed}).status_code in {200, 302, 404}, (address, typed)


@pytest.mark.parametrize(
    "typed", ["灯" * 5000, "a " * 3000, '"' * 999, "-" * 500, "title:" * 100, "\x00\x01\x1f", "\u202e灯塔\u2028"]
)
def test_nor_is_what_is_very_long_or_odd(client: Client, texts: dict[str, str], typed: str) -> None:
    assert client.get("/search/", {"q": typed}).status_code in {200, 302}


def test_a_broken_address_is_none_either(client: Client, texts: dict[str, str]) -> None:
    for query in ("q=%ff%fe", "q=%E7%81", "q=a&q=b", "q[]=x", "q=a&category=99999999999999999999", "q=a&p=1e9"):
        assert client.get(f"/search/?{query}").status_code in {200, 302}
