"""The text of a PDF page in reading order, with the place of every character, by pdfium.

pdfium gives characters in the order of the page's content and puts in spaces and line ends of its own. It is asked once a
character, for its loose box (advance width by font height); everything else is counted here, on lists. Characters that
plainly go on with the one before, most of a page, are taken by the stretch, so that a page of 700 takes about 1 ms beside
pdfium's own.
"""

from __future__ import annotations

import ctypes
from array import array
from dataclasses import dataclass, field
from operator import le, lt

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from fanwen.intake.characters import ORDINARY, UNSEEN, is_han
from fanwen.intake.types import Line

WIDE_GAP = 2.0
"""Ems between two characters of a row from which they belong to different runs, such as cells of a table."""
_SPREAD = 0.5
"""Ems between two Han characters below which a space is pdfium's guess at justified text, not a character."""
_AUTOSPACE = 0.3
"""The same between Han and Latin, where typesetters add a quarter em by themselves."""
_DEVICE = 1 << 20
"""Steps a page is divided into to learn how pdfium maps it, rotation and crop box included."""
_HYPHENS = {0x02, 0xAD, 0xFFFE}
_NEWLINE, _TAB = "\n", "\t"
_SPACES = {0x20, 0xA0, 0x09}
_PLAIN = bytearray(b"\1" * 0x10000)
"""By UTF-16 code: 1 for those that stand in the text as they are and part nothing."""
for _point in (*UNSEEN, *ORDINARY, *_HYPHENS, *_SPACES, 0x0A, 0x0D):
    if _point < len(_PLAIN):
        _PLAIN[_point] = 0


@dataclass
class _Run:
    """A run being gathered: characters with start and end along the writing direction, and its extent across."""

    chars: list[str] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    low: float = 1.0
    high: float = 0.0
    direction: str = ""


