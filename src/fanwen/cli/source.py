"""The document that a command works on: a file, or a document of the library by its number."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from fanwen.blanks.corrections import apply
from fanwen.blanks.errors import BlanksError
from fanwen.blanks.optional import Stretch, locate
from fanwen.blanks.rules import Rule
from fanwen.blanks.story import Story
from fanwen.blanks.types import Blank
from fanwen.intake.causes import CAUSES
from fanwen.intake.types import IntakeError


@dataclass(frozen=True)
class Given:
    path: Path
    name: str
    """What the file is called; the library stores originals without their names."""
    number: str = ""
    """Of a document of the library."""

    def corrected(self, story: Story, blanks: Sequence[Blank]) -> tuple[Blank, ...]:
        """`blanks` as the document's editor corrected them; a file by itself has none."""
        if not self.number:
            return tuple(blanks)
        from fanwen.blanks.app.correcting import edits_for

        return apply(story, blanks, edits_for(self.number)).blanks

    def rules(self) -> list[Rule]:
        """The checks between its fields that the document's editor wrote down."""
        if not self.number:
            return []
        from fanwen.blanks.app.correcting import rules_for

        return rules_for(self.number)

    def stretches(self, story: Story) -> tuple[Stretch, ...]:
        """What the document's editor marked as optional."""
        if not self.number:
            return ()
        from fanwen.blanks.app.correcting import optional_for

        return locate(story, optional_for(self.number))[0]


def given(file_or_number: str) -> Given:
    """The file named so, else the original of the document with that number."""
    path = Path(file_or_number)
    if path.is_file():
        return Given(path, path.name)
    if not re.fullmatch(r"\d{9}", file_or_number):
        raise click.ClickException(f"there is no file {file_or_number}")
    from django.conf import settings

    from fanwen.cli.console import document_or_stop
    from fanwen.upkeep.ready import make_ready

    make_ready()
    document = document_or_stop(file_or_number)
    return Given(settings.FOLDERS.original(document.original_id), document.original_name, document.number)


def answers(command: Callable[..., None]) -> Callable[..., None]:
    """Turn what is wrong with a file or a value into a sentence on standard error and exit status 1."""

    @wraps(command)
    def wrapped(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except BlanksError as error:
            raise click.ClickException(str(error)) from error
        except IntakeError as error:
            raise click.ClickException(cause(error)) from error
        except OSError as error:
            raise click.ClickException(f"{error.strerror or error}: {error.filename or ''}".rstrip(": ")) from error

    return wrapped


def said(wrong: object) -> str:
    """What is wrong, as a sentence."""
    return cause(wrong) if isinstance(wrong, IntakeError) else str(wrong)


def cause(error: IntakeError) -> str:
    """The error's message with its particulars."""
    return CAUSES[error.code].format(**error.params)


def read_json(said: str) -> Any:
    """JSON given literally or as the name of a file that holds it."""
    text = said
    if not said.lstrip().startswith(("{", "[")):
        try:
            text = Path(said).read_text(encoding="utf-8-sig")
        except FileNotFoundError as error:
            raise click.ClickException(f"there is no file {said}") from error
        except UnicodeDecodeError as error:
            raise click.ClickException(f"{said} is not JSON in UTF-8") from error
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise click.ClickException(f"{'the values' if text == said else said}: not JSON ({error})") from error


@contextmanager
def pdf_maker() -> Iterator[Callable[[bytes], bytes]]:
    """A function that makes the PDF of a DOCX; one office for all calls."""
    import tempfile

    from fanwen.intake.formats import KINDS
    from fanwen.intake.office import Office

    with tempfile.TemporaryDirectory(prefix="fanwen-") as folder, Office(Path(folder) / "office") as office:

        def convert(data: bytes) -> bytes:
            source, target = Path(folder) / "filled.docx", Path(folder) / "filled.pdf"
            source.write_bytes(data)
            office.convert(source, KINDS["docx"], target)
            return target.read_bytes()

        yield convert
