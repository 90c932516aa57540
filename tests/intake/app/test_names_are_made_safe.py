from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanwen.intake.app.names import LIMIT, clean_name, stem


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\总结.doc", "总结.doc"),
        ("a\0b.txt", "ab.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("  两  处   空格 .docx", "两 处 空格 .docx"),
        ("..", "document"),
        ("", "document"),
    ],
)
def test_only_a_plain_name_is_kept(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = clean_name("总" * 300 + ".docx")
    assert len(name) == LIMIT
    assert name.endswith(".docx")


@given(st.text(max_size=400))
def test_any_name_becomes_a_safe_one(name: str) -> None:
    clean = clean_name(name)
    assert 0 < len(clean) <= LIMIT
    assert not set(clean) & set("/\\\0\n\r")
    assert clean not in {".", ".."}


def test_a_stem_has_no_ending() -> None:
    assert stem("年度总结.docx") == "年度总结"
    assert stem("README") == "README"
