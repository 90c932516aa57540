"""EPUB books that reach outside themselves."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.case import READY, Case, case
from tests.hostile.office import zipped

_CONTAINER = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="{0}"/></rootfiles></container>'
_PACKAGE = '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="{0}"/></manifest><spine>{1}</spine></package>'


def book(
    chapter: str, *, href: str = "a.xhtml", spine: str = '<itemref idref="a"/>', prologue: str = "", root: str = "b.opf"
) -> dict[str, bytes | str]:
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER.format(root),
        "b.opf": prologue + _PACKAGE.format(href, spine),
        "a.xhtml": chapter,
    }


def cases(port: int) -> Iterator[Case]:
    outside = f"http://127.0.0.1:{port}/"
    chapter = (
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>hello</p><img src="{outside}a.png"/><img src="../../etc/passwd"/>'
        f'<script src="{outside}a.js"/><link rel="stylesheet" href="{outside}a.css"/></body></html>'
    )
    yield case("book with addresses and scripts", "a.epub", zipped(book(chapter)), READY)
    yield case("book whose chapter is outside", "a.epub", zipped(book(chapter, href="../../etc/passwd")), "damaged")
    yield case("book whose chapter is on a server", "a.epub", zipped(book(chapter, href=outside)), "damaged")
    yield case("book whose package is outside", "a.epub", zipped(book(chapter, root="../../etc/passwd")), "damaged")
    yield case("book without chapters", "a.epub", zipped(book(chapter, spine="")), "damaged")
    entity = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    yield case("book with entities", "a.epub", zipped(book(chapter, prologue=entity)), "damaged")
    yield case(
        "book of one chapter 10,000 times",
        "a.epub",
        zipped(book("<html><body><p>hello</p></body></html>", spine='<itemref idref="a"/>' * 10_000)),
        READY,
    )
    rights = '<encryption><EncryptedData><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></EncryptedData></encryption>'
    yield case(
        "book with rights management",
        "a.epub",
        zipped({**book(chapter), "META-INF/encryption.xml": rights}),
        "password",
    )
