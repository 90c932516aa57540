"""/d/<number>/template/: an editor corrects what was found, and confirms the template."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from fanwen.blanks.app import correcting
from fanwen.blanks.app.detection import find_blanks
from fanwen.blanks.app.models import Template
from fanwen.library.models import Document
from tests.blanks.app.conftest import LINES, no_office, write_docx


@pytest.fixture
def editor(english: Client, paper: Document) -> Client:
    user = get_user_model().objects.create_user("editor", password="x", is_staff=True)
    english.force_login(user)
    return english


def do(client: Client, paper: Document, what: str, **about: Any) -> Any:
    return client.post(f"/d/{paper.number}/template/", {"do": what, **about})


def described(client: Client, paper: Document, field: str, **about: str) -> Any:
    said = {"name": "名称", "role": "slot", "required": "1", "help": "", **about}
    return do(client, paper, "describe", field=field, **said)


def template(paper: Document) -> Template:
    return Template.objects.get(document=paper)


def names(paper: Document) -> list[str]:
    return [entry["name"] for entry in template(paper).blanks]


def test_only_the_uploader_and_staff_see_it(english: Client, paper: Document) -> None:
    address = f"/d/{paper.number}/template/"
    assert english.get(address).status_code == 302
    english.force_login(get_user_model().objects.create_user("reader", password="x"))
    assert english.get(address).status_code == 404
    assert do(english, paper, "drop", field="b1").status_code == 404
    assert "Correct the template" not in english.get(f"/d/{paper.number}/").content.decode()


def test_the_page_lists_the_fields_beside_the_pages(editor: Client, paper: Document) -> None:
    assert "Correct the template" in editor.get(f"/d/{paper.number}/").content.decode()
    page = editor.get(f"/d/{paper.number}/template/", {"field": "b2"}).content.decode()
    assert page.count('class="fill-number"') == 7
    assert 'data-blank="b2"' in page
    assert re.search(r'name="unit" value="所"', page)
    assert page.count('name="into"') == 1


def test_what_is_said_of_a_field_is_what_the_form_asks(editor: Client, paper: Document) -> None:
    answer = described(editor, paper, "b2", name="学校总数", type="number", unit="座", help="按年报填写", choices="")
    assert answer["Location"].endswith("?field=b2#at")
    form = editor.get(f"/d/{paper.number}/fill/").content.decode()
    assert "学校总数" in form
    assert "按年报填写" in form
    assert template(paper).details == {"b2": {"help": "按年报填写"}}
    listed = editor.get(f"/d/{paper.number}/template/").content.decode()
    assert "corrected" in listed
    do(editor, paper, "undo", field="b2")
    assert "学校总数" not in " ".join(names(paper))


def test_choices_become_a_list_in_the_form(editor: Client, paper: Document) -> None:
    assert (
        "Please write down the choices" in described(editor, paper, "b8", type="choice", choices=" ").content.decode()
    )
    described(editor, paper, "b8", name="校名", type="choice", choices="云溪小学\n青禾小学\n")
    assert "<option>青禾小学</option>" in editor.get(f"/d/{paper.number}/fill/").content.decode()


def test_optional_fields_carry_no_star(editor: Client, paper: Document) -> None:
    before = editor.get(f"/d/{paper.number}/fill/").content.decode().count("fill-needed")
    editor.post(f"/d/{paper.number}/template/", {"do": "describe", "field": "b8", "name": "学校名称", "role": "slot"})
    assert editor.get(f"/d/{paper.number}/fill/").content.decode().count("fill-needed") == before - 1


def test_what_is_no_blank_goes_and_comes_back(editor: Client, paper: Document) -> None:
    do(editor, paper, "drop", field="b8")
    assert template(paper).slots == 6
    page = editor.get(f"/d/{paper.number}/template/").content.decode()
    assert "Marked as no blanks" in page
    was = re.search(r'name="was" value="([^"]*)"', page)
    assert was
    do(editor, paper, "restore", at=0, was="another list by now")
    assert template(paper).slots == 6
    do(editor, paper, "restore", at=0, was=was.group(1))
    assert template(paper).slots == 7


def test_a_missed_blank_is_found_by_its_words(editor: Client, paper: Document) -> None:
    page = editor.get(f"/d/{paper.number}/template/", {"find": "校舍修缮"}).content.decode()
    passage = re.search(r'name="passage" value="([^"]+)"><input type="hidden" name="end" value="(\d+)"', page)
    assert passage
    start = LINES[0].index("校舍修缮")
    answer = do(editor, paper, "add", passage=passage.group(1), start=start, end=passage.group(2))
    assert answer["Location"].endswith("?field=a1#at")
    assert [entry["text"] for entry in template(paper).blanks if entry["id"] == "a1"] == ["校舍修缮"]
    assert "these words are not" not in page.lower()
    assert "These words are not" in editor.get(f"/d/{paper.number}/template/", {"find": "没有"}).content.decode()


def test_fields_are_put_together_and_taken_apart(editor: Client, paper: Document) -> None:
    do(editor, paper, "split", field="g1")
    assert template(paper).slots == 9
    do(editor, paper, "join", field="b6", into="b5")
    assert template(paper).slots == 8
    do(editor, paper, "merge", field="b3", into="b2")
    assert template(paper).slots == 7
    refused = do(editor, paper, "join", field="b8", into="b4")
    assert refused.status_code == 422
    assert do(editor, paper, "merge", field="b8").status_code == 422


def test_a_passage_is_marked_as_optional(editor: Client, paper: Document) -> None:
    page = editor.get(f"/d/{paper.number}/template/", {"passage": "new"}).content.decode()
    ids = re.findall(r'<option value="([^"]+)">', page.split('name="first"')[1])
    answer = do(editor, paper, "passage", name="验收", first=ids[3], last=ids[2])
    assert "stands before the first" in answer.content.decode()
    do(editor, paper, "passage", name="验收", first=ids[2], last=ids[3])
    assert [(one["name"], len(one["paragraphs"]), one["default_on"]) for one in template(paper).passages] == [
        ("验收", 2, False)
    ]
    do(editor, paper, "drop_passage", passage="p1")
    assert template(paper).passages == []


def test_corrections_outlive_another_detection_and_a_new_file(editor: Client, paper: Document, settings: Any) -> None:
    described(editor, paper, "b8", name="校名", choices="")
    described(editor, paper, "b2", name="总数", unit="所", choices="")
    find_blanks(paper, no_office)
    assert "校名" in names(paper)
    path = settings.FOLDERS.original(paper.original_id)
    path.chmod(0o644)
    path.write_bytes(write_docx((*LINES[2:], "新的一行：____")))
    find_blanks(paper, no_office)
    assert "校名" in names(paper)
    assert template(paper).lost == 1
    page = editor.get(f"/d/{paper.number}/template/").content.decode()
    assert "No longer found in this version" in page


def test_a_confirmed_template_says_so(editor: Client, paper: Document) -> None:
    do(editor, paper, "confirm")
    assert template(paper).confirmed
    assert "by editor" in editor.get(f"/d/{paper.number}/template/").content.decode()
    find_blanks(paper, no_office)
    assert template(paper).confirmed
    do(editor, paper, "withdraw")
    assert not template(paper).confirmed


def test_a_page_left_open_meanwhile_does_no_harm(editor: Client, paper: Document) -> None:
    for what in ("drop", "split", "describe", "undo"):
        assert do(editor, paper, what, field="b99").status_code == 302
    assert do(editor, paper, "add", passage="nowhere", start=1, end=2).status_code == 302
    assert do(editor, paper, "no such thing").status_code == 404


def test_checks_are_kept_when_they_can_be_understood(editor: Client, paper: Document) -> None:
    page = editor.get(f"/d/{paper.number}/template/").content.decode()
    assert "<code>竣工 &lt;= 全市共有学校</code>" in page
    refused = do(editor, paper, "rules", rules="竣工 <= 没有的\n竣工 <")
    assert refused.status_code == 422
    assert "There is no field called 没有的." in refused.content.decode()
    assert "竣工 &lt; is" not in refused.content.decode()
    do(editor, paper, "take_rule", rule="竣工 <= 全市共有学校")
    do(editor, paper, "rules", rules="竣工 <= 全市共有学校\n\n 总投入 > 0 ")
    assert correcting.rules_of(template(paper)) == ["竣工 <= 全市共有学校", "总投入 > 0"]
    described(editor, paper, "b3", name="完工", unit="所", choices="")
    page = editor.get(f"/d/{paper.number}/template/").content.decode()
    assert "There is no field called 竣工." in page


def test_values_that_break_a_check_are_asked_about(editor: Client, paper: Document) -> None:
    do(editor, paper, "rules", rules="竣工 <= 全市共有学校")
    typed = {"f-b2": "300", "f-b3": "400"}
    refused = editor.post(f"/d/{paper.number}/fill/", typed)
    assert refused.status_code == 422
    assert "竣工 (400所) should not be more than 全市共有学校 (300所)." in refused.content.decode()
    assert 'name="anyway"' in refused.content.decode()
    assert editor.post(f"/d/{paper.number}/fill/", {**typed, "anyway": "1"}).status_code == 302
    assert editor.post(f"/d/{paper.number}/fill/", {**typed, "f-b3": "200"}).status_code == 302


def test_a_confirmed_template_is_listed_as_such(editor: Client, paper: Document) -> None:
    paper.status = Document.Status.READY
    paper.save()
    assert "Model text" not in editor.get("/all/").content.decode()
    do(editor, paper, "confirm")
    assert "Model text" in editor.get("/all/").content.decode()
    assert "Model text" in editor.get(f"/d/{paper.number}/").content.decode()


def test_a_new_version_stays_confirmed_while_all_corrections_fit(
    editor: Client, paper: Document, make_paper: Any
) -> None:
    described(editor, paper, "b8", name="校名", choices="")
    do(editor, paper, "confirm")
    for lines, confirmed in (((*LINES, "又一行：____"), True), (LINES[:2], False)):
        earlier = make_paper((*lines, f"第{len(lines)}稿"))
        Template.objects.filter(document=paper).update(document=earlier)
        Document.objects.filter(pk=earlier.pk).update(version_of=paper, version=paper.version)
        paper.version += 1
        paper.original = make_paper((*lines, f"第{len(lines)}次")).original
        Document.objects.filter(original=paper.original).update(original=earlier.original)
        paper.save()
        find_blanks(paper, no_office)
        assert template(paper).confirmed is confirmed
