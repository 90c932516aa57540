"""The elements of WordprocessingML that reading and filling look at (ECMA-376 part 1, chapter 17; strict and
transitional names alike)."""

from __future__ import annotations

WORD_URIS = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_MATH = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
_COMPATIBILITY = ("http://schemas.openxmlformats.org/markup-compatibility/2006",)
WORD_2010 = ("http://schemas.microsoft.com/office/word/2010/wordml",)

_WORD_NAMES = """
    p pPr pStyle numPr numId ilvl r rPr rStyle u vanish t tab br cr noBreakHyphen sym ptab fldChar instrText delText fldSimple hyperlink
    ins del moveFrom moveTo sdt sdtPr sdtContent tbl tr trPr gridBefore tc tcPr gridSpan vMerge txbxContent
    footnote endnote comment rt tag alias text richText date dateFormat dropDownList comboBox listItem showingPlcHdr
    dataBinding picture docPartObj ffData name checkBox textInput ddList listEntry default checked result
    headerReference footerReference
"""

TAGS: dict[str, str] = {
    **{f"{uri} {name}": f"w:{name}" for uri in WORD_URIS for name in _WORD_NAMES.split()},
    **{f"{uri} t": "m:t" for uri in _MATH},
    **{f"{uri} {name}": f"mc:{name}" for uri in _COMPATIBILITY for name in ("AlternateContent", "Choice", "Fallback")},
    **{
        f"{uri} {name}": f"w14:{name}"
        for uri in WORD_2010
        for name in ("checkbox", "checked", "checkedState", "uncheckedState")
    },
}
TEXTS = frozenset({"w:t", "m:t", "w:instrText", "w:delText"})

RELATIONSHIP_TAGS: dict[str, str] = {
    "http://schemas.openxmlformats.org/package/2006/relationships Relationship": "Relationship"
}
CONTENT_TYPE_TAGS: dict[str, str] = {
    f"http://schemas.openxmlformats.org/package/2006/content-types {name}": name for name in ("Override", "Default")
}
