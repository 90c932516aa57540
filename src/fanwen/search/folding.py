"""Text made comparable: width, case, Traditional and Simplified, and line breaks no longer make a difference.

Folding works character by character, so that a part of a text folds to the same part of the folded text; OpenCC's
phrase rules would not do that (乾 alone becomes 干, but not in 乾隆). Whitespace that does not part words becomes `JOIN`,
which keeps the length; `canonical` then drops it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import accumulate

from opencc import OpenCC

JOIN = "\ue000"
"""Stands for a character that is read over: a line break inside a sentence, a space between 第 and 3, a zero-width mark."""

CJK = (
    "\u3005\u3007\u3040-\u30fa\u30fc-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\uac00-\ud7fb\uf900-\ufaff\U00020000-\U000323af"
)
"""Characters written without spaces, for a regular expression's brackets: Han, kana, bopomofo, hangul."""

LETTER = rf"[^\W_{CJK}]"
"""A letter or digit of any other script."""

_RADICALS = str.maketrans(
    "⺁⺄⺆⺇⺈⺉⺋⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺬⺭⺮⺯⺰⺱⺲⺶⺷⺸⺹⺺⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乙冂几刀刂㔾小兀尣尢巳巳幺彑彐忄心扌攵旡月歺母民氵氺灬爫爫丬牛犭王疋示礻竹糸纟罒罒羊羊羊老聿月臼艹艹艹虎衤西西见角讠贝足车辶辶辶阝钅長镸长门阝青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾齐齿齿竜龙龜亀龟",
)
"""Radical signs that some PDF writers give instead of the character; NFKC covers only the Kangxi block.
Source: Unicode, EquivalentUnifiedIdeograph.txt."""

_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufe00-\ufe0f"
_KEPT = {"…": "…", "‥": "‥", "⋯": "⋯", "\t": " ", "\r": " ", "\v": "\n", "\f": "\n"}
"""Folded to themselves or to one character, where NFKC would lengthen the text or leave several kinds of space."""

_WIDE = tuple(zip("，：；？！（）", ",:;?!()", strict=True))
"""What most often folds to something else; to replace it everywhere first is fastest."""
_SAME = "。、—“”‘’《》〈〉【】〔〕「」『』…·"
"""Signs that fold to themselves; Han that is not Traditional does as well, and ASCII but capitals."""


def _simplified() -> dict[str, str]:
    """Each Traditional character with its Simplified one, taken one by one from OpenCC."""
    characters = [
        chr(code) for block in ((0x3400, 0x9FFF), (0x20000, 0x323AF)) for code in range(block[0], block[1] + 1)
    ]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {old: new for old, new in zip(characters, converted, strict=True) if old != new and len(new) == 1}


class _Table(dict[str, str]):
    """What each character folds to, worked out when first met."""

    def __init__(self) -> None:
        super().__init__(_KEPT)
        self._simplified = _simplified()
        self._unseen = re.compile(f"[{_UNSEEN}]")
        han = (chr(code) for code in range(0x4E00, 0xA000))
        same = [character for character in han if character not in self._simplified]
        same += [character for character in map(chr, (0x0A, *range(0x20, 0x7F))) if not character.isupper()]
        self._folded = re.compile(f"[^{_ranges([*same, *_SAME])}]")

    def __missing__(self, character: str) -> str:
        if self._unseen.match(character):
            folded = JOIN
        elif character != "\n" and unicodedata.category(character) in {"Cc", "Cs", "Co"}:
            folded = " "  # control characters, half a surrogate pair, private use (`JOIN` among them)
        else:
            folded = "".join(
                self._simplified.get(part, part)
                for part in unicodedata.normalize("NFKC", character).lower().translate(_RADICALS)
            )
        self[character] = folded
        return folded

    def fold(self, text: str) -> str:
        """`text` with each of its characters folded. To look at those alone that do change takes a seventh of the time."""
        for wide, plain in _WIDE:
            text = text.replace(wide, plain)
        return self._folded.sub(self._of, text)

    def _of(self, match: re.Match[str]) -> str:
        return self[match[0]]


def _ranges(characters: list[str]) -> str:
    """`characters` for a regular expression's brackets."""
    codes = sorted({ord(character) for character in characters})
    starts = [code for at, code in enumerate(codes) if not at or codes[at - 1] != code - 1]
    ends = [code for at, code in enumerate(codes) if at + 1 == len(codes) or codes[at + 1] != code + 1]
    return "".join(f"\\U{start:08x}-\\U{end:08x}" for start, end in zip(starts, ends, strict=True))


