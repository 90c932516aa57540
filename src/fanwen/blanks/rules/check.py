"""Hold a template's values against its rules."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fanwen.blanks.errors import MESSAGES, RuleError
from fanwen.blanks.fields import Field
from fanwen.blanks.rules.amounts import Amount, add, amount_of, divide, minus, multiply, subtract, wrong
from fanwen.blanks.rules.language import Comparison, Day, Minus, Name, Number, Operation, Rule, Term, Total
from fanwen.blanks.rules.names import Column, Names
from fanwen.blanks.values.numerals import plain as plain_number

_CODES = {
    "<=": ("rule_at_most", "rule_at_most_figure"),
    "<": ("rule_less", "rule_less_figure"),
    ">=": ("rule_at_least", "rule_at_least_figure"),
    ">": ("rule_more", "rule_more_figure"),
    "=": ("rule_equal", "rule_equal_figure"),
    "!=": ("rule_differs", "rule_differs_figure"),
}
"""By sign, for two sides that were filled in and for one held against a figure."""
_DAYS = {"<=": "rule_not_later", "<": "rule_earlier", ">=": "rule_not_earlier", ">": "rule_later"}


@dataclass(frozen=True)
class Breach:
    """Values that break a rule. `code` is a key of `MESSAGES`, `params` fill its message; `fields` are the ids of the
    fields the rule speaks of."""

    rule: str
    code: str
    params: Mapping[str, str]
    fields: tuple[str, ...]
    part: str = ""
    row: int = 0
    """The row of the repeating part called `part` that breaks it, from 1; 0 where the rule speaks of no rows."""

    def text(self, translated: Callable[[str], str] = str) -> str:
        """What is wrong, in the language of `translated`."""
        said = translated(MESSAGES[self.code]).format(**self.params)
        if not self.row:
            return said
        return translated(MESSAGES["rule_in_row"]).format(part=self.part, row=self.row, text=said)

    def __str__(self) -> str:
        return self.text()


class Values:
    """The values of a form by field id, for rules. `row` is the row of a repeating part that is looked at, from 0."""

    def __init__(
        self, fields: Sequence[Field], values: Mapping[str, Any], today: datetime.date, columns: Sequence[Column] = ()
    ) -> None:
        self.names = Names(fields, columns)
        self.row = 0
        self._values = values
        self._today = today

    def field(self, name: str) -> Field:
        found = self.names.find(name)
        return found.fields[self.row] if isinstance(found, Column) else found

    def said(self, name: str) -> str:
        """What was given for a field, with its unit where it does not say one."""
        field = self.field(name)
        value = self._values.get(field.id)
        if value is None:
            return ""
        text = str(value["text"] if isinstance(value, Mapping) else value).strip()
        unit = field.unit if len(field.places[0]) == 1 and field.type != "date" else None
        return f"{text}{unit}" if unit and text[-1:].isdigit() else text

    def amount(self, term: Term) -> Amount | None:
        """What `term` comes to; None where a value is missing or says nothing."""
        if isinstance(term, Number):
            return Amount.exact(term.value)
        if isinstance(term, Day):
            return Amount.exact(term.value.toordinal(), day=True)
        if isinstance(term, Name):
            field = self.field(term.text)
            value = self._values.get(field.id)
            return None if isinstance(value, Mapping) else amount_of(field, value, self._today)
        if isinstance(term, Minus):
            of = self.amount(term.of)
            return None if of is None else minus(of)
        if isinstance(term, Total):
            return self.amount(Name(term.text)) if term.text in self.names else self._total(term)
        left, right = self.amount(term.left), self.amount(term.right)
        if left is None or right is None:
            return None
        if term.sign == "/":
            return divide(left, right)
        return {"+": add, "-": subtract, "*": multiply}[term.sign](left, right)

    def _total(self, term: Total) -> Amount | None:
        """None where a row says something that is no number, or no row says anything."""
        columns = _columns_in(term.of, self.names)
        looked_at, total = self.row, None
        for row in range(len(columns[0].fields) if columns else 0):
            if all(self._values.get(column.fields[row].id) in (None, "") for column in columns):
                continue
            self.row = row
            one = self.amount(term.of)
            if one is None:
                total = None
                break
            total = one if total is None else add(total, one)
        self.row = looked_at
        return total


def check(
    rules: Iterable[Rule],
    fields: Sequence[Field],
    values: Mapping[str, Any],
    today: datetime.date,
    columns: Sequence[Column] = (),
) -> list[Breach]:
    """The rules that `values` (by field id) break, those between `columns` for each row. What is not filled in, is no
    number or names no field is not judged."""
    found: list[Breach] = []
    known = Values(fields, values, today, columns)
    for rule in rules:
        try:
            _resolved(rule, known.names)
            found += _breaches(rule, known)
        except RuleError:  # a field it names is gone since: the editor is told on the template's page
            continue
    return found


def _breaches(rule: Rule, known: Values) -> list[Breach]:
    """One for the rule, or one for each row that breaks it."""
    found = []
    rows = max((len(one.fields) for one in _rows_of(rule, known.names)), default=1)
    for row in range(rows):
        known.row = row
        breach = next((one for part in rule.comparisons if (one := _breach(rule, part, known))), None)
        if breach is not None:
            found.append(breach)
    known.row = 0
    return found


def resolve(rule: Rule, fields: Sequence[Field], columns: Sequence[Column] = ()) -> tuple[Field, ...]:
    """The fields that `rule` speaks of, of columns those of the first row. Raises `RuleError`: ``rule_field``,
    ``rule_ambiguous``, ``rule_kinds`` (a date held against a number), ``rule_percent`` (a percentage held against a number
    without %), ``rule_parts`` (columns of several parts in one comparison) or ``rule_total`` (a sum over no rows)."""
    return _resolved(rule, Names(fields, columns))


def _resolved(rule: Rule, known: Names) -> tuple[Field, ...]:
    for part in rule.comparisons:
        kinds = [_kind(side, known, rule) for side in (part.left, part.right)]
        if "day" in kinds and kinds != ["day", "day"]:
            raise RuleError("rule_kinds", rule=rule.text)
        if "percent" in kinds and any(
            isinstance(side, Number) and not side.percent and side.value for side in (part.left, part.right)
        ):
            raise RuleError("rule_percent", rule=rule.text)
    if len({column.part for column in _rows_of(rule, known)}) > 1:
        raise RuleError("rule_parts", rule=rule.text)
    found = [known.find(name) for name in _names_of(rule, known)]
    return tuple(one.head if isinstance(one, Column) else one for one in found)


def _names_of(rule: Rule, known: Names) -> list[str]:
    """The names in a rule; what is written as a sum may be a field's name."""
    return list(
        dict.fromkeys(
            name for part in rule.comparisons for side in (part.left, part.right) for name in _names(side, known)
        )
    )


