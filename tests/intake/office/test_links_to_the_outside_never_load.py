from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document

from fanwen.intake.office import Office, external
from fanwen.intake.types import Note

from . import linking
from .conftest import edit_package, kind_of
from .reading import page_texts, red_share


class Listener:
    """A web server on loopback that remembers who came."""

    def __init__(self) -> None:
        self.requests: list[bytes] = []
        listener = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                listener.requests.append(self.request.recv(2000))
                self.request.sendall(b"HTTP/1.0 404 Not Found\r\n\r\n")

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def bait(tmp_path: Path) -> Path:
    """A folder with files that must not be seen in any PDF: red pictures and the word SECRET."""
    folder = tmp_path / "bait"
    folder.mkdir()
    (folder / "bait.png").write_bytes(linking.red_picture())
    (folder / "bait.txt").write_text("SECRET")
    (folder / "bait.csv").write_text("SECRET")
    (folder / "bait.html").write_text("<html><body>SECRET</body></html>")
    document = Document()
    document.add_paragraph("SECRET")
    document.save(str(folder / "bait.docx"))
    return folder


def test_the_listener_hears_who_comes(listener: Listener) -> None:
    port = int(listener.address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as caller:
        caller.sendall(b"GET / HTTP/1.0\r\n\r\n")
        caller.recv(100)
    assert listener.requests == [b"GET / HTTP/1.0\r\n\r\n"]


@pytest.mark.parametrize("format", linking.MAKERS)
def test_nothing_is_fetched_from_the_network(
    either_office: Office, listener: Listener, tmp_path: Path, format: str
) -> None:
    source = linking.make(tmp_path, format, listener.address)
    done = either_office.convert(source, kind_of(source), tmp_path / "out.pdf")
    assert listener.requests == []
    assert "BODY" in page_texts(done.pdf)[0]
    assert Note("external_links") in done.notes


@pytest.mark.parametrize("format", linking.MAKERS)
def test_nothing_is_read_from_another_folder(either_office: Office, bait: Path, tmp_path: Path, format: str) -> None:
    source = linking.make(tmp_path, format, bait.as_uri())
    done = either_office.convert(source, kind_of(source), tmp_path / "out.pdf")
    assert "SECRET" not in "".join(page_texts(done.pdf))
    assert red_share(done.pdf) == 0


# Those of which LibreOffice is known to follow a link whatever it is told.
@pytest.mark.parametrize("format", ["odp", "rtf", "html"])
def test_the_walls_hold_even_where_a_link_is_overlooked(
    either_office: Office,
    listener: Listener,
    bait: Path,
    tmp_path: Path,
    format: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(external, "neutralise", lambda path, kind: False)
    near = linking.make(tmp_path, format, bait.as_uri())
    done = either_office.convert(near, kind_of(near), tmp_path / "near.pdf")
    if not either_office.sandboxed and either_office.confined != {"files", "network"}:
        pytest.skip("this kernel has neither Landlock nor seccomp, and bubblewrap is off")
    assert "SECRET" not in "".join(page_texts(done.pdf))
    assert red_share(done.pdf) == 0
    far = linking.make(tmp_path, format, listener.address)
    either_office.convert(far, kind_of(far), tmp_path / "far.pdf")
    assert listener.requests == []


def test_links_to_click_on_and_the_template_of_the_author_are_no_loss(office: Office, tmp_path: Path) -> None:
    plain, source = tmp_path / "plain.docx", tmp_path / "clean.docx"
    document = Document()
    part = document.add_paragraph("BODY").part
    part.relate_to("https://example.invalid/", f"{linking.RELATIONS}/hyperlink", is_external=True)
    document.save(str(plain))
    template = linking.relation("rIdT", "attachedTemplate", "file:///C:/Normal.dotm")
    relations = f'<Relationships xmlns="{linking.PACKAGE}">{template}</Relationships>'
    edit_package(plain, source, lambda name, data: data, **{"word/_rels/settings.xml.rels": relations})
    assert office.convert(source, kind_of(source), tmp_path / "out.pdf").notes == ()
