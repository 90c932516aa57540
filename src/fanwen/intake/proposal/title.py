"""The title: the document's own property unless it is rubbish, else the first heading, else the file's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from urllib.parse import unquote

from fanwen.intake.formats import KINDS
from fanwen.intake.proposal.lines import (
    Row,
    han_share,
    is_date,
    is_furniture,
    is_heading,
    is_masthead,
    is_number,
    is_salutation,
    join,
)

MAX_TITLE = 120
_LOOKED_AT = 14
"""Rows of the first page that a title may begin in."""
_JOINED = 4
_RUBBISH = re.compile(
    r"^(microsoft\s+(office\s+)?(word|excel|powerpoint|ppt)\b.*|wps\s*(文字|表格|演示|office).*)$"
    r"|^(未命名|未标题|无标题|無標題|未命名文档|untitled|no title|sans titre|none|null|unknown|test|测试|temp)[\s\-_\d()（）.]*(文档|文件|幻灯片|document)?[\s\d]*$"
    r"|^(文档|文件|文稿|工作簿|工作表|演示文稿|幻灯片|新建文档|document|doc|book|sheet|workbook|presentation|slide|page|版式|"
    r"powerpoint\s*(presentation|演示文稿)|powerpoint)[\s\-_.]*[\d一二三四五六七八九十]*$"
    r"|^(新建|新增|new)\s*(microsoft)?\s*(office)?\s*(word|excel|powerpoint|文本|wps)?\s*(文档|工作表|演示文稿|幻灯片|document|worksheet|presentation).*$"
    r"|^(单击|点击|双击|请)?\s*(此处|这里|输入)?\s*(添加|输入|键入|编辑)?\s*(您的|你的|母版)?\s*(主?标题|副标题|正文|文字|文本)\s*(样式|内容)?$"
    r"|^click (here )?to (add|edit).*$|^(title|heading|subject|标题|题目|主题|封面|目录|正文|首页|模板|template|normal|blank|default|office theme|office 主题)(\s*\d*)?$"
    r"|^(normal|template)\.dot[mx]?$|^(默认|空白)(标题|模板|文档|演示文稿)$"
    r"|^(camscanner|scan|scanned|扫描(件|全能王)?|img|image|dsc|photo|图片|照片|screenshot|屏幕截图|微信图片|mmexport|qq图片|wps图片|file|untitled-?)[\s\-_.\d:年月日]*$"
    r"|^附件\s*[\d一二三四五六七八九十]*[:：]?$|^[\d\W_]+$|^[0-9a-f\-]{16,}$|^(https?|file)://.*$|^[a-z]:\\.*$|^\\\\.*$|^/.*/.*$",
    re.IGNORECASE,
)
_EXTENSIONS = sorted({*KINDS, "htm", "jpg", "tif", "dotm", "pptm", "xltx", "potx", "tmp", "indd", "cdr", "dwg", "pub"})
_EXTENSION = re.compile(rf"\.({'|'.join(_EXTENSIONS)})$", re.IGNORECASE)
_ENDS_LIKE_TEXT = ("。", "；", ";", "，", ",", "、", "：", ":")


def is_rubbish(title: str) -> bool:
    """Whether a title property says nothing: a program's default, a file name, a place, or unreadable."""
    title = " ".join(title.split())
    if len(title) < 2 or len(title) > 2 * MAX_TITLE or _RUBBISH.match(title) or _EXTENSION.search(title):
        return True
    odd = sum(char == "\ufffd" or char == "?" or "\x80" <= char <= "\xff" for char in title)
    return odd * 3 > len(title)


def title_of(pages: Sequence[Sequence[Row]], proposed: str, name: str) -> str:
    """The best title: `proposed` (the property) where it is one and the text bears it out, else a heading, else `name`."""
    proposed = " ".join(proposed.split())
    first = next((page for page in pages if page), ())
    heading, strong = heading_of(first)
    if not is_rubbish(proposed) and (not strong or _borne_out(proposed, pages)):
        return _plain(proposed)[:MAX_TITLE]
    return _plain(heading) or name_title(name)


def _borne_out(title: str, pages: Sequence[Sequence[Row]]) -> bool:
    """Whether the first pages speak of what `title` says: a template's title stays behind in what is made of it."""
    text = "".join(row.text for page in pages[:2] for row in page).lower()
    if len(text) < 40:
        return True
    pairs = [pair for pair in (title[at : at + 2].lower() for at in range(len(title) - 1)) if pair.isalnum()]
    found = sum(pair in text for pair in pairs)
    return not pairs or found * 2 >= len(pairs)


