from __future__ import annotations

import re

from fanwen.demo import catalogue, markup
from fanwen.demo.catalogue import Entry

PASSAGE = 24
"""Characters. A shared passage this long is more than a name or a set phrase."""


def text(entry: Entry) -> str:
    """The letters and digits of a source, commands left out."""
    body = re.sub(r"^!.*", "", markup.read(entry.source.read_text(encoding="utf-8")).body, flags=re.MULTILINE)
    return re.sub(r"\W+|_+", "", body)


def test_no_two_documents_share_a_long_passage() -> None:
    seen: dict[str, str] = {}
    shared = []
    for entry in catalogue.read().entries:
        letters = text(entry)
        passages = {letters[start : start + PASSAGE] for start in range(len(letters) - PASSAGE + 1)}
        shared += [(entry.name, seen[passage], passage) for passage in passages if passage in seen]
        seen.update(dict.fromkeys(passages, entry.name))
    assert shared == []


def test_every_document_has_something_to_read() -> None:
    short = {entry.name: len(text(entry)) for entry in catalogue.read().entries if len(text(entry)) < 120}
    assert short == {}


def test_a_telling_phrase_stands_in_one_document_only() -> None:
    """What someone would type to find these documents again."""
    phrases = {
        "榫卯图说": "鹭坪镇全民阅读活动总结.docx",
        "二十六年，每天十六遍钟": "开学典礼校长讲话.docx",
        "一室一卡": "教室照明改造实施方案.docx",
        "鸡蛋撞地球": "关于举办第十二届中小学生科技节的通知.pdf",
        "铜锣": "栗湾镇2026年防汛应急预案.doc",
        "石灰糯米浆": "桐坑石拱桥修缮验收记录（扫描件）.pdf",
        "waiting shelves": "Yanchuan County Library Annual Report 2025.pdf",
        "乌鸫": "午后十分钟广播稿.txt",
    }
    bodies = {entry.name: entry.source.read_text(encoding="utf-8") for entry in catalogue.read().entries}
    found = {phrase: [name for name, body in bodies.items() if phrase in body] for phrase in phrases}
    assert found == {phrase: [name] for phrase, name in phrases.items()}