_table: _Table | None = None


def _fold_table() -> _Table:
    global _table
    if _table is None:
        _table = _Table()
    return _table


_CLUSTER = re.compile(r"(?s).[\u0300-\u036f\u3099\u309a]*")
_SPACE = re.compile(r"[ \n]+")
_BREAKS = re.compile(r"\n(?<=[\w\u3099-\u309c\u30a0]\n)(?=[\w\u3099-\u309c\u30a0])")
"""What of it may join where there is no space: a pattern that begins with a character is looked for faster."""
_HAN_BREAK = re.compile(rf"\n(?<=[{CJK}]\n)(?=[{CJK}])")
"""The commonest of what `_join_space` joins: a line of Han that goes on in the next."""
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
_LETTERSPACED = re.compile(rf"(?<![{CJK}])[{CJK}](?: {{1,4}}[{CJK}])+(?![{CJK}])")
"""Single Han characters parted by spaces, as headings are often set: 通　知."""
_OTHER, _HAN, _LETTER = 0, 1, 2


class _Kinds(dict[str, int]):
    """What kind of character each is, worked out when first met."""

    def __missing__(self, character: str) -> int:
        kind = _HAN if re.match(f"[{CJK}]", character) else _LETTER if re.match(LETTER, character) else _OTHER
        self[character] = kind
        return kind


_kinds = _Kinds()


def is_han(character: str) -> bool:
    """Whether `character` belongs to a script written without spaces; no character does not."""
    return _kinds[character] == _HAN


def is_letter(character: str) -> bool:
    """Whether `character` is a `LETTER`; no character is none."""
    return _kinds[character] == _LETTER


def _join_space(match: re.Match[str]) -> str:
    """Joins what a space does not part: a line break between Han characters, any space between Han and Latin."""
    text, (start, end) = match.string, match.span()
    if not start or end == len(text):
        return match[0]
    before, after, breaks = _kinds[text[start - 1]], _kinds[text[end]], match[0].count("\n")
    joined = before and after and breaks <= 1 and (before != after or (before == _HAN and breaks == 1))
    return JOIN * (end - start) if joined else match[0]


def _join_thousands(match: re.Match[str]) -> str:
    return JOIN if match.start() and match.string[match.start() - 1].isdecimal() else ","


def _join_letters(match: re.Match[str]) -> str:
    return match[0].replace(" ", JOIN)


def _joined(folded: str) -> str:
    folded = _HAN_BREAK.sub(JOIN, folded)
    folded = (_SPACE if " " in folded else _BREAKS).sub(_join_space, folded)
    if _THOUSANDS.search(folded):
        folded = _THOUSANDS.sub(_join_thousands, folded)
    return _LETTERSPACED.sub(_join_letters, folded) if " " in folded else folded


def fold_characters(text: str) -> str:
    """`text` folded, its spaces and line breaks left as they are. May be longer than `text`: ㎡ gives m2."""
    if not unicodedata.is_normalized("NFC", text):
        text = _composed(text)
    return _fold_table().fold(text)


def _composed(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", cluster) for cluster in _CLUSTER.findall(text))


def canonical(text: str) -> str:
    """`text` folded and joined: the form in which texts and queries are compared."""
    return _joined(fold_characters(text)).replace(JOIN, "")


@dataclass(frozen=True)
class Folded:
    """A folded text that knows where each of its characters came from."""

    text: str
    origins: tuple[int, ...] | None
    """For each character of `text`, and for its end, the offset in the original; none where offsets are the same."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the original of ``text[start:end]``, which is not empty."""
        if self.origins is None:
            return start, end
        last = self.origins[end - 1]
        after = next((origin for origin in self.origins[end:] if origin > last), self.origins[-1])
        return self.origins[start], after


def fold_with_origins(text: str) -> Folded:
    """`text` folded, with `JOIN` where characters are read over, keeping track of offsets."""
    table = _fold_table()
    if unicodedata.is_normalized("NFC", text):
        folded = table.fold(text)
        if len(folded) == len(text):  # no character folds to nothing, so equal length means one for one
            return Folded(_joined(folded), None)
    clusters = _CLUSTER.findall(text)
    starts = accumulate((len(cluster) for cluster in clusters), initial=0)
    pieces: list[str] = []
    origins: list[int] = []
    for cluster, start in zip(clusters, starts, strict=False):
        piece = table.fold(unicodedata.normalize("NFC", cluster))
        pieces.append(piece)
        origins.extend([start] * len(piece))
    origins.append(len(text))
    return Folded(_joined("".join(pieces)), tuple(origins))
