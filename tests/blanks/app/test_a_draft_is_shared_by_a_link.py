"""Several people type into one draft: the link to it, what counts when two change a field, and its end."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

from django.test import Client
from django.utils import timezone

from fanwen.blanks.app.models import Draft, DraftShare, Filled
from fanwen.library.models import Document
from tests.factories import make_user


def other() -> Client:
    return Client(headers={"accept-language": "en"})


def save(client: Client, paper: Document, values: dict[str, str], base: dict[str, Any], token: str = "") -> str:
    posted = {**values, "base": json.dumps(base), **({"with": token} if token else {})}
    response = client.post(f"/d/{paper.number}/fill/draft/", posted, headers={"hx-request": "true"})
    assert response.status_code == 200
    return str(response.content.decode())


def shared(client: Client, paper: Document) -> str:
    """A link to the visitor's draft: its token."""
    assert client.post(f"/d/{paper.number}/fill/share/").status_code == 302
    html = client.get(f"/d/{paper.number}/fill/").content.decode()
    found = re.search(rf'value="http://testserver/d/{paper.number}/fill/\?with=([\w-]+)"', html)
    assert found
    return found[1]


def test_who_has_the_link_sees_the_draft_and_types_into_it(english: Client, paper: Document) -> None:
    save(english, paper, {"f-b8": "云溪小学"}, {})
    token = shared(english, paper)
    colleague = other()
    html = colleague.get(f"/d/{paper.number}/fill/?with={token}").content.decode()
    assert "云溪小学" in html
    assert "shared with you" in html
    assert "Make a link" not in html
    assert "云溪小学" not in other().get(f"/d/{paper.number}/fill/").content.decode()
    save(colleague, paper, {"f-b8": "云溪小学", "f-b2": "12"}, {"b8": "云溪小学"}, token)
    assert Draft.objects.get().values == {"b8": "云溪小学", "b2": "12"}
    assert 'value="12"' in english.get(f"/d/{paper.number}/fill/").content.decode()


def test_different_fields_changed_at_once_are_both_kept(english: Client, paper: Document) -> None:
    token = shared(english, paper)
    save(other(), paper, {"f-b2": "12"}, {}, token)
    told = save(english, paper, {"f-b3": "7"}, {})
    assert Draft.objects.get().values == {"b2": "12", "b3": "7"}
    assert "A visitor changed 1 field" in told


def test_of_one_field_the_last_writer_counts_and_is_told(english: Client, paper: Document) -> None:
    token = shared(english, paper)
    make_user("lin")
    colleague = other()
    colleague.login(username="lin", password="correct horse")
    save(colleague, paper, {"f-b8": "渡口小学"}, {}, token)
    told = save(english, paper, {"f-b8": "云溪小学"}, {})
    assert "lin had written “渡口小学”" in told
    assert Draft.objects.get().values == {"b8": "云溪小学"}
    # what was saved is what the form shows from now on: nothing to be told twice
    assert "had written" not in save(english, paper, {"f-b8": "云溪小学校"}, {"b8": "云溪小学"})


def test_a_field_that_is_emptied_is_emptied(english: Client, paper: Document) -> None:
    save(english, paper, {"f-b8": "云溪小学", "f-b2": "3"}, {})
    save(english, paper, {"f-b2": "3"}, {"b8": "云溪小学", "b2": "3"})
    assert Draft.objects.get().values == {"b2": "3"}


def test_a_colleague_makes_a_document_of_their_own(english: Client, paper: Document) -> None:
    save(english, paper, {"f-b8": "云溪小学"}, {})
    token = shared(english, paper)
    colleague = other()
    posted = {"f-b8": "云溪小学", "f-b2": "12", "base": json.dumps({"b8": "云溪小学"}), "with": token}
    response = colleague.post(f"/d/{paper.number}/fill/", posted)
    assert response.status_code == 302
    assert Filled.objects.get().values == {"b8": "云溪小学", "b2": "12"}
    assert colleague.get(response["Location"]).status_code == 200
    assert english.get(response["Location"]).status_code == 404


def test_a_link_ends(english: Client, paper: Document) -> None:
    save(english, paper, {"f-b8": "云溪小学"}, {})
    token, second = shared(english, paper), ""
    colleague = other()
    address = f"/d/{paper.number}/fill/?with={token}"
    # whoever only has the link can neither take it back nor drop the draft
    for what in ("share", "anew"):
        assert colleague.post(f"/d/{paper.number}/fill/{what}/", {"with": token, "token": token}).status_code == 404
    assert colleague.get(address).status_code == 200
    english.post(f"/d/{paper.number}/fill/share/", {"token": token})
    gone = colleague.get(address)
    assert gone.status_code == 410
    assert "no longer valid" in gone.content.decode()
    assert "Not saved" in save(colleague, paper, {"f-b8": "别校"}, {}, token)
    second = shared(english, paper)
    DraftShare.objects.update(expires_at=timezone.now())
    assert colleague.get(f"/d/{paper.number}/fill/?with={second}").status_code == 410
    assert Draft.objects.get().values == {"b8": "云溪小学"}


def test_what_others_fill_in_is_shown_in_fields_one_has_not_touched(english: Client, paper: Document) -> None:
    token = shared(english, paper)
    make_user("lin")
    colleague = other()
    colleague.login(username="lin", password="correct horse")
    save(colleague, paper, {"f-b2": "12", "f-b8": "渡口小学", "f-b4": "5"}, {}, token)
    told = save(english, paper, {"f-b3": "7", "f-b8": "云溪小学", "focus": "b4"}, {})
    # the count is taken over, the name was typed by both, the amount is being typed into
    assert '<div class="fill-field fill-followed"' in told
    assert told.count("fill-followed") == 1
    assert 'value="12"' in told
    assert "lin changed 1 field" in told
    assert "lin had written “渡口小学”" in told
    assert "lin changed it to “5”" in told
    base = re.search(r'id="base" value="([^"]*)"', told)
    assert base
    assert json.loads(unescape(base[1])) == {"b2": "12", "b3": "7", "b8": "云溪小学"}
    assert Draft.objects.get().values == {"b2": "12", "b3": "7", "b4": "5", "b8": "云溪小学"}


def test_the_version_changes_with_the_draft_and_with_nothing_else(english: Client, paper: Document) -> None:
    token = shared(english, paper)
    address = f"/d/{paper.number}/fill/draft/version"
    first = english.get(address).content
    assert other().get(f"{address}?with={token}").content == first
    told = save(english, paper, {"f-b2": "12"}, {})
    second = english.get(address).content
    assert second != first
    assert f'data-version="{second.decode()}"' in told
    # saved again without a change: whoever looks every few seconds is not called
    save(other(), paper, {"f-b2": "12"}, {"b2": "12"}, token)
    assert english.get(address).content == second
    english.post(f"/d/{paper.number}/fill/share/", {"token": token})
    assert other().get(f"{address}?with={token}").status_code == 410


def test_only_a_shared_draft_is_looked_at_again_and_again(english: Client, paper: Document) -> None:
    page = f"/d/{paper.number}/fill/"
    assert "data-follow" not in english.get(page).content.decode()
    token = shared(english, paper)
    assert f'data-follow="{page}draft/version"' in english.get(page).content.decode()
    assert f'data-follow="{page}draft/version?with={token}"' in other().get(f"{page}?with={token}").content.decode()
