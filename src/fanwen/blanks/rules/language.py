"""The language of rules: comparisons of sums and products of fields, numbers and dates. A rule is parsed into a tree and
never run as code.

    rule    = sum , compare , sum , { compare , sum } ;          竣工 <= 总数        0% <= 完成率 <= 100%
    compare = "<=" | "<" | ">=" | ">" | "=" | "!=" ;             also ≤ ≥ ≠ == ＜ ＞ ＝
    sum     = product , { ( "+" | "-" ) , product } ;
    product = signed , { ( "*" | "/" ) , signed } ;              also × ÷
    signed  = [ "-" ] , ( number | date | name | total | "(" , sum , ")" ) ;
    total   = ( "合计" | "总和" | "求和" | "sum" ) , "(" , sum , ")" ;      over the rows of a part that repeats
    number  = digits , [ "." , digits ] , { "万" | "亿" } , [ "%" ] ;
    date    = 2026-11-23 | 2026年11月23日 ;
    name    = a word without spaces and signs, or any text between [ and ] ;
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fanwen.blanks.errors import RuleError

LONGEST = 300
"""Characters of a rule."""

_DEEPEST = 30
"""Brackets and signs within one another."""

_SAME = {"≤": "<=", "≥": ">=", "≠": "!=", "==": "=", "＜": "<", "＞": ">", "＝": "=", "×": "*", "÷": "/", "－": "-"}
_SAME |= {"＋": "+", "＊": "*", "／": "/", "−": "-"}
_TOKEN = re.compile(
    r"\s*(?:(?P<date>\d{4}-\d{1,2}-\d{1,2}(?!\d)|\d{4}年\d{1,2}月\d{1,2}日)"
    r"|(?P<number>\d+(?:\.\d+)?[万亿]*\s*[%％]?)"
    r"|(?P<sign><=|>=|==|!=|[<>=≤≥≠＜＞＝+＋*＊×/／÷()−－-])"
    r"|(?P<total>(?:合计|总和|求和|sum|SUM)(?=\s*\())"
    r"|\[(?P<quoted>[^\[\]]+)\]"
    r"|(?P<name>[^\s<>=≤≥≠＜＞＝+＋*＊×/／÷()\[\]−－!-]+))"
)
_TOTAL_OPENED = re.compile(r"(?:合计|总和|求和|sum|SUM)\s*（")
_COMPARE = ("<=", "<", ">=", ">", "=", "!=")
_SIZES = {"万": 10**4, "亿": 10**8}


@dataclass(frozen=True)
class Name:
    """A field by its name or id."""

    text: str


@dataclass(frozen=True)
class Number:
    value: Decimal
    """A percentage as a fraction."""
    percent: bool = False


@dataclass(frozen=True)
class Day:
    value: date


@dataclass(frozen=True)
class Minus:
    of: Term


@dataclass(frozen=True)
class Operation:
    sign: str
    """``+ - * /``"""
    left: Term
    right: Term


@dataclass(frozen=True)
class Total:
    """The sum of `of` over the rows."""

    of: Term
    text: str
    """As it is written; a field may be called so."""


Term = Name | Number | Day | Minus | Operation | Total


@dataclass(frozen=True)
class Comparison:
    left: Term
    sign: str
    right: Term
    left_text: str
    right_text: str


@dataclass(frozen=True)
class Rule:
    text: str
    comparisons: tuple[Comparison, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The fields it speaks of, in order, each once."""
        return tuple(
            dict.fromkeys(name for one in self.comparisons for side in (one.left, one.right) for name in _names(side))
        )


def parse(text: str) -> Rule:
    """The rule that `text` writes. Raises `RuleError` (``rule_syntax``, ``rule_compares_nothing``, ``rule_too_long``)."""
    if len(text) > LONGEST:
        raise RuleError("rule_too_long", most=LONGEST)
    return _Parser(text).rule()


