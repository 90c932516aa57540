from __future__ import annotations

import datetime
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from fanwen.library.models import Document
from fanwen.reading import kept
from fanwen.search.tantivy import part
from tests.factories import make_category, make_document, make_user

Index = Callable[[], None]


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response
    return response.content.decode()


def titles(html: str) -> list[str]:
    return [re.sub("<[^>]+>", "", title) for title in re.findall(r"<h2><a [^>]+>(.*?)</a></h2>", html)]


def facet(html: str, name: str) -> list[str]:
    """The labels of the open choices under `name`, in their order; those below another are indented by two spaces."""
    part = re.search(rf"<h2>{name}</h2><ul>(.*?)</ul>", html, re.DOTALL)
    assert part, name
    found = re.findall(r'<li( class="facet-below")?><a[^>]+><span>(.*?)</span>', part[1])
    return [("  " if below else "") + label for below, label in found]


def test_categories_stand_under_their_parents(english: Client, index: Index) -> None:
    reports, letters = make_category("Reports"), make_category("Letters")
    for count, category in (
        (3, make_category("Yearly", reports)),
        (2, letters),
        (1, make_category("Monthly", reports)),
    ):
        for _ in range(count):
            make_document(["the lighthouse"], category=category)
    index()
    html = page(english, "/search/?q=lighthouse")
    assert facet(html, "Category") == ["Reports", "  Yearly", "  Monthly", "Letters"]


def test_of_many_categories_only_the_chosen_branch_is_open(english: Client, index: Index) -> None:
    roots = [make_category(f"Root {at}") for at in range(7)]
    leaves = [make_category(f"Leaf {at}", root) for at, root in enumerate(roots)]
    for leaf in leaves:
        make_document(["the lighthouse"], category=leaf)
    index()
    assert not any("Leaf" in label for label in facet(page(english, "/search/?q=lighthouse"), "Category"))
    chosen = page(english, f"/search/?q=lighthouse&category={roots[2].pk}")
    assert facet(chosen, "Category") == ["Root 2", "  Leaf 2"]


def test_templates_alone_can_be_asked_for(english: Client, index: Index) -> None:
    from fanwen.blanks.app.models import Template

    form = make_document(["the lighthouse"], title="A form")
    Template.objects.create(document=form, engine=1, fillable=True, slots=3)
    make_document(["the lighthouse"], title="No form")
    index()
    assert facet(page(english, "/search/?q=lighthouse"), "Templates") == ["Templates only"]
    assert titles(page(english, "/search/?q=lighthouse&template=1")) == ["A form"]


def test_filters_in_use_stand_above_the_results_and_are_lifted_one_by_one(english: Client, index: Index) -> None:
    reports = make_category("Reports")
    user = make_user("xu", first_name="Qiu")
    make_document(["the lighthouse"], category=reports, uploader=user)
    index()
    html = page(english, f"/search/?q=lighthouse&category={reports.pk}&format=pdf&uploader={user.pk}&sort=newest")
    chips = re.search(r'<ul class="chips chosen".*?</ul>', html, re.DOTALL)
    assert chips
    lifted = dict(re.findall(r'href="([^"]+)"[^>]*><span class="chosen-name">(\w+)</span>', chips[0]))
    assert lifted == {
        f"?q=lighthouse&amp;format=pdf&amp;uploader={user.pk}&amp;sort=newest": "Category",
        f"?q=lighthouse&amp;category={reports.pk}&amp;uploader={user.pk}&amp;sort=newest": "Format",
        f"?q=lighthouse&amp;category={reports.pk}&amp;format=pdf&amp;sort=newest": "Uploader",
    }
    assert 'href="?q=lighthouse">Lift all</a>' in chips[0]


def test_what_narrows_nothing_is_not_shown_as_a_filter(english: Client, index: Index) -> None:
    make_document(["the lighthouse"])
    index()
    assert "chosen-name" not in page(english, "/search/?q=lighthouse&length=many&year=soon&category=x&template=2")


def test_long_lists_of_choices_are_folded(english: Client, index: Index) -> None:
    for at in range(11):
        make_document(["the lighthouse"], uploader=make_user(f"person{at}"))
    index()
    html = page(english, "/search/?q=lighthouse")
    assert len(facet(html, "Uploader")) == 8
    assert "facet-more" in html


@pytest.mark.parametrize(("sort", "first"), [("newest", "New"), ("reads", "Read")])
def test_results_are_sorted_as_asked(english: Client, index: Index, sort: str, first: str) -> None:
    make_document(["lighthouse lighthouse lighthouse"], title="Lighthouse")
    make_document(["the lighthouse"], title="Read", reads=90)
    make_document(["a lighthouse among many other words on a page"], title="New")
    Document.objects.exclude(title="New").update(uploaded_at=timezone.now() - datetime.timedelta(days=3))
    index()
    assert titles(page(english, "/search/?q=lighthouse"))[0] == "Lighthouse"
    assert titles(page(english, f"/search/?q=lighthouse&sort={sort}"))[0] == first


def test_pages_of_results_keep_filters_and_order(english: Client, index: Index) -> None:
    for at in range(12):
        make_document(["the lighthouse"], title=f"Report {at}")
    index()
    html = page(english, "/search/?q=lighthouse&format=pdf&sort=newest")
    assert 'href="?q=lighthouse&amp;format=pdf&amp;sort=newest&amp;p=2"' in html
    assert "no more results" in page(english, "/search/?q=lighthouse&p=9")


def test_the_name_someone_signs_in_with_is_in_no_page(english: Client, index: Index) -> None:
    user = make_user("signs_in_as", first_name="Qiu")
    document = make_document(["the lighthouse"], title="Hers", uploader=user)
    make_document(["the lighthouse"], title="Of another", uploader=make_user())
    index()
    for address in ("/search/?q=lighthouse", document.get_absolute_url(), f"/u/{user.pk}/", "/feed/"):
        assert "signs_in_as" not in page(english, address), address
    assert titles(page(english, f"/search/?q=lighthouse&uploader={user.pk}")) == ["Hers"]
    assert len(titles(page(english, "/search/?q=lighthouse&uploader=signs_in_as"))) == 2


def test_reckoned_numbers_are_said_to_be(english: Client, index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in range(20):
        make_document(["the old lighthouse", "more"], number=str(100_000_000 + place))
    index()
    exact = page(english, '/search/?q="old+lighthouse"')
    assert "20 pages match" in exact
    assert "approximate" not in exact
    monkeypatch.setattr(part, "MOST", 3)
    kept.forget()
    about = page(english, '/search/?q="old+lighthouse"')
    assert "About 24 pages match" in about, "every eighth document was looked at, three of twenty"
    assert "These numbers are approximate." in about
