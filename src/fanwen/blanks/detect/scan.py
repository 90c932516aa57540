"""All holes of a story, in order and without overlap."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from fanwen.blanks.detect import tables
from fanwen.blanks.detect.boxes import boxes
from fanwen.blanks.detect.empty_labels import empty_labels
from fanwen.blanks.detect.hole import SPACES, Hole
from fanwen.blanks.detect.labels import clean
from fanwen.blanks.detect.list_items import announces, empty_items, is_item_of_rules
from fanwen.blanks.detect.marked import marked_holes
from fanwen.blanks.detect.measure import unit_word
from fanwen.blanks.detect.placeholders import Placeholder, believed, placeholders
from fanwen.blanks.detect.prompts import empty_brackets, prompts
from fanwen.blanks.detect.protected import overlaps, protected
from fanwen.blanks.detect.runs import UNDERSCORES, crosses, is_rule_line, leaders
from fanwen.blanks.detect.spaces import spaced_dates, underlined
from fanwen.blanks.story import Passage
from fanwen.blanks.types import Form

_UNDERSCORE = re.compile(r"[_＿﹍﹎‗]")
_CROSS = re.compile(r"[×╳✕✖XＸxｘ*＊○◯〇△▲●]")
_LEADER = re.compile(r"…{3}|⋯{3}|\.{4}|．{4}|·{4}|。{6}|[—─━–]{3}|-{4}|－{4}")
_BRACKET = re.compile(r"[【\[［〔（(<＜〈{｛«]|击|请|在此|此处|选择一项")
_BOX = re.compile(r"[□☐❏❑❒▢◻⬜☑☒○◯]|\[ \]|[（(][ \u3000][)）]")
_SPACED_DATE = re.compile(
    r"[共计约达期需][ \u3000]{2}|第[ \u3000]{2}|[（(〔\[]20[ \u3000]|[年月时点][ \u3000\xa0\t]|[ \u3000\xa0\t]年"
)


class Scanner:
    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.holes: list[list[Hole]] = [[] for _ in passages]
        self.weak: list[tuple[int, Placeholder]] = []

    def run(self) -> list[Hole]:
        for index, passage in enumerate(self.passages):
            if passage.text or passage.marks:
                self._scan(index, passage)
        self._placeholders()
        labelling = self._cells()
        for index, place, head in empty_items(self.passages):
            self._add(index, place, place, "label", label=head, explicit=True, listed=True)
        for index, passage in enumerate(self.passages):
            if "：" in passage.text or ":" in passage.text:
                taken = [(hole.start, hole.end) for hole in self.holes[index]]
                taken.extend(
                    (mark.start, mark.end)
                    for mark in passage.marks
                    if mark.kind in ("control", "merge_field", "form_field", "field")
                )
                if any(mark.kind == "code" for mark in passage.marks) or announces(self.passages, index):
                    continue
                for place, label in empty_labels(self.passages, index, sorted(taken), index in labelling):
                    self._add(index, place, place, "label", label=label, explicit=True)
        found: list[Hole] = []
        for holes in self.holes:
            holes.sort(key=lambda hole: (hole.start, hole.end))
            found.extend(holes)
        return found

    def _add(self, index: int, start: int, end: int, form: Form, **more: Any) -> None:
        holes = self.holes[index]
        place = bisect_left(holes, (start, end), key=lambda hole: (hole.start, hole.end))
        for other in holes[max(0, place - 1) : place + 1]:
            if (
                (start < other.end and other.start < end)
                or (start == end == other.start)
                or (other.start == other.end == start == end)
            ):
                return
        holes.insert(place, Hole(index, start, end, form, **more))

    def add_marked(self, index: int, passage: Passage) -> None:
        for hole in marked_holes(passage):
            self._add(
                index,
                hole.start,
                hole.end,
                hole.form,
                prompt=hole.prompt,
                key=hole.key,
                type=hole.type,
                label=hole.label,
                explicit=hole.explicit,
            )

    def add_prompts(self, index: int, passage: Passage, only: Form | None = None) -> None:
        closed = [(mark.start, mark.end) for mark in passage.marks if mark.kind in ("field", "code")]
        found = prompts(passage.text, cell=passage.cell is not None)
        for prompt in sorted(found, key=lambda one: one.start):
            if (only is None or prompt.form == only) and not overlaps(prompt.start, prompt.end, closed):
                key = f"tag {prompt.words.partition('|')[0].strip()}" if prompt.form == "tag" else ""
                self._add(index, prompt.start, prompt.end, prompt.form, prompt=prompt.words, key=key)

    def _scan(self, index: int, passage: Passage) -> None:
        text = passage.text
        closed = [(mark.start, mark.end) for mark in passage.marks if mark.kind in ("field", "code")]
        self.add_marked(index, passage)
        if _BRACKET.search(text):
            self.add_prompts(index, passage)
        lines = _rule_lines(text, passage)
        names = [*closed, *protected(text), *lines]
        if _UNDERSCORE.search(text):
            for match in UNDERSCORES.finditer(text):
                if not overlaps(match.start(), match.end(), names):
                    self._add(index, match.start(), match.end(), "underscore")
        if _CROSS.search(text):
            for start, end in crosses(text):
                if not overlaps(start, end, names):
                    self._add(index, start, end, "cross")
        if _BOX.search(text):
            self._boxes(index, text, closed)
        if "某" in text:
            self.weak.extend((index, item) for item in placeholders(text) if not overlaps(item.start, item.end, closed))
        if _LEADER.search(text):
            for start, end in leaders(text):
                if not overlaps(start, end, names):
                    self._add(index, start, end, "leader")
        if passage.marks and any(mark.kind == "underline" for mark in passage.marks):
            for start, end in underlined(passage):
                if not overlaps(start, end, [*closed, *lines]):
                    self._add(index, start, end, "rule")
        if _SPACED_DATE.search(text):
            for start, end in spaced_dates(text):
                if not overlaps(start, max(end, start + 1), closed) and not any(
                    hole.end == start or hole.start == end for hole in self.holes[index] if start == end
                ):
                    self._add(index, start, end, "space")
        if "（" in text or "(" in text or "【" in text or "[" in text or "〔" in text:
            for bracket in empty_brackets(text):
                if not overlaps(bracket.start, bracket.end, closed):
                    self._add(index, bracket.start, bracket.end, "bracket")

    def _boxes(self, index: int, text: str, closed: list[tuple[int, int]]) -> None:
        found = [box for box in boxes(text) if not overlaps(box.start, box.end, closed)]
        answered = {box.question for box in found if box.ticked}
        several = len({box.question for box in found}) > 1
        for box in found:
            if box.ticked or box.question in answered:
                continue
            self._add(
                index,
                box.start,
                box.end,
                "checkbox",
                type=None if box.digits else "choice",
                option=box.option,
                key=str(box.question) if several else "",
            )

    def _placeholders(self) -> None:
        if not self.weak:
            return
        others = any(self.holes)
        verdicts = believed([(self.passages[index].text, item) for index, item in self.weak], other_blanks=others)
        for (index, item), verdict in zip(self.weak, verdicts, strict=True):
            if verdict:
                self._add(index, item.start, item.end, "placeholder", confidence=0.9 if item.certain else 0.75)

    def _cells(self) -> set[int]:
        labelling: set[int] = set()
        for number, table in enumerate(tables.tables_of(self.passages)):
            cells = tables.empty_cells(table)
            caption = ""
            if cells:
                caption = tables.caption_unit(
                    self.passages, min(entry.passages[0] for entry in table.entries if entry.passages)
                )
            for cell in cells:
                text = self.passages[cell.passage].text
                self._add(
                    cell.passage,
                    0,
                    len(text) if text.strip(SPACES) else 0,
                    "cell",
                    label=cell.label,
                    heads=cell.heads,
                    explicit=True,
                    listed=cell.listed,
                )
                if caption and unit_word(caption) and self.holes[cell.passage]:
                    self.holes[cell.passage][-1].prompt = caption
            labelling |= tables.labelling_passages([table], cells, self.passages)
            self._inner_heads(number, table)
        return labelling

    def _inner_heads(self, number: int, table: tables.Table) -> None:
        """A cell that holds nothing but its holes has its row's or column's head as label."""
        for entry in table.entries:
            holes = [hole for index in entry.passages for hole in self.holes[index]]
            if not holes or entry.empty or any(hole.form == "cell" for hole in holes):
                continue
            heads = tables.heads_of(table, entry)
            if not heads:
                continue
            for hole in holes:
                text = self.passages[hole.passage].text
                before = text[: hole.start].strip(SPACES + "\n¥￥（(")
                if (
                    (
                        not before
                        or hole.form in ("space", "checkbox")
                        or (re.fullmatch(r"[^：:]*[年月日时至到\s_＿×□]*", before) and hole is not holes[0])
                    )
                    and hole.label is None
                    and not before.endswith(("：", ":"))
                ):
                    if not before:
                        hole.label, hole.explicit = clean(heads[0]), True
                        hole.heads = heads if hole.form != "checkbox" else ()
                    if (
                        hole.form == "checkbox"
                        and len(holes) == 1
                        and len(heads) > 1
                        and entry.text.strip(SPACES) == text[hole.start : hole.end]
                    ):
                        # A box in each cell of a row: the row is the question, the columns are the answers.
                        hole.key, hole.option = f"row {number} {entry.row}", heads[-1]


def find_holes(passages: Sequence[Passage]) -> list[Hole]:
    """The holes in document order; none overlaps another."""
    return Scanner(passages).run()


def named_holes(passages: Sequence[Passage]) -> list[Hole]:
    """Only those that the document's author named: tags, merge fields, form fields and content controls."""
    scanner = Scanner(passages)
    for index, passage in enumerate(passages):
        if passage.marks:
            scanner.add_marked(index, passage)
        if "{{" in passage.text:
            scanner.add_prompts(index, passage, only="tag")
    return [hole for holes in scanner.holes for hole in sorted(holes, key=lambda hole: (hole.start, hole.end))]


def _rule_lines(text: str, passage: Passage) -> list[tuple[int, int]]:
    """The lines of a passage that are nothing but a rule. In a table cell or a list's item a rule is where one writes."""
    drawn = any(mark.kind == "underline" for mark in passage.marks)
    found = []
    start = 0
    for line in text.split("\n"):
        if (
            line
            and is_rule_line(line)
            and not (passage.cell is not None and "\n" not in text and _UNDERSCORE.search(line))
            and not (passage.listed and (drawn or _UNDERSCORE.search(line)))
            and not is_item_of_rules(line)
        ):
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found
