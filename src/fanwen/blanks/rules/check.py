"""Hold a template's values against its rules."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fanwen.blanks.errors import MESSAGES, RuleError
from fanwen.blanks.fields import Field, named_fields, plain
from fanwen.blanks.rules.amounts import Amount, add, amount_of, divide, minus, multiply, subtract, wrong
from fanwen.blanks.rules.language import Comparison, Day, Minus, Name, Number, Rule, Term
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

    def __str__(self) -> str:
        return MESSAGES[self.code].format(**self.params)


class Values:
    """The values of a form by field id, for rules."""

    def __init__(self, fields: Sequence[Field], values: Mapping[str, Any], today: datetime.date) -> None:
        self._fields = named_fields(fields)
        self._values = values
        self._today = today

    def field(self, name: str) -> Field:
        return _field(self._fields, name)

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
        left, right = self.amount(term.left), self.amount(term.right)
        if left is None or right is None:
            return None
        if term.sign == "/":
            return divide(left, right)
        return {"+": add, "-": subtract, "*": multiply}[term.sign](left, right)


def check(
    rules: Iterable[Rule], fields: Sequence[Field], values: Mapping[str, Any], today: datetime.date
) -> list[Breach]:
    """The rules that `values` (by field id) break. What is not filled in, is no number or names no field is not judged."""
    found = []
    known = Values(fields, values, today)
    for rule in rules:
        try:
            breach = next((one for part in rule.comparisons if (one := _breach(rule, part, known))), None)
        except RuleError:  # a field it names is gone since: the editor is told on the template's page
            continue
        if breach is not None:
            found.append(breach)
    return found


def resolve(rule: Rule, fields: Sequence[Field]) -> tuple[Field, ...]:
    """The fields that `rule` speaks of. Raises `RuleError`: ``rule_field``, ``rule_ambiguous``, ``rule_kinds`` (a date held
    against a number) or ``rule_percent`` (a percentage held against a number without %)."""
    known = named_fields(fields)
    for part in rule.comparisons:
        kinds = [_kind(side, known, rule) for side in (part.left, part.right)]
        if "day" in kinds and kinds != ["day", "day"]:
            raise RuleError("rule_kinds", rule=rule.text)
        if "percent" in kinds and any(
            isinstance(side, Number) and not side.percent and side.value for side in (part.left, part.right)
        ):
            raise RuleError("rule_percent", rule=rule.text)
    return tuple(_field(known, name) for name in rule.names)


def _kind(term: Term, known: Mapping[str, Sequence[Field]], rule: Rule) -> str:
    if isinstance(term, Number):
        return "percent" if term.percent else "number"
    if isinstance(term, Day):
        return "day"
    if isinstance(term, Name):
        field = _field(known, term.text)
        return {"date": "day", "percent": "percent"}.get(field.type or "", "number")
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


def _field(known: Mapping[str, Sequence[Field]], name: str) -> Field:
    found = known.get(plain(name), ())
    if not found:
        raise RuleError("rule_field", name=name)
    if len(found) > 1:
        raise RuleError("rule_ambiguous", name=name, ids="、".join(field.id for field in found))
    return found[0]


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
    fields = tuple(known.field(name).id for name in rule.names)
    return Breach(rule.text, code, params, fields)


def _value(term: Term, amount: Amount, known: Values) -> str:
    """What was typed for a field; what a sum comes to."""
    if isinstance(term, Name):
        return known.said(term.text)
    if amount.day:
        return datetime.date.fromordinal(int(amount.low)).isoformat()
    return plain_number(Decimal(amount.low).quantize(Decimal("0.0001")).normalize())
