"""Uploaded files go straight to the data folder in blocks, hashed on the way; the request needs little memory."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

from fanwen.config.options import read
from fanwen.intake.app.incoming import Incoming
from fanwen.intake.types import IntakeError


class Received:
    """What the form finds in place of an uploaded file: the file in ``incoming/``, or why it was turned away."""

    def __init__(self, name: str, incoming: Incoming | None, error: IntakeError | None) -> None:
        self.name = name
        self.incoming = incoming
        self.error = error
        self.size = incoming.size if incoming else 0

    def close(self) -> None:
        """Remove the file if nobody has taken it over; Django calls this at the end of the request."""
        if self.incoming is not None:
            self.incoming.discard()


class StreamToIncoming(FileUploadHandler):
    """A file that is too large, or for which there is no room, is read to its end but kept nowhere: the browser gets
    an answer that names the cause instead of a broken connection. A body longer than any file may be is refused
    before it is read (`fanwen.reading.upload`)."""

    chunk_size = 256 * 1024

    def handle_raw_input(self, input_data: Any, META: dict[str, Any], content_length: int, *rest: Any) -> None:
        self._body_length = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._incoming: Incoming | None = None
        self._error: IntakeError | None = None
        try:
            self._incoming = Incoming(expected=min(self._body_length, read("FANWEN_MAX_UPLOAD_MB") * 1024 * 1024))
        except IntakeError as error:
            self._error = error

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self._incoming is None:
            return
        try:
            self._incoming.write(raw_data)
        except IntakeError as error:
            self._incoming, self._error = None, error

    def file_complete(self, file_size: int) -> Any:
        if self._incoming is not None:
            try:
                self._incoming.finish()
            except IntakeError as error:
                self._incoming, self._error = None, error
        received = Received(self.file_name or "", self._incoming, self._error)
        self._incoming = None
        return received

    def upload_interrupted(self) -> None:
        if incoming := getattr(self, "_incoming", None):
            incoming.discard()
