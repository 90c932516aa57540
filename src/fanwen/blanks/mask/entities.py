"""All facts of a document: every finder's, settled where they overlap, and names found again where they recur."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import chain

from fanwen.blanks.mask.contacts import contacts
from fanwen.blanks.mask.figures import figures
from fanwen.blanks.mask.lexicon import Lexicon
from fanwen.blanks.mask.names import names
from fanwen.blanks.mask.types import Entity, Sort

_NAMES: frozenset[Sort] = frozenset({"person", "organization", "place"})


def entities(
    texts: Mapping[str, str], lexicon: Lexicon, sorts: Iterable[Sort] | None = None
) -> dict[str, list[Entity]]:
    """By passage id, the facts of its text in order, none overlapping. `sorts` limits what is looked for."""
    wanted = None if sorts is None else frozenset(sorts)
    found = {id_: _settled(text, lexicon, {}, wanted) for id_, text in texts.items()}
    known = {
        texts[id_][entity.start : entity.end]: entity.sort
        for id_, list_ in found.items()
        for entity in list_
        if entity.sure and entity.sort in _NAMES and entity.end - entity.start > 1
    }
    if not known:
        return found
    anywhere = re.compile("|".join(re.escape(name) for name in sorted(known, key=len, reverse=True)))
    return {
        id_: _settled(text, lexicon, known, wanted) if anywhere.search(text) else found[id_]
        for id_, text in texts.items()
    }


def _settled(text: str, lexicon: Lexicon, known: Mapping[str, Sort], wanted: frozenset[Sort] | None) -> list[Entity]:
    """The finders in the order in which they are believed; sure ones before the doubtful."""
    if not text.strip():
        return []
    groups = (
        lexicon.find(text),
        contacts(text),
        figures(text),
        names(text),
        Lexicon(dict(known)).find(text) if known else (),
    )
    candidates = list(chain.from_iterable(groups))
    # a name known from elsewhere keeps its own shape where a finder saw it here too
    order = sorted(range(len(candidates)), key=lambda n: (not candidates[n].sure, n))
    kept = [match.span() for word in lexicon.kept for match in re.finditer(re.escape(word), text)]
    taken: list[Entity] = []
    for number in order:
        entity = candidates[number]
        inside = any(start <= entity.start and entity.end <= end for start, end in kept)
        if inside or entity.start == entity.end or (wanted is not None and entity.sort not in wanted):
            continue
        if not any(other.start < entity.end and entity.start < other.end for other in taken):
            taken.append(entity)
    return sorted(taken, key=lambda entity: entity.start)