class _Boxes:
    """Codes and boxes of a page's characters, as fractions of the page as it is seen."""

    def __init__(self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> None:
        count = raw.FPDFText_CountChars(textpage)
        self.count = max(0, count)
        rectangles = (raw.FS_RECTF * self.count)()
        get, handle = raw.FPDFText_GetLooseCharBox, textpage.raw
        for index, rectangle in enumerate(rectangles):
            get(handle, index, rectangle)
        floats = array("f")
        floats.frombytes(bytes(rectangles))
        self.codes = _codes(textpage, self.count)
        (xx, xy, x0), (yx, yy, y0) = _view(page)
        left, top, right, bottom = floats[0::4], floats[1::4], floats[2::4], floats[3::4]
        if abs(xx) >= abs(xy):
            across, down = (left, right, xx, x0), (bottom, top, yy, y0)
        else:
            across, down = (bottom, top, xy, x0), (left, right, yx, y0)
        self.x0, self.x1 = _scaled(*across)
        self.y0, self.y1 = _scaled(*down)

    def stretches(self, ratio: float) -> bytes:
        """A byte a character: 1 where it plainly goes on with the one before, on the same row and not far behind it.

        `ratio` is the page's height by its width.
        """
        if self.count < 2 or self.codes.typecode != "H":
            return bytes(self.count)
        x0, y0, y1 = iter(self.x0), iter(self.y0), iter(self.y1)
        widest = WIDE_GAP * ratio
        before, top, bottom = next(x0), next(y0), next(y1)
        plain = map(_PLAIN.__getitem__, self.codes[1:])
        flags = bytearray(1)
        for is_plain, left, right_before, high, low in zip(plain, x0, self.x1, y0, y1, strict=False):
            shared = (low if low < bottom else bottom) - (high if high > top else top)
            flags.append(
                is_plain and before <= left and 2 * shared > low - high and left - right_before <= shared * widest
            )
            before, top, bottom = left, high, low
        return bytes(flags)


def _view(page: pdfium.PdfPage) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """How page coordinates map to fractions of the page as seen: (x by x, x by y, x at 0), (y by x, y by y, y at 0)."""
    x, y = ctypes.c_int(), ctypes.c_int()

    def at(page_x: float, page_y: float) -> tuple[int, int]:
        raw.FPDF_PageToDevice(page, 0, 0, _DEVICE, _DEVICE, 0, page_x, page_y, x, y)
        return x.value, y.value

    span = 1000.0
    (ox, oy), (ax, ay), (bx, by) = at(0, 0), at(span, 0), at(0, span)
    return (
        ((ax - ox) / span / _DEVICE, (bx - ox) / span / _DEVICE, ox / _DEVICE),
        ((ay - oy) / span / _DEVICE, (by - oy) / span / _DEVICE, oy / _DEVICE),
    )


def _scaled(near: array[float], far: array[float], factor: float, offset: float) -> tuple[list[float], list[float]]:
    first = [value * factor + offset for value in near]
    second = [value * factor + offset for value in far]
    return (first, second) if factor > 0 else (second, first)


def _codes(textpage: pdfium.PdfTextPage, count: int) -> array[int]:
    """The UTF-16 code of each character; at once where pdfium leaves none out, one by one otherwise."""
    buffer = (ctypes.c_ushort * (count + 1))()
    if raw.FPDFText_GetText(textpage, 0, count, buffer) == count + 1:
        return array("H", bytes(buffer)[: 2 * count])
    return array("L", [raw.FPDFText_GetUnicode(textpage, index) for index in range(count)])


def page_text(page: pdfium.PdfPage) -> tuple[str, tuple[Line, ...]]:
    """The text of `page` and its lines.

    Lines are parted by a newline, or by a tab where they stand side by side on one row. A word broken at a line's end
    keeps its hyphen. Characters are ordinary ones (`fanwen.intake.characters`), without NULs, controls or lone surrogates.
    """
    textpage = page.get_textpage()
    try:
        boxes = _Boxes(page, textpage)
        return _Gatherer(boxes, textpage, page.get_width(), page.get_height()).gather()
    finally:
        textpage.close()


class _Gatherer:
    def __init__(self, boxes: _Boxes, textpage: pdfium.PdfTextPage, width: float, height: float) -> None:
        self.boxes, self.textpage = boxes, textpage
        self.width, self.height = max(width, 1e-6), max(height, 1e-6)
        self.run = _Run()
        self.spaces: list[int] = []
        self.last = -1
        self.parts: list[str] = []
        self.length = 0
        self.lines: list[Line] = []

    def gather(self) -> tuple[str, tuple[Line, ...]]:
        codes, count = self.boxes.codes, self.boxes.count
        stretches = self.boxes.stretches(self.height / self.width)
        index = 0
        while index < count:
            code = codes[index]
            if code == 0x20 or code == 0xA0 or code == 0x09:
                self.spaces.append(index)
            elif code == 0x0A or code == 0x0D:
                self._finish(_NEWLINE)
            elif code in _HYPHENS:
                if code != 0xAD or self._ends_line(index):
                    self._add("-", index)
            elif 0xD800 <= code <= 0xDBFF:
                if index + 1 < count and 0xDC00 <= codes[index + 1] <= 0xDFFF:
                    point = 0x10000 + ((code - 0xD800) << 10) + (codes[index + 1] - 0xDC00)
                    self._add(ORDINARY.get(point, chr(point)), index)
                    index += 1
            elif code not in UNSEEN:
                self._add(ORDINARY.get(code) or chr(code), index)
                if index + 1 < count and stretches[index + 1] and self.run.direction in ("", "right"):
                    end = stretches.find(0, index + 1)
                    self._extend(index + 1, end if end >= 0 else count)
                    index = self.last
            index += 1
        self._finish(_NEWLINE)
        return "".join(self.parts), tuple(self.lines)

    def _ends_line(self, index: int) -> bool:
        codes = self.boxes.codes
        return index + 1 >= self.boxes.count or codes[index + 1] in (0x0A, 0x0D) or self._far(index, index + 1)

    def _far(self, one: int, other: int) -> bool:
        """Whether `other` stands behind `one` on the row, or on another row."""
        boxes = self.boxes
        return boxes.x0[other] < boxes.x0[one] or boxes.y0[other] > boxes.y1[one]

    def _add(self, char: str, index: int) -> None:
        run, boxes = self.run, self.boxes
        if run.chars:
            self._join(index)
            run = self.run
        else:
            self.spaces = []  # a line does not begin with them
        x0, x1, y0, y1 = boxes.x0[index], boxes.x1[index], boxes.y0[index], boxes.y1[index]
        down = run.direction == "down" or run.direction == "up"
        start, end, low, high = (y0, y1, x0, x1) if down else (x0, x1, y0, y1)
        run.chars.append(char)
        run.starts.append(start)
        run.ends.append(end)
        if low < run.low:
            run.low = low
        if high > run.high:
            run.high = high
        self.last = index

    def _extend(self, first: int, end: int) -> None:
        """Add the characters from `first` to before `end`, of which each plainly goes on with the one before."""
        run, boxes = self.run, self.boxes
        run.chars.extend(map(chr, boxes.codes[first:end]))
        run.starts.extend(boxes.x0[first:end])
        run.ends.extend(boxes.x1[first:end])
        run.low = min(run.low, *boxes.y0[first:end])
        run.high = max(run.high, *boxes.y1[first:end])
        run.direction = "right"
        self.last = end - 1

    def _join(self, index: int) -> None:
        """Decide whether the character at `index` goes on with the run, and with what between."""
        boxes, last, run = self.boxes, self.last, self.run
        wide, tall = self.width, self.height
        em = max((boxes.y1[last] - boxes.y0[last]) * tall, (boxes.x1[last] - boxes.x0[last]) * wide, 1.0)
        step = (boxes.x0[index] - boxes.x0[last]) * wide
        overlap = self._beside(last, index)
        if not overlap and len(run.chars) >= 1 and run.direction != "right" and abs(step) < 0.6 * em:
            turn = "down" if boxes.y0[index] > boxes.y0[last] else "up"
            gap = (
                (boxes.y0[index] - boxes.y1[last]) * tall
                if turn == "down"
                else (boxes.y0[last] - boxes.y1[index]) * tall
            )
            if run.direction in ("", turn) and gap < WIDE_GAP * em:
                self._turn(turn)
                self._space(gap / em, index)
                return
        elif run.direction in ("down", "up") and overlap and abs(step) < 0.6 * em:
            self._space(0.0, index)
            return
        if run.direction in ("down", "up"):
            self._finish(_NEWLINE)
            return
        gap = (boxes.x0[index] - boxes.x1[last]) * wide
        back = (boxes.x0[last] - boxes.x1[index]) * wide
        if overlap and run.direction in ("", "left") and step < -0.3 * em and -0.5 * em < back < WIDE_GAP * em:
            run.direction = "left"
            self._space(back / em, index)
        elif overlap and gap > self._widest(gap) * em:
            self._finish(_TAB)
        elif self._breaks(step, em, overlap, index):
            self._finish(_NEWLINE)
        else:
            run.direction = "right"
            self._space(gap / em, index)

    def _beside(self, one: int, other: int) -> bool:
        """Whether two characters stand on one row: a fifth of the lower one's height is shared."""
        boxes = self.boxes
        low, high = max(boxes.y0[one], boxes.y0[other]), min(boxes.y1[one], boxes.y1[other])
        return high - low > 0.2 * min(boxes.y1[one] - boxes.y0[one], boxes.y1[other] - boxes.y0[other])

    def _widest(self, gap: float) -> float:
        """Ems that may part two characters of a run: more where the document itself has blanks between them."""
        if gap <= 0 or all(raw.FPDFText_IsGenerated(self.textpage, space) for space in self.spaces):
            return WIDE_GAP
        return 3 * WIDE_GAP

    def _breaks(self, step: float, em: float, overlap: bool, index: int) -> bool:
        boxes, last = self.boxes, self.last
        if step < -0.5 * em:
            return True
        if overlap:
            return False
        drop = (boxes.y0[index] + boxes.y1[index] - boxes.y0[last] - boxes.y1[last]) / 2 * self.height
        return abs(drop) > 1.5 * em or step > (WIDE_GAP + 1) * em

    def _turn(self, direction: str) -> None:
        """A run of one character turns out to be vertical: start and end change places with its extent."""
        run, boxes, first = self.run, self.boxes, self.last
        if run.direction == direction:
            return
        run.direction = direction
        if len(run.chars) == 1:
            run.starts, run.ends = [boxes.y0[first]], [boxes.y1[first]]
            run.low, run.high = boxes.x0[first], boxes.x1[first]

    def _space(self, gap: float, index: int) -> None:
        """Put in the spaces gathered, unless pdfium only guessed them from the gap (in ems) between characters."""
        if not self.spaces:
            return
        spaces, self.spaces = self.spaces, []
        before, after = self.boxes.codes[self.last], self.boxes.codes[index]
        either, both = is_han(before) or is_han(after), is_han(before) and is_han(after)
        guessed = all(raw.FPDFText_IsGenerated(self.textpage, space) for space in spaces)
        if guessed and gap < (_SPREAD if both else _AUTOSPACE if either else 0.0):
            return
        run = self.run
        at, until = run.ends[-1], self.boxes.y0[index] if run.direction == "down" else self.boxes.x0[index]
        for number in range(1, len(spaces) + 1):
            run.chars.append(" ")
            run.starts.append(run.ends[-1])
            run.ends.append(at + (until - at) * number / len(spaces))

    def _finish(self, separator: str) -> None:
        """Close the run as a line. The separator stands before the next one."""
        run, self.run, self.spaces = self.run, _Run(), []
        while run.chars and run.chars[-1].isspace():
            run.chars.pop()
        lead = 0
        while lead < len(run.chars) and run.chars[lead].isspace():
            lead += 1
        if lead < len(run.chars):
            self._line(run, lead)
        if self.parts and separator == _NEWLINE and self.parts[-1] == _TAB:
            self.parts[-1] = _NEWLINE
        elif self.parts and self.parts[-1] not in (_NEWLINE, _TAB):
            self.parts.append(separator)
            self.length += 1

    def _line(self, run: _Run, lead: int) -> None:
        text = "".join(run.chars[lead:])
        starts, ends = run.starts[lead : len(run.chars)], run.ends[lead : len(run.chars)]
        vertical = run.direction in ("down", "up")
        first, final = min(starts), max(ends)
        first, final = _within(first), _within(final)
        low, high = _within(run.low), _within(run.high)
        # Upside down, upwards or right to left: such a line is one box, its characters can't be told apart by an end.
        edges = () if run.direction in ("up", "left") else _edges(starts, ends, first, final)
        place = (low, first, high - low, final - first) if vertical else (first, low, final - first, high - low)
        self.lines.append(Line(self.length, self.length + len(text), *place, edges=edges, vertical=vertical))
        self.parts.append(text)
        self.length += len(text)


def _edges(starts: list[float], ends: list[float], first: float, final: float) -> tuple[float, ...]:
    """Ends of characters that never go back: one that overlaps the next ends where that begins, and characters that
    share a box (a ligature's letters) share it evenly."""
    if _in_order(starts, ends):
        return (*map(min, ends, starts[1:]), ends[-1])
    edges: list[float] = []
    count, index, at = len(ends), 0, first
    while index < count:
        last = index
        while last + 1 < count and starts[last + 1] == starts[index] and ends[last + 1] == ends[index]:
            last += 1
        end = ends[last]
        if last + 1 < count and starts[index] < starts[last + 1] < end:
            end = starts[last + 1]
        end = min(max(end, at), final)
        shared = last - index + 1
        for number in range(1, shared + 1):
            edges.append(at + (end - at) * number / shared if shared > 1 else end)
        at, index = end, last + 1
    return tuple(edges)


def _in_order(starts: list[float], ends: list[float]) -> bool:
    """Whether every character begins behind the one before, and all are on the page."""
    return starts[0] >= 0.0 and max(ends) <= 1.0 and all(map(lt, starts, starts[1:])) and all(map(le, starts, ends))


def _within(value: float) -> float:
    return 0.0 if value < 0.0 else 1.0 if value > 1.0 else value
