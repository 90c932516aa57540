from __future__ import annotations

import re
from collections.abc import Callable

from django.test import Client

from fanwen.search.app import asked
from fanwen.search.app.models import SearchedFor
from tests.factories import make_category, make_document, make_user

Index = Callable[[], None]


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response
    return response.content.decode()


def test_a_word_leads_to_its_page_with_the_word_marked(english: Client, index: Index) -> None:
    document = make_document(["nothing here", "the lighthouse stands"], title="Coast report")
    make_document(["something else"], title="Other")
    index()
    html = page(english, "/search/?q=lighthouse")
    assert f'href="/d/{document.number}/?page=2&amp;q=lighthouse#page-2"' in html
    assert "<mark>lighthouse</mark>" in html
    assert "Other" not in html
    assert "1 page matches" in html


def test_a_documents_number_leads_to_the_document(client: Client) -> None:
    document = make_document()
    assert client.get(f"/search/?q= {document.number} ")["Location"] == f"/d/{document.number}/"


def test_an_unknown_number_is_searched_for(english: Client, index: Index) -> None:
    make_document()
    index()
    assert "Nothing was found." in page(english, "/search/?q=999999999")


def test_nothing_a_person_types_is_an_error(english: Client, index: Index) -> None:
    make_document(["some words"])
    index()
    for query in ('"', "(", "-", "a:b", "AND OR", "a%00b", "*", "\\", "“", "category:1", "😀", "%FF", "x" * 3000):
        page(english, f"/search/?q={query}")
    for other in ("category=x", "year=99999999999", "length=many", "p=-1", "p=100000", "sort=odd", "format=%00"):
        page(english, f"/search/?q=words&{other}")


def test_nothing_typed_shows_all_documents(client: Client) -> None:
    assert client.get("/search/?q=%20")["Location"] == "/all/"


def test_without_an_index_the_page_still_answers(english: Client) -> None:
    assert "Nothing was found." in page(english, "/search/?q=words")


def test_an_empty_result_says_what_to_try(english: Client, index: Index) -> None:
    make_document(["some words"])
    index()
    html = page(english, "/search/?q=zeppelin&format=docx")
    assert "Search without the filters" in html
    assert "Try fewer or shorter words" in html


def test_facets_narrow_and_can_be_lifted(english: Client, index: Index) -> None:
    reports = make_category("Reports")
    make_document(["the lighthouse"], title="In reports", category=reports, uploader=make_user("lin"))
    make_document(["the lighthouse"], title="Elsewhere", family="word", format="docx")
    index()
    html = page(english, "/search/?q=lighthouse")
    assert f'href="?q=lighthouse&amp;category={reports.pk}"' in html
    narrowed = page(english, f"/search/?q=lighthouse&category={reports.pk}")
    assert "In reports" in narrowed
    assert "Elsewhere" not in narrowed
    assert 'href="?q=lighthouse" aria-current="true"' in narrowed


def test_a_filter_that_leaves_nothing_is_named_and_can_be_lifted(english: Client, index: Index) -> None:
    reports = make_category("Reports")
    make_document(["the lighthouse"])
    index()
    html = page(english, f"/search/?q=lighthouse&category={reports.pk}")
    assert re.search(r'href="\?q=lighthouse" aria-current="true"><span>Reports</span>', html)


def test_uploaders_are_shown_by_name(english: Client, index: Index) -> None:
    make_document(["the lighthouse"], uploader=make_user("xu", first_name="秋", last_name="许"))
    index()
    assert "<span>许秋</span>" in page(english, "/search/?q=lighthouse")


def test_long_results_are_paged(english: Client, index: Index) -> None:
    for number in range(12):
        make_document(["the lighthouse"], title=f"Report {number}")
    index()
    assert page(english, "/search/?q=lighthouse").count('class="row"') == 10
    assert 'href="?q=lighthouse&amp;p=2"' in page(english, "/search/?q=lighthouse")
    assert page(english, "/search/?q=lighthouse&p=2").count('class="row"') == 2


def test_markup_in_a_document_stays_text(english: Client, index: Index) -> None:
    make_document(["lighthouse <img src=x onerror=alert(1)> here"], title="<b>lighthouse</b>")
    index()
    html = page(english, "/search/?q=lighthouse")
    assert "<img src=x" not in html
    assert "<b>" not in html


def test_what_is_found_is_remembered_for_suggestions(english: Client, index: Index) -> None:
    make_document(["the lighthouse"])
    index()
    page(english, "/search/?q=lighthouse")
    page(english, "/search/?q=zeppelin")
    asked.write()
    assert list(SearchedFor.objects.values_list("query", flat=True)) == ["lighthouse"]


def test_suggestions_lead_to_titles(english: Client, index: Index) -> None:
    document = make_document(title="砚川县教育局简报")
    index()
    for typed in ("砚川", "jyjjb"):
        html = page(english, f"/search/suggestions/?q={typed}")
        assert f'data-href="/d/{document.number}/"' in html
    assert page(english, "/search/suggestions/?q=").strip() == ""
