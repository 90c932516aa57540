"""What stands between two neighbours elsewhere: the evidence for a word that a filter took out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Protocol

_CLAUSE = re.compile(r"[一-龥]{3,}")
_LONGEST = 4


class Evidence(Protocol):
    """Text to learn from, such as the other documents of a library."""

    def between(self, left: str, right: str) -> Counter[str]:
        """The words of one to four characters that stand between `left` and `right`, and how often. Either side may
        be ""; then the words only follow or only precede the other side."""
        ...


class TextEvidence:
    """Evidence from running text. Holds the text's clauses joined; looks each question up by plain search."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._text = "\n".join(clause for text in texts for clause in _CLAUSE.findall(text))

    def between(self, left: str, right: str) -> Counter[str]:
        found: Counter[str] = Counter()
        if not left and not right:
            return found
        text = self._text
        anchor = left or right
        position = text.find(anchor)
        while position >= 0:
            if left:
                start = position + len(left)
                window = text[start : start + _LONGEST + len(right)].partition("\n")[0]
                if right:
                    end = window.find(right, 1)
                    if 0 < end <= _LONGEST:
                        found[window[:end]] += 1
                else:
                    for length in range(2, min(_LONGEST, len(window)) + 1):
                        found[window[:length]] += 1
            else:
                window = text[max(0, position - _LONGEST) : position].rpartition("\n")[2]
                for length in range(2, len(window) + 1):
                    found[window[-length:]] += 1
            position = text.find(anchor, position + 1)
        return found
