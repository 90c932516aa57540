"""Over generated documents: what is filled stands where the blanks stood, and nothing else differs."""

from __future__ import annotations

import re
import tempfile
import zipfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from fanwen.blanks import read_story
from fanwen.blanks.diff import diff
from fanwen.blanks.fill import Template
from tests.blanks.documents import bodies
from tests.blanks.holes import holes
from tests.blanks.word_files import write_word

sentences = st.lists(
    st.sampled_from(["全县共有", "_", "___", "所", "，投入", "__", "万元", "A&B<1>", "😀", " ", "  ", "{{", "%}"]),
    min_size=1,
    max_size=8,
).map("".join)
values = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="_\u2028\u2029\ufffe\uffff"), max_size=12
) | st.sampled_from(["A&B <1>", "两行\n文字", "制\t表", " 前后 ", "]]>", "{{ x }}", "{% if %}", "&amp;"])


@settings(max_examples=120, deadline=None)
@given(bodies(sentences), st.lists(values, min_size=30, max_size=30), st.integers(1, 3))
def test_filling_changes_the_blanks_only(body: str, given_values: list[str], every: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_word(
            Path(folder) / "a.docx", body, header1=f"<w:p/>{body}", comments='<w:comment w:id="4"><w:p/></w:comment>'
        )
        before = read_story(path)
        blanks = holes(before)
        chosen = {
            blank.id: value
            for number, (blank, value) in enumerate(zip(blanks, given_values, strict=False))
            if number % every == 0
        }
        out = Path(folder) / "b.docx"
        report = Template(path, blanks=blanks).fill(chosen, out)

        said = {id_: value for id_, value in chosen.items() if value.strip()}
        assert set(report.filled) == set(said)
        by_passage: dict[str, str] = {}
        for passage in before.passages:
            text = passage.text
            for blank in reversed([one for one in blanks if one.passage == passage.id]):
                if blank.id in said:
                    text = text[: blank.start] + said[blank.id] + text[blank.end :]
            by_passage[passage.id] = text
        assert {passage.id: passage.text for passage in read_story(out).passages} == by_passage

        found = diff(path, out, blanks=blanks)
        assert found.other_changes == []
        assert found.blanks_changed == len(said)
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(out) as new:
            for name in old.namelist():
                if not name.endswith(("document.xml", "header1.xml")):
                    assert old.read(name) == new.read(name)
            # whatever is no text is there as often as before
            for part in ("word/document.xml", "word/header1.xml"):
                assert _elements(old.read(part)) == _elements(new.read(part))


def _elements(data: bytes) -> list[bytes]:
    kept = re.compile(rb"<w:(?!t[ >/]|t>|br/|tab/|showingPlcHdr)[^>]+>")
    return [tag for tag in kept.findall(data) if tag != b"<w:tab/>"]
