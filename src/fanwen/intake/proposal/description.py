"""The description: the first sentences of the text that say what the document is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fanwen.intake.proposal.lines import (
    Row,
    han_share,
    is_furniture,
    is_heading,
    is_masthead,
    is_number,
    is_salutation,
    join,
)

SHORTEST, LONGEST = 80, 160
"""Characters of a Chinese description; one in another script may take twice as many."""
_SENTENCE = re.compile(r".+?(?:[。！？!?]+[”’」』）)]*|(?<=[a-z0-9)”\"])\.(?=\s+[A-Z“\"]|$)|$)", re.DOTALL)
_LEAD = re.compile(
    r"^((内容)?(摘\s*要|提\s*要)|abstract|summary)\s*[:：]\s*|^第[一二三四五六七八九十\d]{1,3}条\s*|^[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]\s*",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"[_＿.…]{4,}|[\s\u3000]{3,}|[×XＸ]{3,}")
_CLAUSE = re.compile(r"[；，、;,]")


def description_of(pages: Sequence[Sequence[Row]], title: str, subject: str = "") -> str:
    """One to a few whole sentences from the first pages; where there is no prose, what the document asks or lists.

    `subject` (the document's own) comes first where it is a sentence of its own.
    """
    if len(subject) >= 20 and subject != title and not subject.startswith(title):
        return _cut(" ".join(subject.split()))
    chosen: list[str] = []
    for sentence in _sentences(pages, title):
        if not _says_something(sentence) and not (chosen and len(sentence) < 25 and not _BLANKS.search(sentence)):
            continue
        if chosen and _measure(join([*chosen, sentence])) > LONGEST:
            break
        chosen.append(sentence)
        if _measure(join(chosen)) >= SHORTEST:
            break
    if chosen:
        return _cut(join(chosen))
    return _labels(pages, title)


def _measure(text: str) -> float:
    """The length of `text` in Han characters; others count for half."""
    return len(text) * (0.5 + 0.5 * han_share(text))


def _sentences(pages: Sequence[Sequence[Row]], title: str) -> Iterator[str]:
    for paragraph in _paragraphs(pages, title):
        for match in _SENTENCE.finditer(paragraph):
            sentence = match[0].strip()
            if sentence:
                yield sentence


def _paragraphs(pages: Sequence[Sequence[Row]], title: str) -> Iterator[str]:
    """Rows joined to paragraphs, those that are prose: headings, labels, tables, furniture and the title are left out."""
    squeezed = re.sub(r"\s+", "", title)
    gathered: list[str] = []
    for row in (row for page in pages for row in page):
        text = row.text.strip()
        bare = re.sub(r"\s+", "", text)
        if row.cells > 1 or is_furniture(text) or is_number(text) or is_masthead(text):
            continue
        if not gathered and len(bare) >= 2 and bare in squeezed:
            continue
        gathered.append(text)
        if not row.full:
            paragraph, gathered = join(gathered), []
            if _is_prose(paragraph):
                yield _LEAD.sub("", paragraph)
    if gathered and _says_something(paragraph := join(gathered)):
        yield _LEAD.sub("", paragraph)


def _is_prose(paragraph: str) -> bool:
    """Whether a paragraph ends like one. A heading, a label or a salutation does not."""
    if is_heading(paragraph) or is_salutation(paragraph):
        return False
    return paragraph.endswith(("。", "！", "？", "；", ".", "!", "?", ";", "”", "」")) or len(paragraph) > 80


def _says_something(sentence: str) -> bool:
    """Whether a sentence is words, not a form's blanks or a row of figures."""
    solid = [char for char in sentence if not char.isspace()]
    letters = sum(char.isalpha() for char in solid)
    enough = 12 if han_share(sentence) > 0.3 else 25
    return len(solid) >= enough and letters >= 0.6 * len(solid) and _BLANKS.search(sentence) is None


def _cut(text: str) -> str:
    """`text` within the limit: after a whole sentence, else after a clause, with an ellipsis."""
    limit = round(LONGEST / (0.5 + 0.5 * han_share(text)))
    if len(text) <= limit:
        return text
    head = text[:limit]
    ends = [match.end() for match in re.finditer(r"[。！？!?]|\.(?=\s)", head)]
    if ends and ends[-1] >= limit // 3:
        return head[: ends[-1]]
    clauses = [match.start() for match in _CLAUSE.finditer(head)]
    if clauses and clauses[-1] >= limit // 3:
        return head[: clauses[-1]] + "……"
    if han_share(text) <= 0.3 and " " in head:
        head = head[: head.rindex(" ")]
    return head.rstrip() + "……"


def _labels(pages: Sequence[Sequence[Row]], title: str) -> str:
    """What a form or table is about: its first labels."""
    seen: list[str] = []
    for page in pages[:1]:
        for row in page:
            for cell in row.text.split("\t"):
                label = re.sub(r"[\s_＿:：…]+$", "", cell.strip())
                if 2 <= len(label) <= 16 and label not in seen and label not in title and _is_label(label):
                    seen.append(label)
    text = ""
    for label in seen:
        if _measure(text) + len(label) > SHORTEST:
            break
        text += ("、" if han_share(label) > 0.3 else ", ") + label if text else label
    return text


def _is_label(label: str) -> bool:
    return not is_furniture(label) and sum(char.isalpha() for char in label) >= 0.7 * len(label)
