"""Load a document, make it presentable, store it in another format."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import NamedValue, PropertyValue

from . import sheets, texts
from .questions import Questions

NEVER_EXECUTE = 0
"""com.sun.star.document.MacroExecMode"""
NO_UPDATE = 0
"""com.sun.star.document.UpdateDocMode"""
OPENDOCUMENT = ("writer8", "writer8_template", "calc8", "calc8_template", "impress8", "impress8_template")


class Refused(Exception):
    """LibreOffice would not have the document. `code`: ``password``, ``damaged``, ``load`` or ``store``."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def properties_of(**values: Any) -> tuple[Any, ...]:
    """Named values in the form UNO takes them."""
    return tuple(_property(name, value) for name, value in values.items())


def _property(name: str, value: Any) -> Any:
    made = PropertyValue()
    made.Name = name
    made.Value = value
    return made


def _named(values: dict[str, Any]) -> tuple[Any, ...]:
    made = []
    for name, value in values.items():
        made.append(NamedValue())
        made[-1].Name = name
        made[-1].Value = value
    return tuple(made)


def export(context: Any, desktop: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Do what `request` says and tell what was learnt.

    Request: `source`, `filter`, `filter_options`; `target`, `export`, `export_options` (values of the filter data),
    `password` (to store with), `layout` ("word", "html", "sheet", "slides", or "" to leave the document as it is) and
    `pages` (limit for sheets). Answer: `properties`, `cut`, and seconds for `load` and `store`.
    """
    started = time.monotonic()
    document = _load(desktop, request)
    loaded = time.monotonic()
    try:
        options = dict(request["export_options"])
        cut = False
        if request["layout"] == "sheet":
            cut = sheets.lay_out(document, request["pages"], columns=request["filter"].startswith("Text"))
            options["PageRange"] = f"1-{request['pages']}"
        elif request["layout"] in ("word", "html"):
            texts.lay_out(context, document, page=request["layout"] == "html")
        _store(document, request, options)
        if request["layout"] == "sheet" and not cut:
            cut = sheets.more_than(document, request["pages"], Path(request["target"]))
        return {
            "properties": _properties(document),
            "cut": cut,
            "load": loaded - started,
            "store": time.monotonic() - loaded,
        }
    finally:
        document.close(True)


def _load(desktop: Any, request: dict[str, Any]) -> Any:
    questions = Questions()
    arguments = {
        "Hidden": True,
        "ReadOnly": request["layout"] not in ("word", "html"),
        "FilterName": request["filter"],
        "FilterOptions": request["filter_options"],
        "MacroExecutionMode": NEVER_EXECUTE,
        "UpdateDocMode": NO_UPDATE,
        "InteractionHandler": questions,
    }
    document, detail = _try(desktop, request["source"], arguments)
    whole = request["filter"] in OPENDOCUMENT and zipfile.is_zipfile(request["source"])
    if document is None and whole and not questions.password:
        # A package with files its manifest does not list counts as damaged, though all there is to read is there.
        document, detail = _try(desktop, request["source"], {**arguments, "RepairPackage": True})
    if document is not None:
        return document
    if questions.password:
        raise Refused("password")
    if questions.broken:
        raise Refused("damaged", detail)
    raise Refused("load", detail or "; ".join(questions.asked))


def _try(desktop: Any, source: str, arguments: dict[str, Any]) -> tuple[Any, str]:
    """The document or None, and what was said about it."""
    try:
        return desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, properties_of(**arguments)), ""
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"


def _store(document: Any, request: dict[str, Any], options: dict[str, Any]) -> None:
    arguments = {"FilterName": request["export"], "Overwrite": True}
    if options:
        arguments["FilterData"] = uno.Any("[]com.sun.star.beans.PropertyValue", properties_of(**options))
    if request["password"] and request["export"].endswith("XML"):
        encryption = {"CryptoType": "Standard", "OOXPassword": request["password"]}
        arguments["EncryptionData"] = uno.Any("[]com.sun.star.beans.NamedValue", _named(encryption))
    elif request["password"]:
        arguments["Password"] = request["password"]
    try:
        document.storeToURL(Path(request["target"]).as_uri(), properties_of(**arguments))
    except Exception as error:
        raise Refused("store", f"{type(error).__name__}: {error}") from error


def _properties(document: Any) -> dict[str, Any]:
    found = document.getDocumentProperties()
    return {
        "title": found.Title,
        "subject": found.Subject,
        "keywords": list(found.Keywords),
        "author": found.Author,
    }
