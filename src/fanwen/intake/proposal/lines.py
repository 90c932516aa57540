"""What a line of a first page is, told by its words: the furniture of official papers and letters, not their content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fanwen.intake.characters import is_han
from fanwen.intake.types import PageContent


@dataclass(frozen=True)
class Row:
    """A line of text and how it is set; height and centre are fractions of the page, 0 where unknown."""

    text: str
    height: float = 0.0
    y: float = 0.0
    centre: float = 0.5
    cells: int = 1
    """Runs side by side on the row: more than one is a table's, or a head's two ends."""
    full: bool = False
    """It reaches the page's right margin, so that what it says goes on in the next row."""


def rows(page: PageContent) -> list[Row]:
    """The rows of a page in reading order; the heights are the lines' own."""
    found: list[Row] = []
    by_start = {line.start: line for line in page.lines}
    flat = [line for line in page.lines if not line.vertical]
    margin = max((line.x + line.width for line in flat), default=1.0)
    texts = page.text.split("\n")
    longest = max(len(text) for text in texts)
    at = 0
    for raw in texts:
        cells = [cell.strip() for cell in raw.split("\t")]
        text = "\t".join(cell for cell in cells if cell)
        line = by_start.get(at)
        if text and line:
            height = line.width if line.vertical else line.height
            full = line.x + line.width > margin - 2.6 * line.height * page.height / page.width and line.width > 0.4
            place = (height, line.y, line.x + line.width / 2)
            found.append(Row(text, *place, sum(bool(cell) for cell in cells), full or line.vertical))
        elif text:
            found.append(Row(text, cells=sum(bool(cell) for cell in cells), full=len(text) > 0.9 * longest > 20))
        at += len(raw) + 1
    return found


_NUMBER = re.compile(
    r"^[\u4e00-\u9fff（）()]{0,20}\s*[〔\[［【（(]\s*(19|20)\d{2}\s*[〕\]］】）)]\s*第?\s*\d+\s*号?(\s*签发人.*)?$"
)
_DATE = re.compile(
    r"^[（(]?\s*((19|20)\d{2}|[二一][〇○0零一二三四五六七八九]{3})\s*[年./-]\s*[\d一二三四五六七八九十]{1,3}\s*([月./-]\s*([\d一二三四五六七八九十]{1,3}\s*日?)?)?\s*[）)]?$"
    r"|^(January|February|March|April|May|June|July|August|September|October|November|December)\s+\d.*\d{4}$|^\d{1,2}\s+\w+\s+\d{4}$"
)
_FURNITURE = re.compile(
    r"^(附件|附表|附录|附)\s*[\d一二三四五六七八九十]*\s*[:：]?$"
    r"|^(签发人|密级|紧急程度|份号|编号|文号|发文字号|版本|页码|单位代码)\s*[:：]?.{0,20}$"
    r"|^(特急|加急|平急|机密|秘密|绝密|内部资料.{0,12}|征求意见稿|讨论稿|草案|送审稿|样稿)[★☆]?.{0,6}$"
    r"|^(目\s*录|目\s*次|contents|table of contents)$"
    r"|^第?\s*\d+\s*页(.{0,8}页)?$|^[-—–\s]*\d+[-—–\s]*$|^page\s+\d+.*$|^\d+\s*/\s*\d+$"
    r"|^(https?://|www\.)\S+$|^[\w.+-]+@[\w.-]+$",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"^[\u4e00-\u9fff、，\s]{2,40}(文\s*件|函|简\s*报|会议纪要|公报|呈批件|便笺|稿纸|信息专报|用笺|动态)$"
)
_SALUTATION = re.compile(r"^.{1,60}[:：]$|^(dear|to)\b.{0,60}[,:：]?$", re.IGNORECASE)
_HEADING = re.compile(
    r"^([一二三四五六七八九十]+\s*[、.．]|[（(][一二三四五六七八九十\d]+[）)]|第[一二三四五六七八九十百\d]+[章节条编部分]|\d+(\.\d+)*\s*[、.．\s])"
)


def is_number(text: str) -> bool:
    """An official paper's number, such as 云政办〔2024〕3号."""
    return _NUMBER.match(text) is not None


def is_date(text: str) -> bool:
    return _DATE.match(text) is not None


def is_furniture(text: str) -> bool:
    """A mark that says nothing about the content: an annex mark, secrecy, page number, address."""
    return _FURNITURE.match(text) is not None or is_date(text) or not any(char.isalnum() for char in text)


def is_masthead(text: str) -> bool:
    """The issuing agency over an official paper, such as 云溪县水利局文件."""
    return _AGENCY.match(text) is not None


def is_salutation(text: str) -> bool:
    return _SALUTATION.match(text) is not None


def is_heading(text: str) -> bool:
    """A numbered heading inside a text, such as 一、总体要求."""
    return _HEADING.match(text) is not None and len(text) <= 40 and not text.endswith(("。", "；", ";", "."))


def han_share(text: str) -> float:
    solid = [char for char in text if not char.isspace()]
    return sum(is_han(ord(char)) for char in solid) / len(solid) if solid else 0.0


def join(parts: Sequence[str]) -> str:
    """Lines as one text: Han characters meet without a blank, words with one, a word parted by a hyphen is whole again."""
    out = ""
    for part in parts:
        part = part.replace("\t", " ").strip()
        if not out or not part:
            out += part
        elif re.search(r"[a-z]-$", out) and part[0].islower():
            out = out[:-1] + part
        elif is_han(ord(out[-1])) or is_han(ord(part[0])):
            out += part
        else:
            out += " " + part
    return out
