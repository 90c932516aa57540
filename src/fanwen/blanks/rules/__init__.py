"""Checks between fields: small rules such as ``竣工 <= 总数``, written once for a template."""

from __future__ import annotations

from fanwen.blanks.rules.check import Breach, check
from fanwen.blanks.rules.language import Rule, parse
from fanwen.blanks.rules.names import Column, columns_of
from fanwen.blanks.rules.propose import propose

__all__ = ["Breach", "Column", "Rule", "check", "columns_of", "parse", "propose"]
