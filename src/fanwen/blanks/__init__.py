"""Blanks of a document: detect, fill, mask, diff. Plain Python without Django.

What is named here is loaded when it is first asked for: the tables of `fanwen.blanks.app` are loaded by every command, and
should not bring dictionaries and a hundred patterns with them.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fanwen.blanks.detect import detect
    from fanwen.blanks.diff import diff
    from fanwen.blanks.fill import Template, fill
    from fanwen.blanks.mask import mask, unmask
    from fanwen.blanks.read import read_story
    from fanwen.blanks.types import Blank, to_json

__all__ = ["Blank", "Template", "detect", "diff", "fill", "mask", "read_story", "to_json", "unmask"]


class _Named(property):
    """A name of another module. Modules of this package that share a name with what they define, such as `detect`, are set
    as attributes when they are imported; that is passed over, so that the name means the function always."""

    def __init__(self, module: str, name: str) -> None:
        super().__init__(lambda _: getattr(importlib.import_module(f"fanwen.blanks.{module}"), name), lambda *_: None)


class _Package(ModuleType):
    detect: Any = _Named("detect", "detect")
    diff: Any = _Named("diff", "diff")
    Template: Any = _Named("fill", "Template")
    fill: Any = _Named("fill", "fill")
    mask: Any = _Named("mask", "mask")
    unmask: Any = _Named("mask", "unmask")
    read_story: Any = _Named("read", "read_story")
    Blank: Any = _Named("types", "Blank")
    to_json: Any = _Named("types", "to_json")


sys.modules[__name__].__class__ = _Package
