"""How many rows a document gets and which passages it goes without, told from values, and its blanks after that."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fanwen.blanks.docx.document import WordDocument
from fanwen.blanks.docx.reshape import reshape
from fanwen.blanks.errors import FillError, ValueProblem
from fanwen.blanks.fields import Field, asked, fields_of, plain
from fanwen.blanks.marked import Marked, Markings, Wordings
from fanwen.blanks.optional import Stretch
from fanwen.blanks.pptx.presentation import Presentation
from fanwen.blanks.pptx.rows import add_rows as add_slide_rows
from fanwen.blanks.repeats import Part, Repeat
from fanwen.blanks.reshaped import Reshaped
from fanwen.blanks.story import Story
from fanwen.blanks.types import Blank
from fanwen.blanks.xlsx.rows import add_rows as add_sheet_rows
from fanwen.blanks.xlsx.workbook import Workbook

_OFF = {"false", "no", "off", "0", "否", "无", "不要", "删除"}
_ON = {"true", "yes", "on", "1", "是", "有", "保留"}


_WORDINGS = {
    "0": "zero",
    "1": "one",
    "无": "zero",
    "没有": "zero",
    "零": "zero",
    "一": "one",
    "单": "one",
    "多": "many",
}


@dataclass(frozen=True)
class Shape:
    """`rows`: by repeat id, rows more than the template has. `off`: ids of the passages left out. `kept`: ids of marked
    passages that stay without what marks them."""

    rows: Mapping[str, int] = field(default_factory=dict)
    off: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return any(self.rows.values()) or bool(self.off or self.kept)


def told(
    values: Mapping[str, Any],
    blanks: Sequence[Blank],
    repeats: Sequence[Repeat],
    passages: Sequence[Stretch],
    own: Mapping[str, Sequence[str]],
    markings: Markings,
) -> tuple[Shape, dict[str, Any]]:
    """The shape that `values` ask for, and the values by blanks of the document in that shape.

    A value of a repeat, by its id or name, is a list with an object for each row, whose keys are names or ids as in the
    first row. A value of a passage is true, or false to leave it out; of a clause with several wordings the one that stays:
    a number, or zero, one, many. Raises `ValueProblem`.
    """
    known: list[Repeat | Stretch | Marked | Wordings] = [*repeats, *passages, *markings.optional, *markings.clauses]
    by_id, by_name = {one.id: one for one in known}, {plain(one.name): one for one in reversed(known)}
    taken = {plain(name) for name in own} | {plain(blank.name) for blank in blanks}
    rows: dict[str, int] = {}
    off: set[str] = set()
    kept: set[str] = set()
    flat: dict[str, Any] = {}
    for key, value in values.items():
        named = by_name.get(plain(key)) if plain(key) not in taken or _is_rows(value) else None
        one = by_id.get(key) or named
        if one is None or value is None or value == "":
            if one is None:
                flat[key] = value
        elif isinstance(one, Wordings):
            chosen = _wording(one, value)
            off |= {other.id for other in one.wordings if other is not chosen}
            kept |= {chosen.id}
        elif isinstance(one, Marked):
            (kept if _on(one.name, value) else off).add(one.id)
        elif isinstance(one, Stretch):
            if not _on(one.name, value):
                off.add(one.id)
        else:
            more = _rows(one, value, blanks, own, flat)
            if more:
                rows[one.id] = more
    return Shape(rows, frozenset(off), frozenset(kept)), flat


def remaining(
    values: Mapping[str, Any], fields: Sequence[Field], own: Mapping[str, Sequence[str]], kept: Collection[str]
) -> dict[str, Any]:
    """`values` without those that only a passage that is left out asked for. `fields` and `own` are those of the document
    before, `kept` the ids of the blanks after."""
    left: dict[str, Any] = {}
    for key, value in values.items():
        if "~" in key:
            left[key] = value  # of an added row, which the document had not before
            continue
        for one in asked(fields, {key: value}, own):
            blank = one.blank or one.place[0]
            if blank.id in kept:
                left[blank.id if one.blank is not None or blank.group is None else blank.group] = one.value
    return left


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, Mapping) for row in value)


def _on(name: str, value: Any) -> bool:
    said = str(value).strip().lower()
    if said in _ON:
        return True
    if said in _OFF:
        return False
    raise ValueProblem("not_a_switch", name=name)


def _wording(clause: Wordings, value: Any) -> Marked:
    said = str(value).strip().lower()
    kind = "many" if said.isdecimal() and int(said) > 1 else _WORDINGS.get(said, said)
    for one in clause.wordings:
        if one.wording == kind:
            return one
    raise ValueProblem(
        "no_wording", name=clause.name, value=value, choices="、".join(one.wording for one in clause.wordings)
    )


def _rows(
    repeat: Repeat, value: Any, blanks: Sequence[Blank], own: Mapping[str, Sequence[str]], flat: dict[str, Any]
) -> int:
    """Put the values of every row into `flat`; how many rows more than the template has are needed."""
    if not _is_rows(value):
        raise ValueProblem("not_rows", name=repeat.name)
    value = list(value)
    while value and all(said in (None, "") for said in value[-1].values()):
        value.pop()  # a row without a value at the end asks for nothing
    by_id = {blank.id: blank for blank in blanks}
    first, last = repeat.parts[0], repeat.parts[-1]
    fields = fields_of([by_id[id_] for id_ in first.blanks])
    names = {name: [id_ for id_ in ids if id_ in first.blanks] for name, ids in own.items()}
    names = {name: ids for name, ids in names.items() if ids}
    more = len(value) - len(repeat.parts)
    if more > 0 and not repeat.grows:
        raise ValueProblem("no_more_rows", name=repeat.name, most=len(repeat.parts))
    for at, row in enumerate(value):
        part = repeat.parts[at] if at < len(repeat.parts) else last
        number = at + 1 if at >= len(repeat.parts) else 0
        for one in asked(fields, dict(row), names):
            blank = one.blank or one.place[0]
            there = by_id[part.blanks[first.blanks.index(blank.id)]]
            target = there.id if one.blank is not None or there.group is None else there.group
            flat[_copied(target, number)] = one.value
    return max(0, more)


def _copied(id_: str, number: int) -> str:
    """The id of a blank or group in row `number`; itself where the template has the row."""
    return f"{id_}~{number}" if number else id_


def added_rows(template: Story, filled: Story, repeats: Sequence[Repeat]) -> Shape:
    """How many rows `filled` has more than `template` in tables with one repeat, and paragraphs more where the only
    repeating items of the document stand."""
    before, after = _row_counts(template), _row_counts(filled)
    where = {passage.id: passage.cell for passage in template.passages}
    tables = {one.id: cell.table for one in repeats if (cell := where[one.parts[0].passages[0]])}
    rows = {}
    for id_, table in tables.items():
        more = after.get(table, 0) - before[table]
        if more > 0 and list(tables.values()).count(table) == 1:
            rows[id_] = more
    items = [one.id for one in repeats if one.kind == "item"]
    longer = _outside(filled) - _outside(template)
    if len(items) == 1 and longer > 0:
        rows[items[0]] = longer
    return Shape(rows)


def _row_counts(story: Story) -> dict[int, int]:
    counts: dict[int, int] = {}
    for passage in story.passages:
        if passage.cell is not None:
            counts[passage.cell.table] = max(counts.get(passage.cell.table, 0), passage.cell.row + 1)
    return counts


def _outside(story: Story) -> int:
    """Paragraphs of the body outside of tables."""
    return sum(passage.where == "body" and passage.cell is None for passage in story.passages)


Growing = WordDocument | Workbook | Presentation


@dataclass(frozen=True)
class Shaped:
    """`document` with rows added and passages left out, and its blanks. `serials` are the numbers of added rows: what
    has to stand in blanks that nobody is asked for."""

    document: Growing
    blanks: tuple[Blank, ...]
    serials: Mapping[str, str]
    reshaped: Reshaped


def left_out(passages: Sequence[Stretch], markings: Markings, shape: Shape) -> list[str]:
    """The ids of the story's passages that go."""
    stretches = [id_ for one in passages if one.id in shape.off for id_ in one.paragraphs]
    return [*stretches, *(one.passage for one in markings.all if one.id in shape.off)]


