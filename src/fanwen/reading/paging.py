"""Lists cut into numbered pages; a page number that makes no sense leads to the nearest one that does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

PER_PAGE = 20


@dataclass(frozen=True)
class Paging:
    number: int
    last: int
    numbers: list[int | None] = field(default_factory=list)
    """Page numbers to show; None for a gap."""

    @property
    def previous(self) -> int:
        return self.number - 1 if self.number > 1 else 0

    @property
    def next(self) -> int:
        return self.number + 1 if self.number < self.last else 0


def paging(number: int, last: int) -> Paging:
    shown = sorted({1, 2, number - 1, number, number + 1, last} & set(range(1, last + 1)))
    numbers: list[int | None] = []
    for value in shown:
        if numbers and numbers[-1] is not None and value - numbers[-1] > 1:
            numbers.append(None)
        numbers.append(value)
    return Paging(number, last, numbers)


def cut(request: HttpRequest, items: Any, *, per_page: int = PER_PAGE) -> tuple[list[Any], Paging, int]:
    """The part of `items` that ``?p=`` asks for, its paging, and how many there are in all."""
    pages = Paginator(items, per_page)
    page = pages.get_page(request.GET.get("p", "1"))
    return list(page.object_list), paging(page.number, pages.num_pages), pages.count


def whole_number(value: str | None, *, most: int = 10**6) -> int:
    """`value` as a number from 0 to `most`; 0 for anything else a person may have typed."""
    return min(int(value), most) if value and value.isascii() and value.isdigit() and len(value) < 12 else 0
