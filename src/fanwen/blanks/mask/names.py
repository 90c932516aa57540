"""Persons, organisations and places by rules: what stands before a title, behind a label, before a suffix.

No model is used, so a name without any such sign is found only when it is in the lexicon or was found elsewhere in the
same document. What looks like a name but might be a word is marked as not sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import rjieba

from fanwen.blanks.mask.types import Entity, Sort
from fanwen.blanks.mask.words import words

_SURNAMES = "".join(sorted(words("surname")))
_DOUBLE = "|".join(sorted(words("double_surname")))
_NOT_NAMES, _GENERIC = words("not_person"), words("generic")
_GOVERNING, _DETERMINERS = words("governing"), words("determiner")
_NAME = rf"(?:(?:{_DOUBLE})[\u4e00-\u9fff]{{1,2}}|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})"
_TITLE = (
    r"(?:同志|老师|先生|女士|同学|小姐|(?:常务)?副?(?:校长|院长|园长|主任|书记|局长|县长|市长|省长|镇长|乡长|村长|区长|科长|处长"
    r"|部长|经理|总经理|董事长|会长|主席|秘书长|组长|队长|站长|所长|厂长|董事)|教授|博士|医生|医师|律师|法官|工程师|教练|师傅|委员)"
)
_LABEL = re.compile(
    r"(?:姓\s*名|联\s*系\s*人|负\s*责\s*人|经\s*办\s*人|申\s*请\s*人|撰\s*写\s*人|主\s*持\s*人?|主\s*讲\s*人|记\s*录\s*人?|签\s*发\s*人?|审\s*核\s*人?|批\s*准\s*人?"
    r"|作\s*者|法定代表人|代\s*表\s*人|委托人|受托人|出席|参加人员|参会人员|列席|甲方代表|乙方代表|班主任|指导教师|学生|家长|校长|签字|签名)\s*[:：]\s*"
)
_LISTED = re.compile(rf"({_NAME}|[\u4e00-\u9fff]\s[\u4e00-\u9fff])(?=$|[\s、，,；;。（(/])")
_BEFORE_TITLE = re.compile(rf"({_NAME})(?={_TITLE})")
_AFTER_TITLE = re.compile(
    rf"{_TITLE}(?:[:：]?)({_NAME})(?=$|[\s、，,；;。（(同等在主作出做说指宣致带表率亲到向为和与及对])"
)
_FUNCTION_ENDS = frozenset("于在和与对到从任是为及等将把向说的了以由并至主作出做指宣致带表率亲先女同老副总局校院书")
_ADDRESSED = re.compile(
    rf"(?<![\u4e00-\u9fff])([{_SURNAMES}])(?=(?:先生|女士|老师|小姐|同志|校长|书记|主任|局长|院长|总经理|教授))"
)
_WORDS_TOO = frozenset("于向和同从为代全高党单项关任班时常应左白元")
_ORGANISATION = re.compile(
    r"(?:(?:集团)?(?:有限责任公司|股份有限公司|有限公司)(?:[\u4e00-\u9fff]{2,6}分公司)?|分公司|公司|集团|实验中学|中心小学|中心学校|实验小学|中学|小学|大学|学院|幼儿园|附中|附小|职高|技校"
    r"|学校|教育局|公安局|财政局|卫生局|民政局|规划局|管理局|分局|局|委员会|党委|党总支|党支部|县委|市委|区委|镇政府|县政府|市政府|人民政府|政府|办公室|管理处"
    r"|医院|卫生院|银行|支行|法院|检察院|派出所|研究院|研究所|协会|学会|商会|基金会|合作社|事务所|出版社|报社|电视台|博物馆|图书馆|工厂|中心校|敬老院)(?![长面部势限])"
)
_PLACE = re.compile(
    r"([\u4e00-\u9fff]{1,4}?)(自治区|自治州|自治县|街道|社区|省|市|县|区|镇|乡|村|路|街)(?![长级区委域民场直属内外上下容境学校])"
)
_COMPANY = re.compile(r"(?:有限责任|股份有限|有限|分)?公司|集团|事务所|合作社")
_LEADING = frozenset("由经与在对向从被请让将把赴至于")
"""Words that the dictionary joins to an unknown name behind them."""
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_POINTING = frozenset("各全我本该每某两几一这那在到对从于和与及由是")
_LEFT_STOP = frozenset("pcudrxwyeoqfmva")


def names(text: str) -> Iterator[Entity]:
    """Persons, organisations and places in `text`; ranges may overlap."""
    if not re.search(r"[\u4e00-\u9fff]{2}", text):
        return
    yield from _persons(text)
    tokens = list(_tokens(text))
    yield from _organisations(text, tokens)
    yield from _places(text, tokens)


def _persons(text: str) -> Iterator[Entity]:
    for label in _LABEL.finditer(text):
        at = label.end()
        while (found := _LISTED.match(text, at)) is not None and _is_name(found.group(1)):
            yield _whole(found.start(1), found.end(1), "person", True)
            separator = re.compile(r"[\s、，,/]+").match(text, found.end())
            if separator is None:
                break
            at = separator.end()
    for pattern in (_BEFORE_TITLE, _AFTER_TITLE):
        for match in pattern.finditer(text):
            start, end = match.span(1)
            if _is_name(match.group(1)):
                yield _whole(start, end, "person", True)
    for match in _ADDRESSED.finditer(text):
        yield _whole(match.start(1), match.end(1), "person", match.group(1) not in _WORDS_TOO)
    for word, kind, start in _tokens(text):
        if kind != "nr" or len(word) < 2 or len(word) > 4:
            continue
        while len(word) > 2 and word[-1] in _FUNCTION_ENDS:
            word = word[:-1]
        if _is_name(word):
            yield _whole(start, start + len(word), "person", False)


def _is_name(text: str) -> bool:
    joined = re.sub(r"\s", "", text)
    return (
        re.fullmatch(_NAME, joined) is not None
        and joined not in _NOT_NAMES
        and joined[:2] not in _NOT_NAMES
        and re.search(_TITLE, joined) is None
    )


def _organisations(text: str, tokens: list[tuple[str, str, int]]) -> Iterator[Entity]:
    for match in _ORGANISATION.finditer(text):
        start = _left_edge(text, tokens, match.start())
        name = text[start : match.start()]
        core = re.sub(r"^(?:中共|全国|我省|我市|我县)", "", name)
        if len(core) < 2 or _all_generic(core):
            continue
        sure = _is_particular(core) or _COMPANY.match(text, match.start()) is not None
        yield Entity(start, match.end(), "organization", ((start, match.start()),), sure)


def _left_edge(text: str, tokens: list[tuple[str, str, int]], end: int) -> int:
    """Where the name that ends at `end` begins: back over nouns, names and words unknown, to the first of another sort.

    A proper name is often taken apart into words of any sort (明 + 远), so single characters only end it when they are
    words that join or govern.
    """
    edge = end
    for word, kind, start in reversed(tokens):
        if start >= end or start + len(word) > end:
            if start < end:
                edge = start
            continue
        single = len(word) == 1
        numbered = kind == "m" and (word.startswith("第") or word in "一二三四五六七八九十")
        governs = _ends_a_name(word, kind) and not numbered
        if governs or not _HAN.fullmatch(word) or end - start > 24:
            # a proper name may begin with a word of two characters that is also a verb or an adjective (长青, 光明)
            named = not single and _HAN.fullmatch(word) and kind[:1] in "avd" and word not in _GOVERNING
            if named and (edge == end or _COMPANY.match(text, end)) and not (kind == "v" and edge == end):
                edge = start
            break
        edge = start
        if not single and word[0] in _LEADING and _HAN.search(text[start - 1 : start]):
            break  # 由县: the dictionary joined two words
    return edge + 1 if text[edge] in _LEADING and end - edge > 1 else edge


def _places(text: str, tokens: list[tuple[str, str, int]]) -> Iterator[Entity]:
    for match in _PLACE.finditer(text):
        end = match.end(1)
        start = match.start(1)
        words = [(word, kind, at) for word, kind, at in tokens if at < end and at + len(word) > start]
        for word, kind, at in words:
            inside = at + len(word) <= end
            if (at < start and inside) or (inside and _ends_a_name(word, kind)):
                start = at + len(word)
        name = text[start:end]
        if not name or name in _GENERIC or name[0] in _POINTING or _all_generic(name):
            continue
        kinds = [(word, kind) for word, kind, at in words if at >= start or at + len(word) > end]
        unknown = len(name) > 1 and all(len(word) == 1 or kind in ("ns", "nr", "nz") for word, kind in kinds)
        sure = unknown or any(kind == "ns" and at <= start < at + len(word) for word, kind, at in tokens)
        yield Entity(start, match.end(), "place", ((start, end),), sure)


def _ends_a_name(word: str, kind: str) -> bool:
    """A word that stands before a name and is no part of it."""
    if word in _GOVERNING or word in _DETERMINERS:
        return True
    return kind[:1] in _LEFT_STOP and kind not in ("vn", "an") and len(word) > 1


def _all_generic(name: str) -> bool:
    if name in _GENERIC:
        return True
    return any(name[:cut] in _GENERIC and _all_generic(name[cut:]) for cut in range(1, len(name)))


def _is_particular(name: str) -> bool:
    """Whether the name of an organisation holds a proper name, not only words."""
    if re.search(r"[省市县区镇乡村州]", name[1:]):
        return True
    words = [(word, kind) for word, kind, _ in _tokens(name)]
    # a proper name unknown to the dictionary is cut into single characters
    return any(kind in ("ns", "nr", "nz", "nt") or (len(word) == 1 and word not in _GENERIC) for word, kind in words)


def _whole(start: int, end: int, sort: Sort, sure: bool) -> Entity:
    return Entity(start, end, sort, ((start, end),), sure)


@cache
def _tagger() -> rjieba.Jieba:
    return rjieba.Jieba()


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """(word, part of speech, where it starts)."""
    at = 0
    for word, kind in _tagger().tag(text):
        yield word, kind, at
        at += len(word)
