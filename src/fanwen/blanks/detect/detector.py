"""Detection: a story's blanks, in document order, each with what it asks for."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Sequence

from fanwen.blanks.detect.dates import find_dates
from fanwen.blanks.detect.evidence import Evidence
from fanwen.blanks.detect.hole import SPACES, Hole
from fanwen.blanks.detect.kinds import find_type
from fanwen.blanks.detect.labels import clean, field_type, label_before, label_type
from fanwen.blanks.detect.measure import unit_after
from fanwen.blanks.detect.naming import context_label, find_name
from fanwen.blanks.detect.parties import settle_parties
from fanwen.blanks.detect.roles import decide
from fanwen.blanks.detect.sameness import find_same
from fanwen.blanks.detect.scan import find_holes, named_holes
from fanwen.blanks.detect.sets import group_boxes
from fanwen.blanks.detect.suffixes import suffix_at
from fanwen.blanks.detect.suggest import suggest
from fanwen.blanks.detect.word_lists import typed_words
from fanwen.blanks.story import Passage, Story
from fanwen.blanks.types import Blank, Form

_CONTEXT = 12
_TO = re.compile(r"^[ ]?[年月日时分]?[ ]?[起始]?[ ]?(?:至|到|[-—–~～－]{1,2})[ ]?(?:19|20)?$")
_HINT = re.compile(r"[ ]?[（(]([^（）()]{1,10})[)）](?P<colon>[：:])?")
# How far the words around a hole are looked at; keeps a line of any length linear.
_REACH = 240


def detect(story: Story, evidence: Evidence | None = None) -> tuple[Blank, ...]:
    """The blanks of `story` in document order. `evidence` (the library's text) sharpens the suggestions for elisions.

    Never raises for any text; offsets are valid and ranges never overlap.
    """
    return _described(find_holes(story.passages), story.passages, evidence)


def named(story: Story) -> tuple[Blank, ...]:
    """Only the blanks that the document's author named (tags, merge fields, form fields, content controls): quick, where
    values go by those names and nothing else is asked for. Ids count these alone."""
    return _described(named_holes(story.passages), story.passages, None)


def _described(holes: list[Hole], passages: Sequence[Passage], evidence: Evidence | None) -> tuple[Blank, ...]:
    by_passage: dict[int, list[Hole]] = {}
    for hole in holes:
        by_passage.setdefault(hole.passage, []).append(hole)
    groups = 0
    for index, found in by_passage.items():
        _surround(passages[index], found)
        for hole in found:
            _find_label(hole)
        find_dates(found)
        _inherit_labels(found)
        for number, hole in enumerate(found):
            find_type(hole)
            if number and hole.type == "text" and not hole.explicit:
                _inherit_type(found[number - 1], hole)
            decide(hole, passages[index].text)
        for hole, following in reversed(list(itertools.pairwise(found))):
            _inherit_type_back(hole, following)
        groups = _renumber(found, groups)
    group_boxes(holes, passages, groups)
    settle_parties(holes)
    find_same(holes)
    elisions = [hole for hole in holes if hole.role == "elision"]
    if elisions:
        suggest(elisions, "\n".join(passage.text for passage in passages), evidence)
    return _blanks(holes, passages)


def described(passage: Passage, start: int, end: int, id_: str) -> Blank:
    """The blank ``passage.text[start:end]``, which someone pointed at, with what it asks for as detection would say."""
    text = passage.text[start:end]
    form: Form = "underscore" if text and not text.strip("_＿") else "placeholder" if text else "label"
    hole = Hole(0, start, end, form)
    _surround(passage, [hole])
    _find_label(hole)
    find_type(hole)
    return dataclasses.replace(_blanks([hole], [passage])[0], id=id_, role="slot", confidence=1.0)


def _surround(passage: Passage, holes: Sequence[Hole]) -> None:
    text = passage.text
    for number, hole in enumerate(holes):
        first = max(text.rfind("\n", max(0, hole.start - _REACH), hole.start) + 1, hole.start - _REACH)
        last = text.find("\n", hole.end, hole.end + _REACH)
        last = min(len(text), hole.end + _REACH) if last < 0 else last
        previous = holes[number - 1].end if number else 0
        following = holes[number + 1].start if number + 1 < len(holes) else len(text)
        hole.left, hole.right = text[first : hole.start], text[hole.end : last]
        hole.near = text[max(first, previous) : hole.start]
        hole.text = text[hole.start : hole.end]
        hole.gap = text[hole.end : min(last, max(hole.end, following))]
        hole.glued = bool(re.search(r"[一-龥，。；、]", hole.near[-1:] + hole.gap[:1])) and len(text) > 24


def _find_label(hole: Hole) -> None:
    if hole.label is not None or hole.type == "choice":
        return
    near = _own_words(hole)
    label, explicit = label_before(near)
    if label is not None and not explicit and not re.search(r"[一-龥A-Za-z]", label.lstrip("二〇零一九")):
        label = None
    if explicit:
        hole.label, hole.explicit = label, label is not None
        return
    hint = _HINT.match(hole.gap)
    if (
        hint
        and not (hint.group("colon") and near.strip(SPACES))
        and field_type(hint.group(1))
        and hint.group(1) in typed_words("fields.txt")
        and (label is None or not field_type(label))
    ):
        # ____（单位）____（姓名）: what belongs there stands behind it.
        hole.label, hole.explicit = hint.group(1), True
        return
    if label is None or not near.strip(SPACES + "（(¥￥"):
        return
    if field_type(label) and len(clean(label)) <= 8:
        hole.label = clean(label)
        hole.explicit = _is_form_word(hole, label)
        return
    hole.label = context_label(near)


def _own_words(hole: Hole) -> str:
    """What stands before a hole without the unit or suffix of the hole before that."""
    near = hole.near
    if near == hole.left or not near or near[0].isspace():
        return near
    near = re.sub(r"^[（(][^（）()]{1,10}[)）]", "", near)
    if match := re.match(r"[ ]?(?:年|月|日|时|分|号)(?:[ ]?[起止]|底|份)?(?:[至到—-])?", near):
        rest = near[match.end() :]
        if not re.match(r"[级度龄限]", rest):
            return rest
    unit = unit_after(near)
    if unit is not None and unit.sure:
        return near[unit.end :]
    suffix = suffix_at(near)
    if suffix is not None:
        rest = near[len(suffix[0]) :]
        return re.sub(r"^[（(][^）)]{1,3}[)）]", "", rest)
    return near


def _is_form_word(hole: Hole, label: str) -> bool:
    """姓名____性别____: a field's word with a rule and no colon."""
    return (hole.form in ("rule", "leader") or (hole.form == "underscore" and hole.end - hole.start > 2)) and len(
        label
    ) <= 6


def _inherit_labels(holes: Sequence[Hole]) -> None:
    """A date's parts share the label of the first; 自____至____ asks for one thing twice."""
    labels: dict[int, tuple[str | None, bool]] = {}
    previous: Hole | None = None
    for hole in holes:
        if hole.group is None:
            previous = None
            continue
        if hole.group in labels:
            hole.label, hole.explicit = labels[hole.group]
            hole.edge = previous.edge if previous is not None else ""
        else:
            if previous is not None and _TO.match(hole.near):
                hole.label, hole.explicit, hole.edge = previous.label, previous.explicit, "止"
                for earlier in holes:
                    if earlier.group == previous.group:
                        earlier.edge = "起"
            labels[hole.group] = (hole.label, hole.explicit)
        previous = hole


def _inherit_type(previous: Hole, hole: Hole) -> None:
    """____、____和____同志: an enumeration is of one kind."""
    if (
        previous.role == "slot"
        and previous.type in ("person", "organization", "place")
        and re.fullmatch(r"[ ]?[、和与及/][ ]?", hole.near)
    ):
        hole.type = previous.type


def _inherit_type_back(hole: Hole, following: Hole) -> None:
    if (
        hole.type == "text"
        and not hole.explicit
        and hole.role == "slot"
        and following.type in ("person", "organization")
    ) and re.fullmatch(r"[ ]?[、和与及/][ ]?", hole.gap):
        hole.type = following.type


def _renumber(holes: Sequence[Hole], groups: int) -> int:
    known: dict[int, int] = {}
    for hole in holes:
        if hole.group is not None:
            hole.group = known.setdefault(hole.group, groups + len(known))
    return groups + len(known)


def _blanks(holes: Sequence[Hole], passages: Sequence[Passage]) -> tuple[Blank, ...]:
    names: dict[int, str] = {}
    labels: dict[int, str | None] = {}
    for hole in holes:
        if hole.group is not None:
            names.setdefault(hole.group, f"g{len(names) + 1}")
            labels.setdefault(hole.group, hole.label)
    blanks = []
    for number, hole in enumerate(holes):
        passage = passages[hole.passage]
        text = passage.text
        elision = hole.role == "elision"
        blanks.append(
            Blank(
                id=f"b{number + 1}",
                before=text[max(0, hole.start - _CONTEXT) : hole.start],
                text=text[hole.start : hole.end],
                after=text[hole.end : hole.end + _CONTEXT],
                where=passage.where,
                role=hole.role,
                type=None if elision else hole.type or label_type(hole.label) or "text",
                unit=None if elision else hole.unit,
                hedge=None if elision else hole.hedge,
                group=None if hole.group is None else names[hole.group],
                same_as=None if hole.same_as is None else f"b{hole.same_as + 1}",
                label=None if elision else hole.label or None,
                name=find_name(hole, labels.get(hole.group) if hole.group is not None else None),
                suggestion=hole.suggestion,
                confidence=hole.confidence,
                kind=hole.form,
                passage=passage.id,
                start=hole.start,
                end=hole.end,
            )
        )
    return tuple(blanks)
