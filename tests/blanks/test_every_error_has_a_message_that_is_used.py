from __future__ import annotations

import re
from pathlib import Path

import pytest

import fanwen.blanks
from fanwen.blanks.errors import MESSAGES, BlanksError

_SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for path in Path(fanwen.blanks.__path__[0]).rglob("*.py")
    if path.name != "errors.py"
)


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_a_message_is_used_and_takes_its_params(code: str) -> None:
    assert f'"{code}"' in _SOURCES
    params = dict.fromkeys(re.findall(r"\{(\w+)\}", MESSAGES[code]), "值")
    assert str(BlanksError(code, **params)) == MESSAGES[code].format(**params)


def test_every_code_that_is_raised_has_a_message() -> None:
    raised = set(re.findall(r'(?:BlanksError|FillError|ValueProblem|KeyProblem)\(\s*"(\w+)"', _SOURCES))
    assert raised
    assert raised <= set(MESSAGES)
