"""Every cause a file can be refused or fail for: what was wrong and what to do, as messages for translation.

Engines name a cause by its code (`IntakeError.code`, `Note.code`); whoever shows it translates and fills the message.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def gettext_noop(message: str) -> str:
    """Mark `message` for translation without needing a web framework."""
    return message


CAUSES: dict[str, str] = {
    "empty": gettext_noop("The file is empty. Please check that it was saved, and upload it again."),
    "unknown_format": gettext_noop(
        "This kind of file is not supported ({detected}). Please save it as DOCX, PDF or another supported format."
    ),
    "password": gettext_noop(
        "The file is protected by a password. Please remove the password in the program it was made with, "
        "and upload it again."
    ),
    "damaged": gettext_noop(
        "The file is damaged or incomplete. Please open it in the program it was made with, save it anew, "
        "and upload it again."
    ),
    "archive_bomb": gettext_noop(
        "The file unpacks to far more than its size allows, so it was not opened. Please check where it came from."
    ),
    "too_many_pages": gettext_noop("The document has {pages} pages; the limit is {limit}. Please split it."),
    "too_large": gettext_noop("The file is larger than the limit of {limit}. Please make it smaller or split it."),
    "timeout": gettext_noop(
        "Converting took longer than {seconds} seconds and was stopped. "
        "Please make the document smaller, or try again later."
    ),
    "converter_died": gettext_noop(
        "The converter stopped working on this document twice, so it was set aside. "
        "Please save it as PDF and upload that, or try again after an update of LibreOffice."
    ),
    "converter_missing": gettext_noop(
        "LibreOffice is not installed, so office documents can't be converted. "
        "Please ask the administrator to run “fanwen check”."
    ),
    "conversion_failed": gettext_noop(
        "LibreOffice could not open the document. Please save it anew, or save it as PDF, and upload that."
    ),
    "page_not_drawn": gettext_noop("This page could not be drawn. Please read its text, or download the original."),
    "no_space": gettext_noop("The server's disk is full. Nothing was stored. Please tell the administrator."),
    "no_space_later": gettext_noop(
        "The server's disk became full while the document was being prepared. The file itself is safe. "
        "Please tell the administrator, and try again later."
    ),
    "garbled": gettext_noop("The file did not arrive as it was sent. Please upload it again."),
    "too_many_uploads": gettext_noop(
        "You have {limit} unfinished uploads. Please finish or discard some of them first."
    ),
    "no_name": gettext_noop("The file came without a usable name. Please rename it, and upload it again."),
    "read_only": gettext_noop("The server's data folder can't be written. Please tell the administrator."),
    "missing_original": gettext_noop("The original file is missing on the server. Please tell the administrator."),
    "same_version": gettext_noop("This is the file that the document has already, so nothing was changed."),
    "same_as_other": gettext_noop(
        "This file is in the library already, as the document “{title}” (number {number}). Nothing was changed."
    ),
    "not_settled": gettext_noop(
        "The document is still being prepared. Please wait until that is done, and replace its file then."
    ),
    "internal": gettext_noop("An unexpected error occurred. It has been logged; please try again later."),
}

NOTES: dict[str, str] = {
    "sheet_cut": gettext_noop("This spreadsheet is very long: the first {limit} pages are shown."),
    "text_cut": gettext_noop("This text is very long: only its first {limit} characters are shown."),
    "external_links": gettext_noop("Links to outside pictures or files were not loaded."),
    "macros": gettext_noop("The document contains macros. They never run here."),
}


def explain(code: str, params: dict[str, Any], translate: Callable[[str], str]) -> str:
    """The message of a cause or note in the reader's language, filled in; an unknown code is told as ``internal``."""
    message = CAUSES.get(code) or NOTES.get(code) or CAUSES["internal"]
    return translate(message).format_map(_Shown(params))


class _Shown(dict[str, Any]):
    """Message parameters; one that is missing is left out rather than an error on an error page."""

    def __missing__(self, key: str) -> str:
        return ""
