"""Compare one text part of a template with the same part of a filled document, paragraph by paragraph."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from lxml import etree

from fanwen.blanks.align import Fixed, Wild, align
from fanwen.blanks.docx.paragraph import Paragraph
from fanwen.blanks.docx.tokens import Token, meaning, tokens
from fanwen.blanks.markup.nodes import Source
from fanwen.blanks.markup.plain import local, parse
from fanwen.blanks.pattern import PatternMaker
from fanwen.blanks.types import Blank


@dataclass(frozen=True)
class Other:
    """A change outside the blanks. `kind`: text, formatting, structure, added, removed or part."""

    place: str
    kind: str
    before: str
    after: str

    def to_dict(self) -> dict[str, str]:
        return {"place": self.place, "kind": self.kind, "before": self.before, "after": self.after}


class PartComparison:
    """`taken` holds, by blank id, what stands in each blank of the filled part; `others` what else changed."""

    def __init__(
        self,
        part: str,
        source: Source,
        tags: Mapping[str, str],
        paragraphs: Iterable[Paragraph],
        blanks: Mapping[str, Sequence[Blank]],
        filled: bytes,
    ) -> None:
        self.taken: dict[str, str] = {}
        self.others: list[Other] = []
        self._part = part
        self._patterns = PatternMaker(source, tags, paragraphs, blanks)
        ours, theirs = _paragraphs(self._patterns.root), _paragraphs(parse(filled))
        if len(ours) == len(theirs):
            for number, (one, other) in enumerate(zip(ours, theirs, strict=True)):
                self._compare(number, one, other)
            self._compare_skeletons(self._patterns.root, theirs, filled)
        else:
            self._compare_unequal(ours, theirs)

    def _compare(self, number: int, ours: etree._Element, theirs: etree._Element) -> None:
        pattern, blanks = self._patterns.pattern(ours)
        given = tokens(theirs)
        found = align(pattern, given, _same, _fits)
        if found is not None:
            taken = [_text(found.get(index, [])) for index in range(len(blanks))]
            likely = _shared_out(blanks, _as_they_were(blanks, taken, _between(pattern, len(blanks))))
            for blank, text in zip(blanks, likely, strict=True):
                # text of the fallback of a text box is that of the text box itself
                self.taken.setdefault(blank.id, text)
            return
        before, after = _text(tokens(ours)), _text(given)
        self.others.append(Other(f"{self._part}#{number}", _kind(pattern, given), before, after))

    def _compare_skeletons(self, root: etree._Element, theirs: list[etree._Element], filled: bytes) -> None:
        other = theirs[0].getroottree().getroot() if theirs else parse(filled)
        loose = self._patterns.loose_settings
        if _skeleton(root, loose) != _skeleton(other, loose):
            found = _first_difference(_flat(root, loose), _flat(other, loose))
            self.others.append(Other(self._part, "structure", *found))

    def _compare_unequal(self, ours: list[etree._Element], theirs: list[etree._Element]) -> None:
        """Paragraphs were added or removed: those that still match are compared, the others listed."""
        before, after = [_text(tokens(p)) for p in ours], [_text(tokens(p)) for p in theirs]
        for action, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            paired = min(i2 - i1, j2 - j1)
            for step in range(paired):
                self._compare(i1 + step, ours[i1 + step], theirs[j1 + step])
            if action == "equal":
                continue
            for number in range(i1 + paired, i2):
                self.others.append(Other(f"{self._part}#{number}", "removed", before[number], ""))
            for number in range(j1 + paired, j2):
                self.others.append(Other(f"{self._part}#{number}", "added", "", after[number]))


def _paragraphs(root: etree._Element) -> list[etree._Element]:
    return [element for element in root.iter() if local(element) == "p" and _is_text(element)]


def _is_text(element: etree._Element) -> bool:
    return (
        "wordprocessingml" in str(element.tag)
        or "drawingml/2006/main" in str(element.tag)
        or "ooxml" in str(element.tag)
    )


def _same(one: Token, other: Token) -> bool:
    if one.kind != other.kind or one.path != other.path or one.formatting != other.formatting:
        return False
    return one.value == other.value or (one.is_loose and one.loose == other.loose)


def _fits(wild: Wild, token: Token) -> bool:
    return token.kind == "character" and (token.formatting, token.path) in wild.allowed


def _kind(pattern: Sequence[Fixed[Token] | Wild], given: Sequence[Token]) -> str:
    def same_but_formatting(one: Token, other: Token) -> bool:
        return one.kind == other.kind and (one.value == other.value or one.kind == "element")

    def any_character(_: Wild, token: Token) -> bool:
        return token.kind == "character"

    if align(pattern, given, same_but_formatting, any_character) is not None:
        return "formatting"
    text = [part for part in pattern if isinstance(part, Wild) or part.token.kind == "character"]
    characters = [token for token in given if token.kind == "character"]
    return "text" if align(text, characters, same_but_formatting, any_character) is None else "structure"


def _shared_out(blanks: Sequence[Blank], taken: Sequence[str]) -> list[str]:
    """Where nothing stands between two blanks (□____), which of them a character fills can't be seen: the first one is
    taken to be as it was, if what stands there begins so."""
    texts = list(taken)
    for at, (one, other) in enumerate(pairwise(blanks)):
        joined = texts[at] + texts[at + 1]
        touching = one.passage == other.passage and one.end == other.start
        if touching and texts[at] != one.text and joined.startswith(one.text):
            texts[at], texts[at + 1] = one.text, joined[len(one.text) :]
    return texts


def _as_they_were(blanks: Sequence[Blank], taken: Sequence[str], between: Sequence[str]) -> list[str]:
    """Where a value begins or ends as the text beside its blank does, several readings are possible ("0 " in the first of
    "_ _" leaves "0  _"): of two neighbours that seem to have changed, one that may be as it was is taken to be."""
    texts = list(taken)
    for at in reversed(range(len(texts) - 1)):
        one, other, text = blanks[at], blanks[at + 1], between[at]
        if not text or texts[at] == one.text or texts[at + 1] == other.text:
            continue
        joined = texts[at] + text + texts[at + 1]
        if joined.endswith(text + other.text):
            texts[at], texts[at + 1] = joined.removesuffix(text + other.text), other.text
        elif joined.startswith(one.text + text):
            texts[at], texts[at + 1] = one.text, joined.removeprefix(one.text + text)
    return texts


def _between(pattern: Sequence[Fixed[Token] | Wild], count: int) -> list[str]:
    """What stands behind each of `count` blanks until the next one; nothing where that is more than characters."""
    behind: list[list[Token]] = [[] for _ in range(count)]
    at = -1
    for part in pattern:
        if isinstance(part, Wild):
            at = part.blank
            behind[at] = []
        elif at >= 0:
            behind[at].append(part.token)
    return [_text(row) if all(token.kind == "character" for token in row) else "" for row in behind]


def _text(found: Iterable[Token]) -> str:
    return "".join(token.value if isinstance(token.value, str) else "□" for token in found if token.kind == "character")


def _skeleton(root: etree._Element, loose: frozenset[int]) -> list[Any]:
    return _flat(root, loose)


def _flat(root: etree._Element, loose: frozenset[int]) -> list[Any]:
    """Everything outside paragraphs, in order; settings of content controls in `loose` (by number) without what
    filling them sets."""
    rows: list[Any] = []
    settings = 0

    def walk(element: etree._Element) -> None:
        nonlocal settings
        if local(element) == "p" and _is_text(element):
            rows.append("paragraph")
            settings += sum(1 for below in element.iter() if local(below) == "sdtPr")
            return
        if local(element) == "sdtPr":
            without = frozenset({"showingPlcHdr", "checked"}) if settings in loose else frozenset()
            settings += 1
            rows.append(meaning(element, without=without))
            return
        if not local(element):
            return
        own = meaning(element) if len(element) == 0 else (element.tag, tuple(sorted(_plain(element))))
        rows.append(own)
        for child in element:
            walk(child)
        rows.append("end")

    walk(root)
    return rows


def _plain(element: etree._Element) -> list[tuple[str, str]]:
    return [(str(k), str(v)) for k, v in element.attrib.items() if not str(k).rpartition("}")[2].startswith("rsid")]


def _first_difference(ours: list[Any], theirs: list[Any]) -> tuple[str, str]:
    for one, other in zip(ours, theirs, strict=False):
        if one != other:
            return _shown(one), _shown(other)
    return f"{len(ours)} elements", f"{len(theirs)} elements"


def _shown(row: Any) -> str:
    if isinstance(row, str):
        return row
    name = str(row[0]).rpartition("}")[2]
    said = " ".join(f"{key.rpartition('}')[2]}={value}" for key, value in row[1])
    return f"{name} {said}".strip()
