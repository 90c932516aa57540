"""Over generated documents: mask, then unmask, and every part is what it was; mask, fill, and only masks differ."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanwen.blanks import mask, read_story, unmask
from fanwen.blanks.diff import diff
from fanwen.blanks.errors import KeyProblem
from fanwen.blanks.fill import Template
from tests.blanks.documents import bodies
from tests.blanks.holes import holes
from tests.blanks.word_files import paragraph, run, write_word

sentences = st.lists(
    st.sampled_from(
        ["2025年3月1日", "，全县", "120所", "河源县教育局", "王小华同志", "投入1,200.5万元", "43.5%", "A&B<1>", "电话：13800138000",
         "_", "学习", "二〇二五年", "第五届", "😀", " "]
    ),
    min_size=1,
    max_size=6,
).map("".join)  # fmt: skip


def same_parts(one: Path, other: Path) -> bool:
    with zipfile.ZipFile(one) as old, zipfile.ZipFile(other) as new:
        return old.namelist() == new.namelist() and all(old.read(n) == new.read(n) for n in old.namelist())


@settings(max_examples=60, deadline=None)
@given(bodies(sentences), st.booleans())
def test_unmasking_gives_every_part_back(body: str, clear: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        comment = f'<w:comment w:id="4" w:author="王小华">{paragraph(run("问王小华"))}</w:comment>'
        original = write_word(folder / "a.docx", body, header1=body, comments=comment)
        report = mask(original, folder / "m.docx", folder / "k", clear=clear)
        unmask(folder / "m.docx", folder / "k", folder / "u.docx")
        assert same_parts(original, folder / "u.docx")

        texts = {passage.id: passage.text for passage in read_story(original).passages}
        for taken in report.taken:
            if taken.passage in texts:
                assert texts[taken.passage][taken.start : taken.end] == taken.text

        masked = Template(folder / "m.docx", blanks=holes(read_story(folder / "m.docx"), "_"))
        values = {blank.id: f"值{number}" for number, blank in enumerate(masked.blanks)}
        masked.fill(values, folder / "f.docx")
        found = diff(folder / "m.docx", folder / "f.docx", blanks=masked.blanks)
        assert found.other_changes == []
        assert found.blanks_changed == len(values)


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    return write_word(tmp_path / "a.docx", paragraph(run("王小华同志2025年到120所学校")))


def test_a_key_with_a_passphrase_tells_nothing_without_it(finished: Path, tmp_path: Path) -> None:
    mask(finished, tmp_path / "m.docx", tmp_path / "k", "开门")
    assert "王小华" not in (tmp_path / "k").read_text()
    for passphrase, code in ((None, "key_locked"), ("芝麻", "key_passphrase")):
        with pytest.raises(KeyProblem) as error:
            unmask(tmp_path / "m.docx", tmp_path / "k", tmp_path / "u.docx", passphrase)
        assert error.value.code == code
        assert not (tmp_path / "u.docx").exists()
    unmask(tmp_path / "m.docx", tmp_path / "k", tmp_path / "u.docx", "开门")
    assert same_parts(finished, tmp_path / "u.docx")


def test_a_key_that_was_changed_is_refused(finished: Path, tmp_path: Path) -> None:
    mask(finished, tmp_path / "m.docx", tmp_path / "k", "开门")
    text = (tmp_path / "k").read_text()
    at = text.index('"payload": "') + 20
    (tmp_path / "k").write_text(text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :])
    with pytest.raises(KeyProblem) as error:
        unmask(tmp_path / "m.docx", tmp_path / "k", tmp_path / "u.docx", "开门")
    assert error.value.code == "key_passphrase"


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"fanwen_key": 1}', '{"fanwen_key": 1, "encrypted": true}', "\x00"])
def test_a_file_that_is_no_key_is_damaged(finished: Path, tmp_path: Path, text: str) -> None:
    mask(finished, tmp_path / "m.docx", tmp_path / "k")
    (tmp_path / "k").write_text(text)
    with pytest.raises(KeyProblem) as error:
        unmask(tmp_path / "m.docx", tmp_path / "k", tmp_path / "u.docx", "x")
    assert error.value.code == "key_damaged"


def test_a_key_of_another_file_or_of_one_changed_since_is_refused(finished: Path, tmp_path: Path) -> None:
    mask(finished, tmp_path / "m.docx", tmp_path / "k")
    other = write_word(tmp_path / "b.docx", paragraph(run("别的文件")))
    masked = Template(tmp_path / "m.docx", blanks=holes(read_story(tmp_path / "m.docx"), "_"))
    masked.fill({"b1": "李明"}, tmp_path / "f.docx")
    for path in (other, tmp_path / "f.docx", finished):
        with pytest.raises(KeyProblem) as error:
            unmask(path, tmp_path / "k", tmp_path / "u.docx")
        assert error.value.code == "key_other_file"
