"""Plain text and tables as text, of sizes and shapes that nothing is prepared for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.hostile.case import READY, Case, case


def cases(port: int) -> Iterator[Case]:
    yield case("text with a NUL in it", "a.txt", b"hello\0world" * 50, "unknown_format")
    yield case(
        "text of mixed encodings",
        "a.txt",
        "你好，世界\n".encode() * 20 + "再见，世界\n".encode("gbk") * 20,
        READY,
        "unknown_format",
    )
    yield case("text with marks of direction", "a.txt", "正文\u202e\u2066\u200f\ufeff隐藏\n".encode() * 20, READY)
    yield case("text of one character in a million combining marks", "a.txt", b"a" + "\u0301".encode() * 200_000, READY)
    yield case("text with escape sequences", "a.txt", b"\x1b[2J\x1b]0;title\x07hello\n" * 100, READY, "unknown_format")
    yield case("text of 200,000 empty lines", "a.txt", b"a" + b"\n" * 200_000, READY, "timeout", costly=True)
    yield case("text of one line of 50 MB", "a.txt", _long_line, READY, "timeout", costly=True)
    yield case(
        "table of 20,000 columns",
        "a.csv",
        b"\n".join(b",".join(b"%d" % n for n in range(20_000)) for _ in range(5)),
        READY,
    )
    yield case("table of one endless quoted cell", "a.csv", b'a,"' + b"b" * 3_000_000, READY)
    formulas = f'=WEBSERVICE("http://127.0.0.1:{port}/"),=cmd|\'/c calc\'!A1,@SUM(1),"=HYPERLINK(""http://127.0.0.1:{port}/"")"\n'
    yield case("table of formulas", "a.csv", formulas.encode() * 10, READY)
    yield case("table of 300,000 rows", "a.csv", "".join(f"第{n}行,{n}\n" for n in range(300_000)).encode(), READY)
    yield case(
        "table of nothing but separators", "a.csv", (b"," * 500 + b"\n") * 500, READY, "conversion_failed", "damaged"
    )


def _long_line(path: Path) -> None:
    with path.open("wb") as file:
        for _ in range(50):
            file.write("云溪县防汛".encode() * (1024**2 // 15))
