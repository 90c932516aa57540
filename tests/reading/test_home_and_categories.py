from __future__ import annotations

import re

from django.test import Client

from fanwen.blanks.app.models import Template
from tests.factories import make_category, make_document, make_failed, make_user


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_library_invites_to_upload(english: Client) -> None:
    assert "Upload the first document" in page(english, "/")


def test_home_shows_the_tree_and_the_newest(english: Client) -> None:
    child = make_category("Yearly", make_category("Reports"))
    document = make_document(title="The newest one", category=child)
    html = page(english, "/")
    for part in ("Reports", "Yearly", "The newest one", f"/d/{document.number}/", "PDF"):
        assert part in html


def test_home_shows_only_what_can_be_read(english: Client) -> None:
    make_failed(title="Broken one")
    assert "Broken one" not in page(english, "/")
    assert "Broken one" in page(english, "/all/")


def test_a_category_shows_its_children_their_documents_and_the_way_back(english: Client) -> None:
    root = make_category("Reports")
    child = make_category("Yearly", root)
    document = make_document(title="In the child", category=child)
    html = page(english, f"/c/{root.pk}/")
    assert f"/c/{child.pk}/" in html
    assert f"/d/{document.number}/" in html
    below = page(english, f"/c/{child.pk}/")
    assert f'<a href="/c/{root.pk}/">Reports</a>' in below


def test_long_lists_are_paged(english: Client) -> None:
    category = make_category("Many")
    for _ in range(21):
        make_document(category=category, status="failed", family="word")
    assert page(english, f"/c/{category.pk}/").count('class="row"') == 20
    assert page(english, f"/c/{category.pk}/?p=2").count('class="row"') == 1
    assert page(english, f"/c/{category.pk}/?p=zzz").count('class="row"') == 20


def test_a_tag_lists_its_documents(english: Client) -> None:
    make_document(title="Tagged", tags=["校园/安全"])
    make_document(title="Not this one")
    html = page(english, "/t/校园/安全/")
    assert "Tagged" in html
    assert "Not this one" not in html


def test_what_is_not_there_is_not_found(english: Client) -> None:
    for address in ("/c/999/", "/t/none/", "/nothing/"):
        response = english.get(address)
        assert response.status_code == 404
        assert "There is no such page" in response.content.decode()


def order(html: str) -> list[str]:
    return re.findall(r'<h2><a href="/d/\d+/">(.*?)</a></h2>', html)


def test_lists_are_sorted_as_asked(english: Client) -> None:
    for title, reads in (("中学总结", 5), ("安全总结", 9), ("Budget", 7), ("保险合同", 1)):
        make_document(title=title, reads=reads)
    assert order(page(english, "/all/"))[0] == "保险合同"
    assert order(page(english, "/all/?sort=reads")) == ["安全总结", "Budget", "中学总结", "保险合同"]
    # By pinyin: an, bao, budget, zhong.
    assert order(page(english, "/all/?sort=title")) == ["安全总结", "保险合同", "Budget", "中学总结"]
    assert order(page(english, "/all/?sort=odd"))[0] == "保险合同"


def test_pages_of_a_list_keep_its_order(english: Client) -> None:
    for _ in range(21):
        make_document(status="failed", family="word")
    assert 'href="?sort=title&amp;p=2"' in page(english, "/all/?sort=title")


def test_an_uploaders_page_shows_what_is_public_under_their_name(english: Client) -> None:
    user = make_user("xu", first_name="秋", last_name="许")
    document = make_document(title="Public one", uploader=user)
    make_document(title="Secret one", uploader=user, visibility="private")
    make_document(title="Of another")
    for choice in ("masked", "anonymous"):
        make_document(title=f"{choice} one", uploader=user, shown_as=choice)
    html = page(english, f"/u/{user.pk}/")
    assert "Documents of 许秋" in html
    assert order(html) == ["Public one"]
    assert f'<a href="/u/{user.pk}/">许秋</a>' in page(english, document.get_absolute_url())


def test_whoever_has_uploaded_nothing_public_has_no_page(english: Client) -> None:
    user = make_user()
    make_document(title="Secret one", uploader=user, visibility="private")
    assert english.get(f"/u/{user.pk}/").status_code == 404
    assert english.get(f"/feed/u/{user.pk}/").status_code == 404


def test_all_tags_are_listed_with_how_many_documents_have_them(english: Client) -> None:
    make_document(tags=["coast", "light"])
    make_document(tags=["light"])
    make_document(tags=["secret"], visibility="private")
    html = page(english, "/tags/")
    assert re.findall(r'<a rel="tag" href="/t/(\w+)/">\w+<span class="count">(\d)</span>', html) == [
        ("light", "2"),
        ("coast", "1"),
    ]


def test_the_whole_tree_has_a_page(english: Client) -> None:
    leaf = make_category("Leaf", make_category("Branch", make_category("Root")))
    make_document(category=leaf)
    html = page(english, "/categories/")
    assert html.index("Root") < html.index("Branch") < html.index("Leaf")
    assert f'<a href="/c/{leaf.pk}/">Leaf<span class="count">1</span></a>' in html


def test_templates_have_a_list_of_their_own(english: Client) -> None:
    form = make_document(title="A form")
    Template.objects.create(document=form, engine=1, fillable=True, slots=2)
    Template.objects.create(document=make_document(title="No form"), engine=1, fillable=True, slots=0)
    assert order(page(english, "/templates/")) == ["A form"]
    assert "Templates to fill in" in page(english, "/")
