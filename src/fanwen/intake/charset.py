"""Bytes to text: byte order marks, UTF-8, UTF-16, GB18030, Big5 and Windows-1252, then whatever charset-normalizer knows.

GB18030 and Big5 can each read the other's bytes, and short texts give a statistical detector too little to go on. What
tells them apart is where a script's everyday characters stand: GB 2312 keeps its 3,755 level-one characters in lead bytes
B0-D7 with trail bytes A1-FE; Big5 keeps its 5,401 frequent ones in lead bytes A4-C6 with trail bytes 40-7E and A1-FE.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections import Counter

from charset_normalizer import from_bytes

SAMPLE = 256 * 1024
"""Bytes looked at to choose an encoding."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_COMMON = frozenset(
    "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之"
    "都好看起发当没成只如事把还用第样道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名"
    "法间斯知世什两次使身者被高已亲其进此话常与活正感工作关于通知单位部门文件各县市镇村政府办公室会议报告总结计划管理"
    "這個們來時為說國著過對後會學麼發當沒還樣種開總從無現經長兒愛給間兩進話與動關於單門縣鎮辦議報結計劃區務業員產實際"
    "完成情况問題加强建设服务培训教育申请登记表格统计信息安全生产合同协议甲方乙方填写姓名電話地址編號日期備註"
)
_FOREIGN = ["shift_jis", "euc_jp", "euc_kr", "cp949", "cp1251", "koi8_r", "cp1250", "cp1252", "cp1253", "cp1254"]
_GUESSED = 16 * 1024
"""Bytes given to the statistical detector, which is slow."""


def text_of(data: bytes, *, cut: bool = False) -> str | None:
    """`data` as text, or None when it is no text.

    With `cut`, `data` is the beginning of something longer and may end within a character.
    """
    encoding = encoding_of(data, cut=cut)
    if encoding is None:
        return None
    text = _decode(data, encoding, cut=cut, errors="replace")
    return text if text is not None and _reads_as_text(text) else None


def decode(data: bytes) -> str:
    """All of `data` as text with Unix line ends; what can't be read becomes U+FFFD. Never raises."""
    encoding = encoding_of(data[:SAMPLE], cut=len(data) > SAMPLE) or "utf-8"
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def encoding_of(data: bytes, *, cut: bool = False) -> str | None:
    """The codec name of `data`, or None when nothing fits (binary data, most likely)."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if b"\0" in data:
        return _utf16_without_mark(data)
    if (unicode := _decode(data, "utf-8", cut=cut)) is not None:
        return "gb18030" if _by_chance(unicode) and _score(data, "gb18030", cut) >= 0.8 else "utf-8"
    scores = {encoding: _score(data, encoding, cut) for encoding in ("gb18030", "big5hkscs")}
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] >= 0.5:
        return best
    if (latin := _decode(data, "cp1252", cut=cut)) is not None and _mostly_ascii_letters(latin):
        return "cp1252"
    guess = from_bytes(data[:_GUESSED], cp_isolation=_FOREIGN).best()
    if guess is not None and not _one_character_rules(str(guess)):
        return str(guess.encoding)
    return best if scores[best] > 0.3 else None


def _decode(data: bytes, encoding: str, *, cut: bool = False, errors: str = "strict") -> str | None:
    """`data` in `encoding`; None where it does not fit. With `cut`, an unfinished last character is left out."""
    try:
        decoder = codecs.getincrementaldecoder(encoding)(errors)
        return decoder.decode(data, final=not cut)
    except (UnicodeDecodeError, LookupError):
        return None


def _by_chance(text: str) -> bool:
    """Whether a few bytes are UTF-8 by chance: 通知 in GBK reads as two stray accents of other scripts."""
    wide = [ord(char) for char in text if ord(char) > 0x7F]
    stray = any(0x0250 <= point < 0x0370 or 0x0530 <= point < 0x0800 for point in wide)
    return 0 < len(wide) <= 16 and max(wide) < 0x0800 and stray


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 whose ASCII (line ends, digits, tags) leaves zeros in every other byte, on one side only."""
    sample = data[: len(data) & ~1][:SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    for encoding, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros > 20 * others and (text := _decode(sample, encoding, cut=True)) is not None and _reads_as_text(text):
            return encoding
    return None


def _score(data: bytes, encoding: str, cut: bool) -> float:
    """How everyday the two-byte characters of `data` are in `encoding`, 0..1; 0 where it does not decode."""
    text = _decode(data[:SAMPLE], encoding, cut=cut or len(data) > SAMPLE)
    if text is None:
        return 0.0
    wide = [char for char in text if ord(char) > 0x7F]
    if not wide:
        return 0.0
    points = 0.0
    for char in wide:
        if char in _COMMON:
            points += 1.0
        elif _everyday(char, encoding):
            points += 0.8
        elif 0xE000 <= ord(char) <= 0xF8FF:
            points -= 1.0
    return max(0.0, points / len(wide))


def _everyday(char: str, encoding: str) -> bool:
    encoded = char.encode(encoding)
    if len(encoded) != 2:
        return False
    lead, trail = encoded
    if encoding == "gb18030":
        return trail >= 0xA1 and (0xB0 <= lead <= 0xD7 or 0xA1 <= lead <= 0xA3)
    return 0xA4 <= lead <= 0xC6 or 0xA1 <= lead <= 0xA2 or (lead == 0xA3 and trail <= 0xBF)


def _mostly_ascii_letters(text: str) -> bool:
    """Western prose: accented letters and typographic marks are few among plain ones."""
    wide = sum(ord(char) > 0x7F for char in text)
    accented = sum(ord(char) > 0x7F and (char.isalpha() or char in "–—‘’“”…•°§«»€£©®\xa0·¿¡") for char in text)
    return wide * 4 <= len(text) and accented >= wide * 0.9


def _one_character_rules(text: str) -> bool:
    """Whether a single wide character makes up a quarter of `text`, as in pixels and padding, never in prose."""
    wide = Counter(char for char in text if ord(char) > 0x7F)
    return bool(wide) and wide.most_common(1)[0][1] * 4 > len(text)


def _reads_as_text(text: str) -> bool:
    """Whether hardly anything in `text` is a control, private or unassigned character."""
    sample = text[:8192]
    odd = sum(
        unicodedata.category(char) in {"Cc", "Co", "Cn", "Cs"} and char not in "\t\n\r\f\x1b\x1a" for char in sample
    )
    odd += sample.count("\ufffd")
    return odd * 100 <= len(sample)
