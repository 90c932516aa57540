"""Every setting an administrator can give, as rows: one table drives parsing, `fanwen check` and the documentation."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True)
class Option:
    name: str
    kind: Literal["text", "integer", "yes_no", "list"]
    default: Any
    help: str


OPTIONS = (
    Option("FANWEN_DATA", "text", "data", "The data folder: database, originals, renditions, index, cache."),
    Option("FANWEN_HOSTS", "list", "*", "Host names the site answers to, parted by commas."),
    Option(
        "FANWEN_ORIGINS",
        "list",
        "",
        "Full origins (https://example.org) that forms may be sent from behind a proxy.",
    ),
    Option(
        "FANWEN_HTTPS",
        "yes_no",
        False,
        "The site is reached over HTTPS: cookies are marked secure, HSTS is sent.",
    ),
    Option(
        "FANWEN_PROXIES",
        "list",
        "",
        "Addresses or networks of the proxies before the site; their X-Forwarded-For tells visitors apart.",
    ),
    Option(
        "FANWEN_SECRET_KEY",
        "text",
        "",
        "The signing key; without it one is made and kept in the data folder.",
    ),
    Option("FANWEN_SITE_NAME", "text", "", "The site's name; without it the interface's own."),
    Option(
        "FANWEN_LANGUAGE",
        "text",
        "zh-hans",
        "The language for visitors whose browser asks for neither: zh-hans or en.",
    ),
    Option(
        "FANWEN_WORKERS",
        "integer",
        0,
        "Worker processes, each with a LibreOffice of its own; 0 means one per core.",
    ),
    Option("FANWEN_MAX_UPLOAD_MB", "integer", 2048, "The largest file accepted, in megabytes."),
    Option("FANWEN_UPLOAD_HOURS", "integer", 72, "How long an unfinished upload waits for its rest, in hours."),
    Option("FANWEN_MAX_PAGES", "integer", 5000, "The most pages a document may have."),
    Option("FANWEN_SHEET_PAGES", "integer", 200, "The most pages a spreadsheet is laid out to."),
    Option(
        "FANWEN_CACHE_MB",
        "integer",
        512,
        "Room for page images, in megabytes; the least recently used go first.",
    ),
    Option(
        "FANWEN_OCR",
        "yes_no",
        True,
        "Recognise text on pages that are only pictures, where OCR is installed.",
    ),
    Option("FANWEN_SANDBOX", "yes_no", True, "Run converters under bubblewrap where the machine allows it."),
    Option("FANWEN_LOG", "text", "plain", "Log lines as plain text or json."),
    Option("FANWEN_DEBUG", "yes_no", False, "Django's debug pages; never on a site that others reach."),
)

_BY_NAME = {option.name: option for option in OPTIONS}


class BadOption(Exception):
    """A setting whose value can't be read; the message names it, its value and what is expected."""


def read(name: str) -> Any:
    """The value of one option, from the environment or from the file that ``<NAME>_FILE`` names."""
    option = _BY_NAME[name]
    raw = os.environ.get(name)
    if raw is None and (file := os.environ.get(f"{name}_FILE")):
        try:
            raw = Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise BadOption(f"{name}_FILE names {file!r}, which can't be read: {error.strerror}") from error
    if raw is None:
        return option.default if option.kind != "list" else _split(option.default)
    return _parse(option, raw)


def _parse(option: Option, raw: str) -> Any:
    if option.kind == "integer":
        try:
            return int(raw)
        except ValueError as error:
            raise BadOption(f"{option.name} is {raw!r}; a whole number is expected") from error
    if option.kind == "yes_no":
        if raw.lower() in {"1", "yes", "true", "on"}:
            return True
        if raw.lower() in {"", "0", "no", "false", "off"}:
            return False
        raise BadOption(f"{option.name} is {raw!r}; yes or no is expected")
    if option.kind == "list":
        return _split(raw)
    return raw


def _split(raw: str) -> list[str]:
    return [part.strip() for part in raw.split(",") if part.strip()]
