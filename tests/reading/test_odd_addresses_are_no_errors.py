from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_document

HUGE = "9" * 40


@pytest.mark.parametrize(
    "address",
    [
        f"/c/{HUGE}/",
        "/c/0/",
        f"/all/?p={HUGE}",
        "/all/?p=-1",
        "/t/%00/",
        f"/t/{'x' * 3000}/",
        f"/d/{{number}}/pages/?from={HUGE}",
        f"/d/{{number}}/text/?p={HUGE}",
        f"/d/{{number}}/?page={HUGE}&from={HUGE}&upto={HUGE}",
        f"/d/{{number}}/{'a' * 24}/p{HUGE}-400",
        f"/sitemap-{HUGE}.xml",
        f"/search/?q=x&category={HUGE}&year={HUGE}&p={HUGE}",
        "/search/suggestions/?q=%00%FF",
        "/welcome/%00/",
        "/login/?next=%00",
        "/language/en/?next=%0d%0aSet-Cookie:x",
        "/d/１２３４５６７８９/",
    ],
)
def test_it_answers(client: Client, address: str) -> None:
    response = client.get(address.format(number=make_document().number))
    assert response.status_code < 500
    assert "x" not in response.cookies


@pytest.mark.parametrize("address", ["/", "/all/", "/search/?q=x", "/d/{number}/", "/d/{number}/original"])
def test_reading_is_not_done_by_posting(client: Client, address: str) -> None:
    assert client.post(address.format(number=make_document().number)).status_code == 405
