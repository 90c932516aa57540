from __future__ import annotations

import json
import re

from django.test import Client

from fanwen.reading import reads
from tests.factories import make_category, make_document, make_failed, make_pdf, make_user

PAGES = [f"Page number {n} of the long report.\nIt speaks of lighthouse{n}." for n in range(1, 13)]


def body(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def shown(html: str) -> list[int]:
    return [int(number) for number in re.findall(r'<section class="sheet" id="page-(\d+)"', html)]


def test_the_first_five_pages_are_there_and_the_rest_behind_a_real_link(english: Client) -> None:
    document = make_document(PAGES)
    html = body(english, document.get_absolute_url())
    assert shown(html) == [1, 2, 3, 4, 5]
    link = re.search(r'class="button quiet" href="(\?from=1&amp;upto=10)#page-6"', html)
    assert link
    assert shown(body(english, document.get_absolute_url() + link[1].replace("&amp;", "&"))) == list(range(1, 11))


def test_only_the_first_image_is_loaded_at_once(english: Client) -> None:
    images = re.findall(r'<img src="[^"]*/p\d+-800"[^>]*>', body(english, make_document(PAGES).get_absolute_url()))
    assert len(images) == 5
    assert 'fetchpriority="high"' in images[0]
    assert "loading" not in images[0]
    assert all('loading="lazy"' in image for image in images[1:])


def test_every_page_image_has_its_own_true_proportions(english: Client) -> None:
    document = make_document(pdf_bytes=make_pdf(["wide"], page=b"/MediaBox [0 0 960 540]"))
    assert 'width="1200" height="675"' in body(english, document.get_absolute_url())


def test_a_page_far_in_comes_with_its_surroundings(english: Client) -> None:
    document = make_document(PAGES)
    assert shown(body(english, document.get_absolute_url() + "?page=9")) == [8, 9, 10, 11, 12]
    assert shown(body(english, document.get_absolute_url() + "?page=7")) == [1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_addresses_that_make_no_sense_show_the_nearest_page(english: Client) -> None:
    address = make_document(PAGES).get_absolute_url()
    assert shown(body(english, address + "?page=999"))[-1] == 12
    for query in ("?page=0", "?page=-3", "?page=x", "?page=1e9", "?upto=0", "?from=x&upto=%00", "?page=٣"):
        assert shown(body(english, address + query))[0] == 1, query
    assert shown(body(english, address + "?from=99")) == [12]


def test_the_fragment_brings_the_next_pages_and_the_next_link(english: Client) -> None:
    address = make_document(PAGES).get_absolute_url()
    fragment = body(english, address + "pages/?from=6&upto=10")
    assert shown(fragment) == [6, 7, 8, 9, 10]
    assert "<html" not in fragment
    assert "from=11&amp;upto=12" in fragment
    assert "from=" not in body(english, address + "pages/?from=11&upto=12")
    assert english.get(address + "pages/?from=13").status_code == 404


def test_an_answer_never_holds_more_pages_than_the_limit(english: Client) -> None:
    address = make_document([f"page {n}" for n in range(1, 61)]).get_absolute_url()
    assert len(shown(body(english, address + "?upto=60"))) == 40


def test_the_text_lies_over_the_image_line_by_line(english: Client) -> None:
    html = body(english, make_document(["First line <b> & co\nSecond line"]).get_absolute_url())
    lines = re.findall(r"<text [^>]*textLength[^>]*>([^<]*)</text>", html)
    assert lines == ["First line &lt;b&gt; &amp; co", "Second line"]


def test_found_words_are_boxed_on_their_page(english: Client) -> None:
    document = make_document(PAGES)
    html = body(english, f"{document.get_absolute_url()}?page=9&q=lighthouse9")
    page = html[html.index('id="page-9"') : html.index('id="page-10"')]
    assert page.count("<rect ") == 1
    assert "<rect " not in html[html.index('id="page-10"') :]
    x, y = (float(value) for value in re.search(r'<rect data-hit="1" x="([\d.]+)" y="([\d.]+)"', page).groups())  # type: ignore[union-attr]
    assert 72 < x < 300
    assert 60 < y < 110


def test_a_query_of_odd_characters_is_no_error(english: Client) -> None:
    address = make_document(PAGES).get_absolute_url()
    for query in ("(", "*", "%25", '"', "%00", "-", "AND", "a" * 5000):
        assert english.get(f"{address}?q={query}").status_code == 200


def test_the_text_is_in_the_page_without_script(english: Client) -> None:
    html = body(english, make_document(PAGES).get_absolute_url())
    text = html[html.index('class="page-texts"') :]
    assert "It speaks of lighthouse5." in text
    assert "The text of all 12 pages" in text


def test_the_full_text_has_every_page_and_a_plain_form(english: Client) -> None:
    document = make_document(PAGES)
    html = body(english, f"{document.get_absolute_url()}text/")
    assert all(f"lighthouse{n}." in html for n in range(1, 13))
    plain = english.get(f"{document.get_absolute_url()}text.txt")
    assert plain["Content-Type"] == "text/plain; charset=utf-8"
    assert plain.content.decode().count("\f") == 11


def test_the_head_says_what_it_is(english: Client) -> None:
    parent = make_category("Reports")
    child = make_category("Yearly", parent)
    document = make_document(
        PAGES, title="A <title>", category=child, uploader=make_user("lin"), tags=["coast"], description="About lights."
    )
    html = body(english, document.get_absolute_url())
    for part in ("A &lt;title&gt;", document.number, "lin", "Reports", "Yearly", "coast", "About lights."):
        assert part in html
    assert f'<link rel="canonical" href="http://testserver/d/{document.number}/">' in html
    assert f'property="og:url" content="http://testserver/d/{document.number}/"' in html


def test_structured_data_is_json_that_no_title_can_break(english: Client) -> None:
    document = make_document(title='</script><script>alert(1)</script>"')
    html = body(english, document.get_absolute_url())
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert data
    assert json.loads(data[1])["name"] == document.title
    assert "<script>alert" not in html


def test_reads_are_counted(english: Client) -> None:
    document = make_document()
    for _ in range(3):
        english.get(document.get_absolute_url())
    reads.write()
    document.refresh_from_db()
    assert document.reads == 3


def test_an_unknown_number_is_not_found(english: Client) -> None:
    assert english.get("/d/123456789/").status_code == 404
    assert english.get("/d/12345/").status_code == 404


def test_a_failed_document_says_why_and_offers_its_original(english: Client) -> None:
    html = body(english, make_failed("password").get_absolute_url())
    assert "protected by a password" in html
    assert "/original" in html
    assert "Try again" not in html  # a stranger can't


def test_a_recognised_page_says_so(english: Client) -> None:
    document = make_document()
    document.pages.update(recognised=True)
    assert "recognised from the picture" in body(english, document.get_absolute_url())


def test_notes_and_missing_fonts_are_told(english: Client) -> None:
    document = make_document(
        notes=[{"code": "sheet_cut", "params": {"limit": 200}}, {"code": "gone"}], fonts_missing=["Blue Brush"]
    )
    html = body(english, document.get_absolute_url())
    assert "the first 200 pages are shown" in html
    assert "Blue Brush" in html


def test_the_uploader_is_shown_by_the_name_they_gave(english: Client) -> None:
    document = make_document(uploader=make_user("xu", first_name="秋", last_name="许"))
    html = body(english, document.get_absolute_url())
    assert re.search(r"<dd>(?:<a [^>]*>)?许秋<", html)
    assert "More by" not in html
    assert json.loads(re.search(r"ld\+json\">(.*?)</script>", html)[1])["author"]["name"] == "许秋"  # type: ignore[index]


def test_staff_find_the_way_to_correct_a_document(english: Client) -> None:
    document = make_document()
    way = f"{document.get_absolute_url()}edit/"
    assert way not in body(english, document.get_absolute_url())
    english.force_login(make_user(is_staff=True))
    assert way in body(english, document.get_absolute_url())
