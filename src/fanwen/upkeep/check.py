"""Everything ``fanwen check`` looks at, in order, and putting right what can be put right."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fanwen.upkeep.checks import database, files, folder, fonts, incoming, index, machine, queue, texts
from fanwen.upkeep.findings import Finding


def check(*, deep: bool = False, progress: Callable[[int], None] = lambda size: None) -> Iterator[Finding]:
    """Look at the machine, the data folder and the catalogue. Changes nothing.

    A `deep` check reads every original and the whole database, and calls `progress` with the bytes read of originals.
    """
    yield from machine.findings()
    yield from fonts.findings()
    yield from folder.findings()
    found = list(database.findings(deep=deep))
    yield from found
    if database.usable() and not any(finding.state == "problem" for finding in found):
        yield from incoming.findings()
        yield from queue.findings()
        yield from files.findings(deep=deep, progress=progress)
        yield from texts.findings()
        yield from index.findings()


def repair() -> Iterator[tuple[Finding, str]]:
    """Put right what can be, in the order of `check`, since one repair may show the need of the next: each finding
    that had a repair, and what was done."""
    for finding in check():
        if finding.repair is not None:
            yield finding, finding.repair()
