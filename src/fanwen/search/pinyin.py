"""How Han text is typed with Latin letters: whole syllables, and their initials."""

from __future__ import annotations

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from fanwen.search.folding import is_han


@lru_cache(maxsize=65536)
def _syllables(word: str) -> tuple[str, ...]:
    return tuple(syllable.lower() for syllable in lazy_pinyin(word, style=Style.NORMAL, v_to_u=False))


def syllables(words: list[str]) -> list[str]:
    """The syllables of canonical `words`, each read in its word (银行 yin hang, 行动 xing dong), tones left out.

    What is not Han stands as it is, whole.
    """
    read: list[str] = []
    for word in words:
        read.extend(_syllables(word) if is_han(word[0]) else (word,))
    return read


def spell(words: list[str]) -> tuple[str, str]:
    """`words` in full pinyin and in initials: ``jiaoyujujianbao``, ``jyjjb``."""
    read = syllables(words)
    return "".join(read), "".join(syllable if syllable.isdigit() else syllable[0] for syllable in read)