def shaped(
    document: Any,
    blanks: Sequence[Blank],
    repeats: Sequence[Repeat],
    passages: Sequence[Stretch],
    shape: Shape,
    markings: Markings,
) -> Shaped:
    """`document` in `shape`. Raises `FillError`: passages are left out of Word documents only."""
    removed = left_out(passages, markings, shape)
    if not isinstance(document, WordDocument) and (removed or shape.kept):
        raise FillError("no_passages", name="、".join(one.name for one in passages if one.id in shape.off))
    known = {passage.id for passage in document.story.passages}
    gone = [id_ for id_ in removed if id_ not in known]
    if gone:
        raise FillError("gone", place=gone[0])
    grown = [(one, shape.rows[one.id]) for one in repeats if shape.rows.get(one.id)]
    copies = {one.parts[-1].passages[0]: more for one, more in grown}
    if isinstance(document, WordDocument):
        made = reshape(document, copies, removed)
    elif isinstance(document, Workbook):
        made = add_sheet_rows(document, copies)
    else:
        made = add_slide_rows(document, copies)
    new = type(document)(type(document.package)(made.data), document.story.format)
    found = [
        dataclasses.replace(blank, passage=made.kept[blank.passage]) for blank in blanks if blank.passage in made.kept
    ]
    serials: dict[str, str] = {}
    by_id = {blank.id: blank for blank in blanks}
    for repeat, more in grown:
        for copy in range(more):
            row = len(repeat.parts) + copy + 1
            found += _row_blanks(repeat, by_id, made, copy, row)
            if serial := _serial(repeat, repeat.parts[-1], made, copy, row):
                found.append(serial)
                last = repeat.parts[-1].serial
                serials[serial.id] = _numeral(serial.text, (last.number if last else 0) + copy + 1)
    texts = {passage.id: passage.text for passage in document.story.passages}
    for one in markings.all:
        if one.id in shape.kept and one.passage in made.kept:
            found.append(_silent(one.id, made.kept[one.passage], 0, one.marker, texts[one.passage][: one.marker]))
            serials[one.id] = ""
    order = {passage.id: at for at, passage in enumerate(new.story.passages)}
    kept_ids = {blank.id for blank in found}
    found = [
        dataclasses.replace(blank, same_as=blank.same_as if blank.same_as in kept_ids else None) for blank in found
    ]
    found.sort(key=lambda blank: (order[blank.passage], blank.start))
    return Shaped(new, tuple(found), serials, made)


