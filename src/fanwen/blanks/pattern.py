"""A template's paragraphs as patterns: their tokens, with wildcards where the blanks stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from lxml import etree

from fanwen.blanks.align import Fixed, Wild
from fanwen.blanks.docx.paragraph import Paragraph
from fanwen.blanks.docx.tokens import Token, formatting_of, tokens
from fanwen.blanks.markup.nodes import Node, Source
from fanwen.blanks.markup.plain import local, parse
from fanwen.blanks.types import Blank

Pattern = list[Fixed[Token] | Wild]
_MARK_ONLY = frozenset({"ins", "del", "moveFrom", "moveTo", "rPrChange"})


class PatternMaker:
    """Patterns of the paragraphs of one part. `blanks` are by passage id."""

    def __init__(
        self,
        source: Source,
        tags: Mapping[str, str],
        paragraphs: Iterable[Paragraph],
        blanks: Mapping[str, Sequence[Blank]],
    ) -> None:
        self.root = parse(source.data)
        elements = (element for element in self.root.iter() if _expanded(element) in tags)
        # both parsers see the same elements in the same order, so they pair up
        self._element = {node.start: element for node, element in zip(source.nodes, elements, strict=True)}
        self._paragraphs: dict[etree._Element, tuple[Paragraph, Sequence[Blank]]] = {}
        loose: set[etree._Element] = set()
        for paragraph in paragraphs:
            found = blanks.get(paragraph.id, ())
            for version in (paragraph, *paragraph.twins):
                self._paragraphs[self._element[version.node.start]] = (version, found)
                loose |= self._loosened(version, found)
        self._loose = loose
        settings = [element for element in self.root.iter() if local(element) == "sdtPr"]
        self.loose_settings = frozenset(number for number, element in enumerate(settings) if element in loose)

    def pattern(self, element: etree._Element) -> tuple[Pattern, Sequence[Blank]]:
        """The pattern of the paragraph `element`, and the blanks that its wildcards number."""
        row = [replace(token, is_loose=token.element in self._loose) for token in tokens(element)]
        known = self._paragraphs.get(element)
        if known is None:
            return [Fixed(token) for token in row], ()
        paragraph, blanks = known
        wild: dict[int, Wild] = {}
        before: dict[int, list[Wild]] = {}
        for number, blank in enumerate(blanks):
            covered = self._covered(paragraph, row, blank.start, blank.end)
            if blank.start < blank.end:
                allowed = {(row[at].formatting, row[at].path) for at in covered}
                wilds = Wild(number, frozenset(allowed | self._undimmed(paragraph, blank, row, covered)))
                wild.update(dict.fromkeys(covered, wilds))
            else:
                for at, where in self._gaps(paragraph, row, blank.start):
                    before.setdefault(at, []).append(Wild(number, where))
        made: Pattern = []
        for at, token in enumerate(row):
            made += before.get(at, ())
            if at not in wild:
                made.append(Fixed(token))
            elif at - 1 not in wild or wild[at - 1] is not wild[at]:
                made.append(wild[at])
        return [*made, *before.get(len(row), ())], blanks

    def _first(self, row: Sequence[Token]) -> dict[etree._Element, int]:
        first: dict[etree._Element, int] = {}
        for at, token in enumerate(row):
            if token.kind == "character" and token.element is not None:
                first.setdefault(token.element, at)
        return first

    def _covered(self, paragraph: Paragraph, row: Sequence[Token], start: int, end: int) -> list[int]:
        """Where in `row` the characters from `start` to `end` of the paragraph stand."""
        first = self._first(row)
        found = []
        for atom in paragraph.atoms:
            at = first.get(self._element[atom.node.start])
            if at is not None:
                found += [at + n - atom.start for n in range(max(start, atom.start), min(end, atom.end))]
        return found

    def _gaps(self, paragraph: Paragraph, row: Sequence[Token], offset: int) -> list[tuple[int, Any]]:
        """Where text may be put at `offset`, as (place in `row`, what it may look like)."""
        looks = {(self._mark_formatting(paragraph.node), ())}
        places = []
        for control in paragraph.controls:
            content = self._element.get(control.content.start) if control.content else None
            if control.start == control.end == offset and content is not None:
                at = next((n for n, token in enumerate(row) if token.element is content), None)
                if at is not None:
                    path = (*row[at].path, content.tag)
                    own = {
                        (self._control_formatting(control.node), path),
                        (self._mark_formatting(paragraph.node), path),
                    }
                    places.append((at + 1, frozenset(own)))
        before = self._covered(paragraph, row, offset - 1, offset) if offset else []
        after = self._covered(paragraph, row, offset, offset + 1)
        looks |= {(row[at].formatting, row[at].path) for at in (*before, *after)}
        places += [(at + 1, frozenset(looks)) for at in before] + [(at, frozenset(looks)) for at in after]
        if offset == len(paragraph.text):
            runs = {(_run_formatting(run), ()) for run in paragraph_runs(self._element[paragraph.node.start])[-1:]}
            places.append((len(row), frozenset(looks | runs)))
        return places

    def _undimmed(self, paragraph: Paragraph, blank: Blank, row: Sequence[Token], covered: list[int]) -> set[Any]:
        """What a control's prompt looks like once it is no prompt: without its character style."""
        if not any(control.start <= blank.start and blank.end <= control.end for control in paragraph.controls):
            return set()
        looks = set()
        for at in covered:
            element = row[at].element
            run = element.getparent() if element is not None else None
            for child in run if run is not None else ():
                if local(child) == "rPr":
                    looks.add((formatting_of(child, without=frozenset({"rStyle"})), row[at].path))
        return looks

    def _loosened(self, paragraph: Paragraph, blanks: Sequence[Blank]) -> set[etree._Element]:
        """Elements whose state a filled blank may set: control settings, form data, a merge field's lock."""
        nodes: list[Node] = []
        for blank in blanks:
            low, high = blank.start, max(blank.end, blank.start + 1)
            for control in paragraph.controls:
                if control.start < high and low < max(control.end, control.start + 1):
                    nodes += [node for node in control.node.children if node.tag == "w:sdtPr"]
            for field in paragraph.fields:
                if field.start < high and low < max(field.end, field.start + 1):
                    nodes += [field.begin, *field.begin.all("w:ffData")]
        return {self._element[node.start] for node in nodes}

    def _mark_formatting(self, paragraph: Node) -> Any:
        end = paragraph.child("a:endParaRPr")
        if end is not None:
            said = formatting_of(self._element[end.start])
            return said and (str(said[0]).replace("endParaRPr", "rPr"), *said[1:])
        settings = paragraph.child("w:pPr")
        own = settings.child("w:rPr") if settings else None
        return formatting_of(self._element[own.start], without=_MARK_ONLY) if own else None

    def _control_formatting(self, control: Node) -> Any:
        settings = control.child("w:sdtPr")
        own = settings.child("w:rPr") if settings else None
        return formatting_of(self._element[own.start]) if own else None


def paragraph_runs(paragraph: etree._Element) -> list[etree._Element]:
    """The runs that stand directly in `paragraph`."""
    return [child for child in paragraph if local(child) == "r"]


def _run_formatting(run: etree._Element) -> Any:
    for child in run:
        if local(child) == "rPr":
            return formatting_of(child)
    return None


def _expanded(element: etree._Element) -> str:
    return element.tag[1:].replace("}", " ", 1) if isinstance(element.tag, str) else ""
