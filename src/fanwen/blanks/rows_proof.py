"""Check that rows added and passages left out are all that a reshaped document differs in, with another parser than made
it and without its splices."""

from __future__ import annotations

import copy
from collections.abc import Collection, Sequence
from typing import Any

from lxml import etree

from fanwen.blanks.docx.document import WordDocument
from fanwen.blanks.docx.tags import WORD_URIS
from fanwen.blanks.docx.tokens import meaning
from fanwen.blanks.markup.plain import local, parse
from fanwen.blanks.pptx.presentation import DRAWING, Presentation
from fanwen.blanks.reshaped import Reshaped

_UNIQUE = ("paraId", "textId")
_ROW_IDS = frozenset({"rowId"})
_MARKERS = frozenset({"bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd"})
_PRUNED = frozenset({"tc", "tr", "tbl", "sdtContent", "sdt"})


def parts_that_differ_in_more(
    template: WordDocument | Presentation,
    made: WordDocument | Presentation,
    reshaped: Reshaped,
    removed: Collection[str] = (),
) -> list[str]:
    """Names of parts with other changes than copies of rows and items, and the passages `removed` gone."""
    wrong = []
    for part in template.package.names:
        ours, theirs = template.package.read(part), made.package.read(part)
        if part not in reshaped.origins:
            same = ours == theirs
        else:
            gone = {int(id_.rpartition("#")[2]) for id_ in removed if id_.rpartition("#")[0] == part}
            read = {int(id_.rpartition("#")[2]) for id_, one in template.paragraphs.items() if one.part == part}
            same = _same(parse(ours), parse(theirs), reshaped.origins[part], gone, read)
        if not same:
            wrong.append(part)
    return wrong if template.package.names == made.package.names else [*wrong, "[Content_Types].xml"]


def _same(
    before: etree._Element,
    after: etree._Element,
    origins: Sequence[tuple[int, int]],
    gone: Collection[int],
    read: Collection[int],
) -> bool:
    old, new = _paragraphs(before), _paragraphs(after)
    if len(new) != len(origins):
        return False
    added = {
        _block(paragraph): _block(old[number]) for paragraph, (number, times) in zip(new, origins, strict=True) if times
    }
    if any(_bare(block) != _bare(original) for block, original in added.items()):
        return False
    stayed = {number for number, times in origins if not times}
    left_out = [number for number in range(len(old)) if number not in stayed]
    # what nobody reads, in cells merged with the one above, goes along with its row
    if any(number in read and number not in gone and not _in_gone(old, number, gone) for number in left_out):
        return False
    for block in added:
        _drop(block)
    for number in left_out:
        _prune(old[number])
    return bool(meaning(before) == meaning(after))


def _in_gone(old: Sequence[etree._Element], number: int, gone: Collection[int]) -> bool:
    """Whether the paragraph stands in one that goes: in a text box anchored there."""
    around = {id(element) for element in old[number].iterancestors()}
    return any(id(old[other]) in around for other in gone)


def _paragraphs(root: etree._Element) -> list[etree._Element]:
    uris = DRAWING if local(root) == "sld" else WORD_URIS
    names = {f"{{{uri}}}p" for uri in uris}
    return [one for one in root.iter() if one.tag in names]


def _block(paragraph: etree._Element) -> etree._Element:
    """The row that a paragraph stands in, or itself."""
    for around in paragraph.iterancestors():
        if local(around) == "txbxContent":
            break
        if local(around) == "tr":
            return around
    return paragraph


def _bare(block: etree._Element) -> Any:
    """What a copy and its original must have in common."""
    bare = copy.deepcopy(block)
    for element in list(bare.iter()):
        name = local(element)
        for key in [key for key in element.attrib if str(key).rpartition("}")[2] in _UNIQUE]:
            del element.attrib[key]
        is_reference = name == "r" and any(local(child) == "commentReference" for child in element)
        parent = element.getparent()
        is_control_id = name == "id" and parent is not None and local(parent) == "sdtPr"
        if name in _MARKERS or name in _ROW_IDS or is_reference or is_control_id:
            _drop(element)
    bare.tail = None
    return meaning(bare)


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _prune(paragraph: etree._Element) -> None:
    """Take a paragraph out, and what holds no paragraph any more because of it."""
    parent = paragraph.getparent()
    _drop(paragraph)
    while parent is not None and local(parent) in _PRUNED and not any(local(one) == "p" for one in parent.iter()):
        above = parent.getparent()
        _drop(parent)
        parent = above
