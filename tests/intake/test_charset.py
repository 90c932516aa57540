from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanwen.intake.charset import decode, encoding_of, text_of

SIMPLIFIED = (
    "通知",
    "放假通知",
    "关于召开家长会的通知",
    "各科室：请于周五前报送材料。",
    "姓名,性别,年龄\n李明,男,12\n",
    "水库",
    "甲方：　　　　乙方：",
    "2024年度工作总结（初稿）",
    "河道保洁员排班表 A1",
    "你好，world",
)
TRADITIONAL = (
    "關於召開家長會的通知",
    "請於週五前報送資料。",
    "會議紀錄",
    "水庫管理辦法",
    "圖書館開放時間",
    "甲方：乙方：姓名、電話",
)


@pytest.mark.parametrize("text", SIMPLIFIED)
@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_short_simplified_texts_are_read(text, encoding):
    data = text.encode(encoding)
    if encoding == "utf-16-be":
        data = b"\xfe\xff" + data
    assert decode(data) == text


@pytest.mark.parametrize("text", TRADITIONAL)
@pytest.mark.parametrize("encoding", ["big5", "utf-8", "utf-16"])
def test_short_traditional_texts_are_read(text, encoding):
    assert decode(text.encode(encoding)) == text


def test_characters_beyond_gbk_are_read():
    text = "䶮城𠮷野家关于设备采购的情况说明与合同文本"
    assert decode(text.encode("gb18030")) == text


def test_utf16_without_a_mark_is_known_by_its_zeros():
    text = "name: Li Ming\n电话: 0571\n"
    assert decode(text.encode("utf-16-le")) == text
    assert decode(text.encode("utf-16-be")) == text


def test_western_text_is_read():
    text = "Le café était fermé – “à bientôt”, dit-elle. Ça va? Voilà tout ce qu'il faut savoir."
    assert decode(text.encode("cp1252")) == text


def test_japanese_and_russian_are_read():
    japanese = "これは日本語の文章です。会議の議事録を添付しますので、ご確認ください。よろしくお願いいたします。" * 3
    assert decode(japanese.encode("shift_jis")) == japanese
    russian = "Это протокол собрания жителей дома. Просим всех ознакомиться с решением и оставить замечания. " * 3
    assert decode(russian.encode("cp1251")) == russian


def test_line_ends_become_one_kind():
    assert decode(b"a\r\nb\rc\nd") == "a\nb\nc\nd"


def test_a_character_cut_at_the_end_of_a_sample_does_no_harm():
    data = ("云溪县防汛" * 100).encode("gbk")
    assert encoding_of(data[:101], cut=True) == "gb18030"
    data = ("云溪县防汛" * 100).encode()
    assert encoding_of(data[:100], cut=True) == "utf-8"


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\x89\x50\xff\xfe\x01\x02" * 50, bytes(500)])
def test_binary_data_is_no_text(data):
    assert text_of(data) is None


@given(st.binary(max_size=400))
def test_decoding_never_fails(data):
    assert isinstance(decode(data), str)
    text_of(data)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0\r\ufeff"), min_size=1))
def test_utf8_is_read_back(text):
    assert decode(text.encode()) == text
