"""HTML, SVG, Markdown and RTF with scripts, addresses, and nesting without end."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.case import READY, Case, case


def cases(port: int) -> Iterator[Case]:
    outside = f"http://127.0.0.1:{port}/"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script><image href="{outside}a"/></svg>'
    yield case("svg with a script", "a.svg", svg.encode(), "unknown_format")
    yield case("svg called png", "a.png", b'<?xml version="1.0"?>\n' + svg.encode(), "unknown_format")
    yield case("svg called txt", "a.txt", b"<!-- a --><!DOCTYPE svg>" + svg.encode(), "unknown_format")
    page = (
        f'<html><head><script src="{outside}a.js"></script><link rel="stylesheet" href="{outside}a.css">'
        f'<meta http-equiv="refresh" content="0;url={outside}"><base href="{outside}"></head><body onload="alert(1)" '
        f'background="{outside}b.png"><p style="background:url({outside}c.png)">hello</p><img src="{outside}d.png">'
        f'<img src="//127.0.0.1:{port}/e.png"><img src="file:///etc/passwd"><iframe src="{outside}"></iframe><object data="{outside}f">'
        f'</object><embed src="{outside}g"><video src="{outside}h"></video><svg><script>alert(1)</script></svg></body></html>'
    )
    yield case("html with scripts and addresses", "a.html", page.encode(), READY)
    yield case("html in UTF-16 with a script", "a.html", page.encode("utf-16"), READY)
    yield case(
        "html of 100,000 elements within one another", "a.html", b"<html>" + b"<div>" * 100_000 + b"hello", READY
    )
    yield case(
        "html of 3,000 tables within one another", "a.html", b"<html>" + b"<table><tr><td>" * 3000 + b"hello", READY
    )
    yield case(
        "html with an endless attribute", "a.html", b"<html><p title='" + b"a" * 5_000_000 + b"'>hello</p>", READY
    )
    yield case("html of a million broken tags", "a.html", b"<html>hello" + b"<p <b <i " * 300_000, READY)
    data = f'<html><img src="data:image/svg+xml;base64,PHN2Zz4="><img src="data:image/png;base64,{"A" * 100_000}">hello</html>'
    yield case("html with pictures that are none", "a.html", data.encode(), READY)
    markdown = (
        f"# hello\n\n<script>alert(1)</script>\n\n![a]({outside}a.png) [b](javascript:alert(1))\n\n"
        + "> " * 5000
        + "deep"
    )
    yield case("Markdown with a script and deep quotes", "a.md", markdown.encode(), READY)
    yield case("Markdown of brackets", "a.md", b"hello\n\n" + b"[" * 50_000 + b"](" * 50_000, READY)
    failed = ("conversion_failed", "converter_died", "timeout", "damaged")
    yield case(
        "rtf of 10,000 groups within one another",
        "a.rtf",
        b"{\\rtf1 " + b"{" * 10_000 + b"hello" + b"}" * 10_001,
        READY,
        *failed,
    )
    yield case("rtf that ends in the middle", "a.rtf", b"{\\rtf1\\ansi hello {\\b wor", READY, *failed)
    rtf = f'{{\\rtf1 hello {{\\field{{\\*\\fldinst INCLUDEPICTURE "{outside}a.png" \\\\d}}}}{{\\*\\template {outside}a.dot}}}}'
    yield case("rtf with a picture from outside", "a.rtf", rtf.encode(), READY)
    word = b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="x"/>'
    yield case("Word document as one XML file", "a.doc", word, "unknown_format")
    laughs = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'
    yield case("XML with entities", "a.xml", laughs, "unknown_format")