def _row_blanks(repeat: Repeat, by_id: Mapping[str, Blank], made: Reshaped, copy: int, row: int) -> list[Blank]:
    found = []
    for id_ in repeat.parts[-1].blanks:
        blank = by_id[id_]
        found.append(
            dataclasses.replace(
                blank,
                id=_copied(blank.id, row),
                group=blank.group and _copied(blank.group, row),
                same_as=None,
                passage=made.copies[blank.passage][copy],
            )
        )
    return found


def _serial(repeat: Repeat, part: Part, made: Reshaped, copy: int, row: int) -> Blank | None:
    """The number of an added row, as a blank."""
    serial = part.serial
    if serial is None:
        return None
    passage = made.copies[serial.passage][copy]
    return _silent(_copied(repeat.id, row), passage, serial.start, serial.end, serial.text)


def _silent(id_: str, passage: str, start: int, end: int, text: str) -> Blank:
    """A blank that nobody is asked for."""
    return Blank(
        id_, "", text, "", "body", "slot", "text", None, None, None, None, None, "", None, 1.0,
        "label", passage, start, end,
    )  # fmt: skip


def _numeral(pattern: str, number: int) -> str:
    """`number` written as `pattern` is: with zeros before it, in full width."""
    text = str(number).zfill(len(pattern) if pattern.startswith(("0", "０")) else 1)
    return text if pattern.isascii() else "".join(chr(ord(digit) + 0xFEE0) for digit in text)
