"""Hypothesis strategies for the bodies of Word documents: split runs, links, insertions, controls, nested tables."""

from __future__ import annotations

from html import escape
from itertools import pairwise

from hypothesis import strategies as st

from tests.blanks.word_files import run, table

_PROPERTIES = ("", "<w:b/>", "<w:i/>", '<w:u w:val="single"/>', '<w:color w:val="FF0000"/><w:sz w:val="28"/>')
_KEPT = (
    '<w:bookmarkStart w:id="9" w:name="b"/>',
    '<w:bookmarkEnd w:id="9"/>',
    '<w:commentRangeStart w:id="4"/>',
    "<w:r><w:tab/></w:r>",
    "<w:r><w:br/></w:r>",
    "<w:proofErr w:type='spellStart'/>",
    '<w:del w:id="6" w:author="乙"><w:r><w:delText>删去_</w:delText></w:r></w:del>',
    '<w:fldSimple w:instr=" PAGE "><w:r><w:t>7</w:t></w:r></w:fldSimple>',
)
_WRAPPERS = (
    ("", ""),
    ("", ""),
    ('<w:hyperlink r:id="rIdLink">', "</w:hyperlink>"),
    ('<w:ins w:id="7" w:author="甲" w:date="2024-01-01T00:00:00Z">', "</w:ins>"),
    ('<w:sdt><w:sdtPr><w:tag w:val="t"/></w:sdtPr><w:sdtContent>', "</w:sdtContent></w:sdt>"),
    (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>",
        "</w:sdtContent></w:sdt>",
    ),
)


@st.composite
def inline(draw: st.DrawFn, sentence: st.SearchStrategy[str]) -> str:
    """A sentence cut into runs anywhere, some of them wrapped, with things between them that must stay."""
    text = draw(sentence)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=5)) | {0, len(text)})
    markup = ""
    for start, end in pairwise(cuts):
        opening, closing = draw(st.sampled_from(_WRAPPERS))
        middle = draw(st.integers(start, end))
        for piece in (text[start:middle], text[middle:end]):
            if piece:
                opened = run(escape(piece, quote=False), draw(st.sampled_from(_PROPERTIES)))
                markup += opening + opened + closing if draw(st.booleans()) else opened
        markup += draw(st.sampled_from(("", "", *_KEPT)))
    return markup


def block(sentence: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A paragraph, a table of blocks, or a control around blocks."""
    paragraphs = st.builds("<w:p><w:pPr><w:jc w:val='both'/></w:pPr>{}</w:p>".format, inline(sentence))
    return st.recursive(
        paragraphs,
        lambda blocks: st.one_of(
            st.lists(blocks, min_size=1, max_size=3).map(lambda cells: table([cell + "<w:p/>" for cell in cells])),
            blocks.map("<w:sdt><w:sdtPr><w:tag w:val='b'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>".format),
        ),
        max_leaves=4,
    )


def bodies(sentence: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(block(sentence), min_size=1, max_size=4).map("".join)
