from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from fanwen.blanks.package import Package

names = st.lists(
    st.text("abcdefg文件/.-", min_size=1, max_size=12).filter(lambda name: not name.startswith("/")),
    min_size=1,
    max_size=6,
    unique=True,
)


@given(names, st.lists(st.binary(max_size=300), min_size=6, max_size=6), st.sets(st.integers(0, 5)), st.booleans())
def test_only_replaced_parts_are_packed_anew(
    parts: list[str], contents: list[bytes], replaced: set[int], packed: bool
) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        archive.comment = b"end"
        for name, data in zip(parts, contents, strict=False):
            info = zipfile.ZipInfo(name, (2021, 5, 6, 7, 8, 10))
            info.comment = b"note"
            archive.writestr(info, data, archive.compression)
    package = Package(file.getvalue())
    changes = {parts[index]: b"new" + contents[index] for index in replaced if index < len(parts)}
    written = package.written(changes)
    if not changes:
        assert written == file.getvalue()
    again = Package(written)
    assert again.names == package.names
    for index, name in enumerate(parts):
        assert again.read(name) == changes.get(name, contents[index])
        if name not in changes:
            assert again.record(name) == package.record(name)
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert archive.testzip() is None
        assert archive.comment == b"end"
        for info in archive.infolist():
            assert info.date_time == (2021, 5, 6, 7, 8, 10)
            assert info.comment == b"note"


def test_a_package_written_as_a_stream_keeps_its_descriptors() -> None:
    class Stream(io.RawIOBase):
        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.data += data
            return len(data)

    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("one.xml", "<a/>" * 50)
        archive.writestr("two.xml", "<b/>" * 50)
    package = Package(bytes(stream.data))
    assert package.written({}) == bytes(stream.data)
    changed = Package(package.written({"one.xml": b"<c/>"}))
    assert changed.read("one.xml") == b"<c/>"
    assert changed.read("two.xml") == b"<b/>" * 50
