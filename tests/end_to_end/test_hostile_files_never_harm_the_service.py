"""Every hostile file, sent as an uploader sends it, to a service that must outlive them all."""

from __future__ import annotations

import io
import re
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import pytest
import requests

from fanwen.intake.causes import CAUSES
from tests.hostile import READY, Case, cases
from tests.service import Service

PATIENCE = 1200
"""Seconds for all of them together to come to an end."""

_ACCOUNT = {"DJANGO_SUPERUSER_USERNAME": "keeper", "DJANGO_SUPERUSER_PASSWORD": "a-long-pass-word"}


@pytest.fixture(scope="module")
def callers() -> Iterator[tuple[int, list[object]]]:
    """Something that listens on loopback, and who came."""
    heard: list[object] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        while True:
            try:
                connection, address = listener.accept()
            except OSError:
                return
            heard.append(address)
            connection.close()

    threading.Thread(target=listen, daemon=True).start()
    yield listener.getsockname()[1], heard
    listener.close()


@pytest.fixture(scope="module")
def sent(
    service: Service, callers: tuple[int, list[object]], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Case, str]]:
    """Each case with the state it ended in: ready, or the code of its cause."""
    folder = tmp_path_factory.mktemp("hostile")
    session = _signed_in(service)
    ended: dict[str, tuple[Case, str]] = {}
    numbers: dict[str, str] = {}
    for count, case in enumerate(cases(callers[0])):
        path = folder / str(count)
        case.write(path)
        code, number = _send(session, service, path, case.name)
        path.unlink()
        ended[case.label] = (case, code)
        if number:
            numbers[case.label] = number
    deadline = time.monotonic() + PATIENCE
    while numbers and time.monotonic() < deadline:
        states = _states(service)
        for label, number in list(numbers.items()):
            if number in states:
                ended[label] = (ended[label][0], states[number])
                del numbers[label]
        time.sleep(0.5)
    assert not numbers, f"still on their way: {list(numbers)}"
    return ended


def _signed_in(service: Service) -> requests.Session:
    subprocess.run(
        [sys.executable, "-m", "django", "createsuperuser", "--noinput", "--email", ""],
        env={**service.environment, **_ACCOUNT, "DJANGO_SETTINGS_MODULE": "fanwen.config.settings"},
        check=True,
        capture_output=True,
    )
    session = requests.Session()
    session.trust_env = False
    session.get(f"{service.url}/login/")
    session.post(
        f"{service.url}/login/",
        data={
            "username": "keeper",
            "password": "a-long-pass-word",
            "csrfmiddlewaretoken": session.cookies["csrftoken"],
        },
        headers={"Referer": service.url},
    )
    assert "sessionid" in session.cookies
    return session


_BOUNDARY = "----fanwen-hostile"


class _Form:
    """A form with one file, streamed: two gigabytes are sent without being read into memory, under any name at all."""

    def __init__(self, token: str, name: str, file: BinaryIO, size: int) -> None:
        field = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        quoted = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        head = f'{field}--{_BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{quoted}"\r\n\r\n'
        self._parts: list[BinaryIO] = [
            io.BytesIO(head.encode("utf-8", "surrogatepass")),
            file,
            io.BytesIO(f"\r\n--{_BOUNDARY}--\r\n".encode()),
        ]
        self._length = size + sum(len(part.getvalue()) for part in self._parts if isinstance(part, io.BytesIO))

    def __len__(self) -> int:
        return self._length

    def read(self, size: int = -1) -> bytes:
        while self._parts:
            if block := self._parts[0].read(size):
                return block
            del self._parts[0]
        return b""


def _send(session: requests.Session, service: Service, path: Path, name: str) -> tuple[str, str]:
    """The refusal's code, or the number of the document that the file became."""
    with path.open("rb") as file:
        form = _Form(session.cookies["csrftoken"], name, file, path.stat().st_size)
        answer = session.post(
            f"{service.url}/upload/",
            data=form,
            headers={
                "X-Requested-With": "fanwen",
                "Referer": service.url,
                "Content-Type": f"multipart/form-data; boundary={_BOUNDARY}",
            },
            timeout=600,
        )
    assert answer.status_code in {200, 413}, f"{name!r}: {answer.status_code}"
    if number := re.search(r"/d/(\d{9})/", answer.text):
        return "", number.group(1)
    code = re.search(r'data-cause="(\w+)"', answer.text)
    assert code, f"{name!r} was neither taken nor refused with a cause: {answer.text[:400]}"
    return code.group(1), ""


_ENDED = """
SELECT number, coalesce((SELECT cause FROM intake_stage WHERE document_id = one.id AND state = 'failed' LIMIT 1), ?)
FROM library_document AS one WHERE status != 'working'
"""


def _states(service: Service) -> dict[str, str]:
    """How each document ended that is no longer on its way."""
    with closing(sqlite3.connect(service.data / "fanwen.sqlite3", timeout=60)) as database:
        return dict(database.execute(_ENDED, [READY]))


def test_there_are_at_least_sixty_and_each_ends_in_a_clear_state(sent: dict[str, tuple[Case, str]]) -> None:
    assert len(sent) >= 60
    unclear = {label: state for label, (_, state) in sent.items() if state != READY and state not in CAUSES}
    assert unclear == {}
    unforeseen = [label for label, (_, state) in sent.items() if state == "internal"]
    assert unforeseen == []


def test_each_ends_as_it_may(sent: dict[str, tuple[Case, str]]) -> None:
    # Not every name can be sent in a form; who tries is told so.
    wrong = {
        label: (state, sorted(case.expected))
        for label, (case, state) in sent.items()
        if state not in case.expected | {"no_name"}
    }
    assert wrong == {}


def test_nobody_was_asked_anything(sent: dict[str, tuple[Case, str]], callers: tuple[int, list[object]]) -> None:
    assert callers[1] == []


def test_no_file_came_to_lie_outside_the_data_folder(sent: dict[str, tuple[Case, str]], service: Service) -> None:
    beside = {path.name for path in service.data.parent.iterdir()}
    assert beside == {service.data.name, service.log.name}
    assert list((service.data / "incoming").iterdir()) == []


def test_the_service_still_answers_and_takes_files(
    sent: dict[str, tuple[Case, str]], service: Service, tmp_path: Path
) -> None:
    assert requests.get(f"{service.url}/healthz", timeout=120).status_code == 200
    good = tmp_path / "good.txt"
    good.write_text("风浪过后，一切如常。", encoding="utf-8")
    [entry] = service.json("add", good)
    assert entry["status"] == "ready"


def test_check_finds_nothing_wrong_afterwards(sent: dict[str, tuple[Case, str]], service: Service) -> None:
    report = service.json("check", check=False)
    rows = report["checks"] if isinstance(report, dict) else report
    assert [row for row in rows if row["state"] == "problem"] == []
