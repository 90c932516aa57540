"""Files that mean harm, or that harm was done to: what each is called, how it is made and how it may end.

`cases(port)` lists them all. `port` is where something listens on loopback: no case may make a request to it. The same
list goes through the engines in tests/intake and through a whole running service.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile import archives, books, compound, disguises, macros, markup, names, pdfs, pictures, texts
from tests.hostile.case import READY, Case

__all__ = ["READY", "Case", "cases"]


def cases(port: int = 9) -> Iterator[Case]:
    """Every case, the cheap ones first within each kind."""
    for module in (archives, compound, disguises, macros, markup, texts, pictures, books, pdfs, names):
        yield from module.cases(port)
