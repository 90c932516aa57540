"""Small Word files written by hand, so that a test says exactly what stands in them."""

from __future__ import annotations

import zipfile
from pathlib import Path

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:left="1800"/></w:sectPr>'


def run(text: str, properties: str = "") -> str:
    """A run of plain text; `properties` is the inside of its w:rPr."""
    settings = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{settings}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str) -> str:
    return f"<w:p>{''.join(content)}</w:p>"


def table(*rows: list[str]) -> str:
    """A table whose cells are given as block content (paragraphs)."""
    cells = "".join("<w:tr>" + "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{cells}</w:tbl>"


def write_word(path: Path, body: str, **parts: str) -> Path:
    """A DOCX with `body` and more parts by name: header1, footer1, footnotes, endnotes, comments, styles (inner XML)."""
    references = "".join(
        f'<w:{name.rstrip("0123456789")}Reference w:type="default" r:id="rId{name}"/>'
        for name in parts
        if name.startswith(("header", "footer"))
    )
    section = SECTION.replace("<w:sectPr>", f"<w:sectPr>{references}")
    members = {"word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}{section}</w:body></w:document>"}
    roots = {"header": "hdr", "footer": "ftr"}
    relations, overrides = [], [("word/document.xml", "document.main")]
    for name, inner in parts.items():
        kind = name.rstrip("0123456789")
        root = roots.get(kind, kind)
        members[f"word/{name}.xml"] = f"<w:{root} {_NAMESPACES}>{inner}</w:{root}>"
        relations.append(f'<Relationship Id="rId{name}" Type="{_R}/{kind}" Target="{name}.xml"/>')
        overrides.append((f"word/{name}.xml", kind))
    relations.append(
        f'<Relationship Id="rIdLink" Type="{_R}/hyperlink" Target="https://example.org/" TargetMode="External"/>'
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    types = "".join(f'<Override PartName="/{part}" ContentType="{_TYPE}.{kind}+xml"/>' for part, kind in overrides)
    everything = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f"{''.join(relations)}</Relationships>",
        **members,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in everything.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 2, 3, 4, 6)), _DECLARATION + text, zipfile.ZIP_DEFLATED)
    return path


def document_xml(path: Path, part: str = "word/document.xml") -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(part).decode()