def heading_of(page: Sequence[Row]) -> tuple[str, bool]:
    """The heading of a first page, empty where it begins with plain text; and whether it is set larger than the text."""
    body = _body_height(page)
    eligible = [
        index
        for index, row in enumerate(page[:_LOOKED_AT])
        if _may_begin(row) and (row.height > 1.3 * body or not is_salutation(row.text))
    ]
    if not eligible:
        return "", False
    # A row of body text with one tall character is no heading; one that stands out far may well end like a sentence.
    larger = [
        index
        for index in eligible
        if page[index].height > 1.3 * body or (page[index].height > 1.12 * body and _reads_as_heading(page[index].text))
    ]
    if body and larger:
        largest = max(page[index].height for index in larger)
        begin = next(index for index in larger if page[index].height > 0.88 * largest)
        return join([row.text for row in _continued(page, begin)])[:MAX_TITLE], True
    first = page[eligible[0]]
    return (first.text if _reads_as_heading(first.text) and not first.full else ""), False


def _body_height(page: Sequence[Row]) -> float:
    """The height that half of the page's characters are set in, or less."""
    heights = sorted((row.height, len(row.text)) for row in page)
    half = sum(count for _, count in heights) / 2
    for height, count in heights:
        half -= count
        if half <= 0:
            return height
    return 0.0


def _may_begin(row: Row) -> bool:
    text = row.text
    return not (
        row.cells > 1
        or len(text) > 100
        or is_furniture(text)
        or is_number(text)
        or is_masthead(text)
        or is_heading(text)
        or text.startswith(("“", "——", "--"))
        or sum(char.isalpha() for char in text) < 2
    )


def _reads_as_heading(text: str) -> bool:
    limit = 40 if han_share(text) > 0.3 else 100
    return len(text) <= limit and not text.endswith((*_ENDS_LIKE_TEXT, ".")) and "。" not in text


def _continued(page: Sequence[Row], begin: int) -> list[Row]:
    """The first row and those that go on with it: set as high, close below, not ending a sentence."""
    found = [page[begin]]
    for row in page[begin + 1 : begin + _JOINED]:
        last = found[-1]
        if row.height and last.height:
            same = abs(row.height - last.height) < 0.14 * last.height and 0 < row.y - last.y < 3.2 * last.height
            aligned = abs(row.centre - last.centre) < 0.04 or len(last.text) > 12
            body_follows = len(row.text) > 24 and row.height < 0.022 and abs(row.centre - 0.5) > 0.02
            if not (same and aligned) or body_follows:
                break
        else:
            break
        readable = _may_begin(row) and _reads_as_heading(row.text) and _reads_as_heading(last.text.rstrip(":："))
        if not readable and not _closes(found, row):
            break
        if len(join([one.text for one in (*found, row)])) > MAX_TITLE:
            break
        found.append(row)
    return found


def _closes(found: Sequence[Row], row: Row) -> bool:
    """Whether a bracket that was opened in the rows `found` ends with `row`."""
    text = "".join(one.text for one in found)
    return text.count("（") > text.count("）") and row.text.endswith("）")


def _plain(title: str) -> str:
    return " ".join(title.split()).strip("　 -_—–·•*#=|")


_COPY = re.compile(
    r"[\s_\-]*([（(\[【]\s*(\d{1,3}|副本|最终版?|终稿|定稿|修改稿?|打印版?|copy|final|v\d[\d.]*)\s*[)）\]】]|[-_—\s]+(副本|最终版|终稿|定稿|copy|final|v\d[\d.]*)|"
    r"(?<=[\u4e00-\u9fff])(最终版|终稿|定稿|副本))\s*$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^\s*(附件\s*[\d一二三四五六七八九十]*\s*[:：.、_\-\s]\s*|\d{1,3}\s*[.、_\-]\s*(?=\D)|(19|20)\d{6}[\s_\-]+|[【\[][^】\]]{1,8}[】\]]\s*(?=\S{4}))"
)


def name_title(name: str) -> str:
    """A file's name as a title: without its extension, marks of copies and versions, and numbers before it."""
    stem = unquote(PurePosixPath("".join(char for char in name if char.isprintable()).replace("\\", "/")).name)
    while _EXTENSION.search(stem):
        stem = _EXTENSION.sub("", stem)
    plain = stem
    while (shorter := _COPY.sub("", plain)) != plain and len(shorter.strip()) >= 2:
        plain = shorter
    if len(shorter := _LEAD.sub("", plain)) >= 2 and not is_date(shorter):
        plain = shorter
    plain = re.sub(r"[_\s]+", " ", plain).strip(" -_.")
    return (plain or stem.strip() or name.strip() or "?")[:MAX_TITLE]
