"""Somebody signed in to a running service, over HTTP as a browser would."""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
import uuid
from pathlib import Path

from tests.service import Service

_SIGN_IN = """
import django; django.setup()
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
user, _ = get_user_model().objects.get_or_create(username="bench", is_superuser=True, is_staff=True)
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.save()
print(session.session_key)
"""
_TOKEN = "b" * 32


class Visitor:
    def __init__(self, service: Service) -> None:
        environment = {**service.environment, "DJANGO_SETTINGS_MODULE": "fanwen.config.settings"}
        self._key = subprocess.run(
            [sys.executable, "-c", _SIGN_IN], env=environment, capture_output=True, text=True, check=True
        ).stdout.strip()
        self._connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body."""
        return self._ask("GET", path)

    def upload(self, file: Path) -> str:
        """Send `file` through the form; the number of its document."""
        parting = uuid.uuid4().hex
        body = (
            (
                f'--{parting}\r\nContent-Disposition: form-data; name="files"; filename="{file.name}"\r\n'
                "Content-Type: application/octet-stream\r\n\r\n"
            ).encode()
            + file.read_bytes()
            + f"\r\n--{parting}--\r\n".encode()
        )
        status, answer = self._ask(
            "POST", "/upload/", body,
            {"Content-Type": f"multipart/form-data; boundary={parting}", "X-CSRFToken": _TOKEN, "X-Requested-With": "fanwen"},
        )  # fmt: skip
        found = re.search(rb"/d/(\d{9})/", answer)
        assert status == 200, answer[:500]
        assert found, answer[:500]
        return found[1].decode()

    def image_path(self, number: str, page: int, width: int) -> str | None:
        """The address of a page's image, once its document can be read."""
        found = re.search(rf"/d/{number}/([0-9a-f]{{24}})/p\d+-\d+\b", self.get(f"/d/{number}/")[1].decode())
        return f"/d/{number}/{found[1]}/p{page}-{width}" if found else None

    @property
    def cookies(self) -> str:
        """The header that makes someone else this visitor."""
        return f"sessionid={self._key}; csrftoken={_TOKEN}"

    def _ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        cookies = {"Cookie": self.cookies}
        for attempt in (1, 2):
            try:
                self._connection.request(method, path, body, {**cookies, **(headers or {})})
                answer = self._connection.getresponse()
                return answer.status, answer.read()
            except (BrokenPipeError, ConnectionResetError, http.client.RemoteDisconnected):
                # The server ends connections that have been idle for a while.
                self._connection.close()
                if attempt == 2:
                    raise
        raise AssertionError("unreachable")
