"""A list with one blank item takes many, whether Word draws its numbers and bullets or somebody typed them."""

from __future__ import annotations

from pathlib import Path

import pytest

from fanwen.blanks import Template, diff, read_story
from tests.blanks.word_files import document_xml, paragraph, run, write_word

NUMBERED = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr>'
BY_STYLE = '<w:pPr><w:pStyle w:val="ListBullet"/></w:pPr>'
STYLES = (
    '<w:style w:type="paragraph" w:styleId="List"><w:name w:val="List"/><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr>'
    '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/>'
    '<w:basedOn w:val="List"/></w:style>'
)
LEAD = paragraph(run("主要措施："))
END = paragraph(run("特此通知"))
SAID = ["加强巡查", "A&B <1>", "按月通报"]


def filled(tmp_path: Path, body: str, **parts: str) -> tuple[Path, Path, Template]:
    path, out = write_word(tmp_path / "t.docx", body, **parts), tmp_path / "f.docx"
    template = Template(path)
    (repeat,) = template.repeats
    assert (repeat.kind, repeat.grows, repeat.name) == ("item", True, "主要措施")
    template.fill({repeat.id: [{repeat.parts[0].blanks[0]: one} for one in SAID]}, out)
    return path, out, template


def texts(path: Path) -> list[str]:
    return [passage.text for passage in read_story(path).passages]


@pytest.mark.parametrize(("item", "styles"), [(NUMBERED, ""), (BY_STYLE, STYLES)])
@pytest.mark.parametrize(("blank", "shown"), [("", "{}"), (run("____"), "{}"), (run("______；"), "{}；")])
def test_an_item_that_word_numbers_is_filled_many_times(
    tmp_path: Path, item: str, styles: str, blank: str, shown: str
) -> None:
    path, out, template = filled(tmp_path, LEAD + paragraph(item, blank) + END, styles=styles)
    assert len(template.blanks) == 1
    assert texts(out) == ["主要措施：", *(shown.format(one) for one in SAID), "特此通知"]
    # every copy is numbered by Word as the first is
    assert document_xml(out).count(item) == len(SAID)
    proof = diff(path, out)
    assert proof.other_changes == []
    assert proof.shape.rows == {"r1": len(SAID) - 1}


@pytest.mark.parametrize("bullet", ["· ", "●", "— ", "■ "])
def test_typed_bullets_repeat(tmp_path: Path, bullet: str) -> None:
    path, out, _ = filled(tmp_path, LEAD + paragraph(run(f"{bullet}______")) + END)
    assert texts(out) == ["主要措施：", *(bullet + one for one in SAID), "特此通知"]
    assert diff(path, out).other_changes == []


@pytest.mark.parametrize("typed", ["1．", "●", "— "])
def test_a_typed_number_or_bullet_with_nothing_after_it_is_a_blank_item(tmp_path: Path, typed: str) -> None:
    _, out, _ = filled(tmp_path, LEAD + paragraph(run(typed)) + END)
    assert [line.lstrip("123．●— ") for line in texts(out)[1:-1]] == SAID


def test_the_items_that_are_there_are_filled_first(tmp_path: Path) -> None:
    _, out, template = filled(tmp_path, LEAD + paragraph(NUMBERED) * 2 + END)
    assert len(template.repeats[0].parts) == 2
    assert texts(out)[1:-1] == SAID


def test_a_short_heading_announces_a_list_that_word_numbers(tmp_path: Path) -> None:
    filled(tmp_path, paragraph(run("主要措施")) + paragraph(NUMBERED) + END)


@pytest.mark.parametrize(
    "body",
    [
        # left over at the end of a list that says something
        LEAD + paragraph(NUMBERED, run("加强巡查")) + paragraph(NUMBERED),
        LEAD + paragraph(NUMBERED) + paragraph(NUMBERED, run("加强巡查")),
        # under no line that announces it
        paragraph(run("会议要求，各单位认真落实。")) + paragraph(NUMBERED),
        paragraph(NUMBERED),
        # the list 0 is none
        paragraph(run("措施")) + paragraph(NUMBERED.replace('numId w:val="3"', 'numId w:val="0"')),
        paragraph(run("措施"))
        + paragraph('<w:pPr><w:pStyle w:val="Heading1"/><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>'),
        # a rule as a line of its own
        LEAD.replace("：", "") + paragraph(run("——————")) + paragraph(run("·········")),
    ],
)
def test_empty_paragraphs_that_are_left_over_ask_for_nothing(tmp_path: Path, body: str) -> None:
    template = Template(write_word(tmp_path / "t.docx", body + END))
    assert [blank for blank in template.blanks if not blank.before] == []
    assert template.repeats == ()


def test_a_list_with_other_items_does_not_repeat(tmp_path: Path) -> None:
    body = LEAD + paragraph(NUMBERED, run("加强巡查")) + paragraph(NUMBERED, run("____")) + END
    template = Template(write_word(tmp_path / "t.docx", body))
    assert len(template.blanks) == 1
    assert template.repeats == ()