def _names(term: Term, known: Names, *, totals: bool = True) -> list[str]:
    if isinstance(term, Name):
        return [term.text]
    if isinstance(term, Total):
        if term.text in known:
            return [term.text]
        return _names(term.of, known) if totals else []
    if isinstance(term, Minus):
        return _names(term.of, known, totals=totals)
    if isinstance(term, Operation):
        return [*_names(term.left, known, totals=totals), *_names(term.right, known, totals=totals)]
    return []


def _rows_of(rule: Rule, known: Names) -> list[Column]:
    """The columns that a rule speaks of outside of sums: it is held against each of their rows."""
    sides = [side for part in rule.comparisons for side in (part.left, part.right)]
    found = [known.find(name) for side in sides for name in _names(side, known, totals=False)]
    return [one for one in found if isinstance(one, Column)]


def _columns_in(term: Term, known: Names) -> list[Column]:
    """All columns that `term` speaks of, within sums too."""
    found = [known.find(name) for name in _names(term, known)]
    return [one for one in found if isinstance(one, Column)]


def _kind(term: Term, known: Names, rule: Rule) -> str:
    if isinstance(term, Number):
        return "percent" if term.percent else "number"
    if isinstance(term, Day):
        return "day"
    if isinstance(term, Name):
        found = known.find(term.text)
        field = found.head if isinstance(found, Column) else found
        return {"date": "day", "percent": "percent"}.get(field.type or "", "number")
    if isinstance(term, Total):
        if term.text in known:
            return _kind(Name(term.text), known, rule)
        if len({column.part for column in _columns_in(term.of, known)}) != 1:
            raise RuleError("rule_total", rule=rule.text)
        kind = _kind(term.of, known, rule)
        if kind == "day":
            raise RuleError("rule_kinds", rule=rule.text)
        return kind
    if isinstance(term, Minus):
        return _kind(term.of, known, rule)
    left, right = _kind(term.left, known, rule), _kind(term.right, known, rule)
    if term.sign == "-" and left == right == "day":
        return "number"
    if "day" in (left, right):
        if term.sign not in ("+", "-") or left == right or (right == "day" and term.sign == "-"):
            raise RuleError("rule_kinds", rule=rule.text)
        return "day"
    return left if left == right and term.sign in ("+", "-") else "number"


def _breach(rule: Rule, part: Comparison, known: Values) -> Breach | None:
    left, right = known.amount(part.left), known.amount(part.right)
    if left is None or right is None or left.day != right.day or not wrong(left, part.sign, right):
        return None
    params = {
        "left": part.left_text.strip("[]"),
        "left_value": _value(part.left, left, known),
        "right": part.right_text.strip("[]"),
        "right_value": _value(part.right, right, known),
    }
    code = _CODES[part.sign][isinstance(part.right, (Number, Day))]
    if left.day:
        code = _DAYS.get(part.sign, code)
    fields = tuple(known.field(name).id for name in _names_of(rule, known.names))
    rows = _rows_of(rule, known.names)
    return Breach(rule.text, code, params, fields, *((rows[0].part_name, known.row + 1) if rows else ()))


def _value(term: Term, amount: Amount, known: Values) -> str:
    """What was typed for a field; what a sum comes to."""
    if isinstance(term, Name) or (isinstance(term, Total) and term.text in known.names):
        return known.said(term.text)
    if amount.day:
        return datetime.date.fromordinal(int(amount.low)).isoformat()
    return plain_number(Decimal(amount.low).quantize(Decimal("0.0001")).normalize())
