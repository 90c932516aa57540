"""Rules that are likely to hold for a template, from the names, types and places of its fields. An editor takes them over
or not; none is applied by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fanwen.blanks.errors import RuleError
from fanwen.blanks.fields import Field
from fanwen.blanks.rules.check import resolve
from fanwen.blanks.rules.language import parse
from fanwen.blanks.rules.names import Column
from fanwen.blanks.values.quantity import scaled

_NUMBERS = ("number", "money")
_ENDS = (
    ("开始", "结束"), ("起始", "截止"), ("起始", "终止"), ("开工", "竣工"), ("出发", "返回"), ("入职", "离职"), ("起", "止"), ("起", "讫"),
    ("始", "终"), ("自", "至"),
)  # fmt: skip
_TOTAL = re.compile(r"总|共|计划|应|全|合计|目标|拟")
_PART = re.compile(
    r"其中|已|竣工|完成|开工|合格|优秀|及格|达标|通过|录取|到位|参加|出席|实到|到会|缺席|请假|男|女|支出|使用|整改|办结"
)
_CHANGES = re.compile(r"增长|增幅|增加|提高|上升|下降|减少|同比|环比|超额|涨|降")
_NO_SUMS = re.compile(r"单价|均|率|比|年龄|序号|编号")
_SUMS = re.compile(r"^(?P<word>合计|总计|共计|小计)(?P<sep>[：:])(?P<column>.+)$")
_OTHER = re.compile(r"^(?P<row>[^：:]+)[：:](?P<column>.+)$")
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]$")
_BARE = re.compile(r"[^\s<>=≤≥≠＜＞＝+＋*＊×/／÷()\[\]−－!-]+")
MOST = 40


def propose(fields: Sequence[Field], columns: Sequence[Column] = ()) -> list[str]:
    """Rules as their editor would write them, the surest first; at most `MOST`. `columns` are those of parts that repeat."""
    slots = [field for field in fields if field.role == "slot"]
    found: list[str] = []
    for text in (*_ranges(slots), *_parts(slots), *_percentages(slots), *_sums(slots), *_totals(slots, columns)):
        if text not in found and _holds(text, fields, columns):
            found.append(text)
    return found[:MOST]


def _holds(text: str, fields: Sequence[Field], columns: Sequence[Column]) -> bool:
    """Whether every name in it means one field."""
    try:
        resolve(parse(text), fields, columns)
    except RuleError:
        return False
    return True


def _ranges(fields: Sequence[Field]) -> Iterator[str]:
    """A range's end after its start."""
    dates = {_bare(field): field for field in fields if field.type == "date"}
    for name, field in dates.items():
        for start, end in _ENDS:
            other = dates.get(name.replace(start, end)) if start in name else None
            if other is not None and other is not field:
                yield f"{_said(field)} <= {_said(other)}"
                break


def _parts(fields: Sequence[Field]) -> Iterator[str]:
    """A part not more than its total: in one paragraph, counted in the same unit, the total first."""
    numbers = [field for field in fields if field.type in _NUMBERS and field.unit]
    for at, part in enumerate(numbers):
        head = part.blanks[0]
        if not _PART.search(_bare(part)) and "其中" not in head.before:
            continue
        for total in reversed(numbers[:at]):
            other = total.blanks[0]
            alike = scaled(part.unit or "")[1] == scaled(total.unit or "")[1]
            if other.passage == head.passage and alike and _TOTAL.search(_bare(total)):
                yield f"{_said(part)} <= {_said(total)}"
                break


def _percentages(fields: Sequence[Field]) -> Iterator[str]:
    """Between 0 and 100, and the share of the counts beside it."""
    for field in fields:
        if field.type != "percent" or _CHANGES.search(_bare(field)):
            continue
        yield f"0% <= {_said(field)} <= 100%"
        name = _bare(field)
        if not name.endswith("率"):
            continue
        near = [one for one in fields if one.type == "number" and one.blanks[0].passage == field.blanks[0].passage]
        part = next((one for one in near if name[:-1] and name[:-1] in _bare(one)), None)
        total = next((one for one in near if one is not part and _TOTAL.search(_bare(one))), None)
        if part is not None and total is not None:
            yield f"{_said(field)} = {_said(part)} / {_said(total)}"


def _sums(fields: Sequence[Field]) -> Iterator[str]:
    """The cell in the row 合计 is what the cells above it come to."""
    named = [(field, _OTHER.match(field.name)) for field in fields if field.type in _NUMBERS]
    for field in fields:
        whole = _SUMS.match(field.name)
        if whole is None or field.type not in _NUMBERS:
            continue
        addends = [
            _said(other)
            for other, match in named
            if match and other is not field and match["column"] == whole["column"] and not _SUMS.match(other.name)
        ]
        if len(addends) > 1:
            yield f"{_said(field)} = {' + '.join(addends)}"


def _totals(fields: Sequence[Field], columns: Sequence[Column]) -> Iterator[str]:
    """A field called after a column, with 合计 or 总 before it, is what the column comes to."""
    for column in columns:
        if column.head.type not in _NUMBERS or _NO_SUMS.search(column.head.name):
            continue
        cells = {field.id for one in columns for field in one.fields}
        name = _bare(column.head)
        for field in fields:
            alike = scaled(field.unit or "")[1] == scaled(column.head.unit or "")[1]
            if field.id in cells or field.type not in _NUMBERS or not alike:
                continue
            whole = _SUMS.match(field.name)
            if (whole and _BRACKETS.sub("", whole["column"]) == name) or _bare(field).endswith(
                (f"总{name}", f"合计{name}")
            ):
                yield f"{_said(field)} = 合计({_said(column.head)})"


def _bare(field: Field) -> str:
    """Its name without the unit."""
    return _BRACKETS.sub("", field.name)


def _said(field: Field) -> str:
    """Its name as a rule writes it."""
    name = _bare(field) or field.name
    return name if _BARE.fullmatch(name) and not name[:1].isdigit() else f"[{name}]"