def _names(term: Term) -> Iterator[str]:
    if isinstance(term, Name):
        yield term.text
    elif isinstance(term, (Minus, Total)):
        yield from _names(term.of)
    elif isinstance(term, Operation):
        yield from _names(term.left)
        yield from _names(term.right)


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(_tokens(_with_plain_brackets(text)))
        self._at = 0
        self._depth = 0

    def rule(self) -> Rule:
        start = self._start
        left = self._sum()
        left_text = self._text[start : self._end].strip()
        found = []
        while (sign := self._sign()) in _COMPARE:
            self._at += 1
            start = self._start
            right = self._sum()
            right_text = self._text[start : self._end].strip()
            found.append(Comparison(left, sign, right, left_text, right_text))
            left, left_text = right, right_text
        if self._at < len(self._tokens):
            raise self._unexpected()
        if not found:
            raise RuleError("rule_compares_nothing", rule=self._text)
        return Rule(self._text.strip(), tuple(found))

    @property
    def _start(self) -> int:
        return self._tokens[self._at][2] if self._at < len(self._tokens) else len(self._text)

    @property
    def _end(self) -> int:
        return self._tokens[self._at - 1][3] if self._at else 0

    def _sign(self) -> str:
        if self._at < len(self._tokens):
            kind, value, _, _ = self._tokens[self._at]
            if kind == "sign":
                return str(value)
        return ""

    def _sum(self) -> Term:
        found = self._product()
        while (sign := self._sign()) in ("+", "-") and sign:
            self._at += 1
            found = Operation(sign, found, self._product())
        return found

    def _product(self) -> Term:
        found = self._signed()
        while (sign := self._sign()) in ("*", "/") and sign:
            self._at += 1
            found = Operation(sign, found, self._signed())
        return found

    def _signed(self) -> Term:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._unexpected()
        try:
            if self._sign() == "-":
                self._at += 1
                return Minus(self._signed())
            if self._sign() == "(":
                self._at += 1
                found = self._sum()
                if self._sign() != ")":
                    raise self._unexpected()
                self._at += 1
                return found
            if self._at < len(self._tokens) and self._tokens[self._at][0] == "total":
                return self._total()
            if self._at >= len(self._tokens) or self._tokens[self._at][0] == "sign":
                raise self._unexpected()
            term = self._tokens[self._at][1]
            self._at += 1
            if isinstance(term, str):
                raise self._unexpected()
            return term
        finally:
            self._depth -= 1

    def _total(self) -> Term:
        start = self._start
        self._at += 1
        of = self._signed()  # its brackets
        return Total(of, self._text[start : self._end])

    def _unexpected(self) -> RuleError:
        rest = self._text[self._start :].strip()[:20]
        return (
            RuleError("rule_syntax", rule=self._text, rest=rest)
            if rest
            else RuleError("rule_unfinished", rule=self._text)
        )


def _tokens(text: str) -> Iterator[tuple[str, Term | str, int, int]]:
    at = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None:
            raise RuleError("rule_syntax", rule=text, rest=text[at:].strip()[:20])
        kind = str(found.lastgroup)
        said = found.group(kind)
        start, at = found.start(kind), found.end()
        if kind in ("sign", "total"):
            yield kind, _SAME.get(said, said), start, at
        elif kind == "number":
            yield "term", _number(said), start, at
        elif kind == "date":
            yield "term", Day(_day(said, text)), start, at
        else:
            yield "term", Name(said.strip()), found.start(kind) - (kind == "quoted"), at


def _with_plain_brackets(text: str) -> str:
    """合计（金额） as 合计(金额): full-width brackets, which names may hold, are signs where they enclose what is summed."""
    for opened in _TOTAL_OPENED.finditer(text):
        depth = 0
        for at in range(opened.end() - 1, len(text)):
            depth += {"（": 1, "）": -1}.get(text[at], 0)
            if depth == 0:
                text = f"{text[: opened.end() - 1]}({text[opened.end() : at]}){text[at + 1 :]}"
                break
    return text


def _number(said: str) -> Number:
    percent = said[-1] in "%％"
    digits = said.rstrip("%％ ")
    value = Decimal(digits.rstrip("万亿"))
    for mark in digits[len(digits.rstrip("万亿")) :]:
        value *= _SIZES[mark]
    return Number(value / 100 if percent else value, percent)


def _day(said: str, rule: str) -> date:
    try:
        return date(*(int(part) for part in re.findall(r"\d+", said)))
    except ValueError as error:
        raise RuleError("rule_syntax", rule=rule, rest=said) from error
