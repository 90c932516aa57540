"""A client of the tus protocol, as far as tests need one."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from django.test import Client

PIECES = "application/offset+octet-stream"


class Tus:
    """Speaks tus through Django's test client `client`."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def create(
        self, data: bytes, name: str = "潮汐.txt", *, length: Any = None, body: bytes | None = None, **said: str
    ) -> Any:
        """Announce `data` (with `body` along); the answer."""
        said = {"filename": name, **said}
        metadata = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in said.items())
        return self.client.post(
            "/upload/tus/",
            data=body or b"",
            content_type=PIECES if body is not None else "application/octet-stream",
            headers={
                "Tus-Resumable": "1.0.0",
                "Upload-Length": str(len(data) if length is None else length),
                "Upload-Metadata": metadata,
            },
        )

    def begin(self, data: bytes, **said: str) -> str:
        """The address of a new upload."""
        answer = self.create(data, **said)
        assert answer.status_code == 201, answer.content
        return str(answer["Location"])

    def patch(self, address: str, offset: int, piece: bytes, **headers: str) -> Any:
        return self.client.patch(
            address,
            data=piece,
            content_type=PIECES,
            headers={"Content-Type": PIECES, "Tus-Resumable": "1.0.0", "Upload-Offset": str(offset), **headers},
        )

    def head(self, address: str) -> Any:
        return self.client.head(address, headers={"Tus-Resumable": "1.0.0"})

    def delete(self, address: str) -> Any:
        return self.client.delete(address, headers={"Tus-Resumable": "1.0.0"})


def digest(algorithm: str, piece: bytes) -> str:
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, piece).digest()).decode()}"
