"""A document as a reference: GB/T 7714-2015, APA (7th edition), MLA (9th edition), BibTeX and RIS."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Source:
    """What a reference is made of. `author` may be empty."""

    title: str
    author: str
    site: str
    number: str
    published: date
    accessed: date
    address: str


def gb7714(source: Source) -> str:
    """An electronic resource online, ``[EB/OL]``, by 8.2 of GB/T 7714-2015."""
    author = f"{source.author}. " if source.author else ""
    return f"{author}{source.title}[EB/OL]. ({source.published.isoformat()})[{source.accessed.isoformat()}]. {source.address}."


def apa(source: Source) -> str:
    """Without an author the title stands first."""
    when = f"({source.published.year}, {_month(source.published)} {source.published.day})"
    head = f"{source.author}. {when}. {source.title}" if source.author else f"{source.title}. {when}"
    accessed = f"{_month(source.accessed)} {source.accessed.day}, {source.accessed.year}"
    return f"{head}. {source.site}. Retrieved {accessed}, from {source.address}"


def mla(source: Source) -> str:
    author = f"{source.author}. " if source.author else ""
    return (
        f"{author}“{source.title}.” {source.site}, {_day(source.published)}, {source.address}. "
        f"Accessed {_day(source.accessed)}."
    )


def bibtex(source: Source) -> str:
    fields = {
        "author": f"{{{_tex(source.author)}}}" if source.author else "",
        "title": f"{{{_tex(source.title)}}}",
        "howpublished": _tex(source.site),
        "year": str(source.published.year),
        "month": str(source.published.month),
        "day": str(source.published.day),
        "url": source.address,
        "urldate": source.accessed.isoformat(),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{fanwen{source.number},\n{lines}\n}}\n"


def ris(source: Source) -> str:
    fields = [
        ("TY", "ELEC"),
        ("AU", _line(source.author)),
        ("TI", _line(source.title)),
        ("PB", _line(source.site)),
        ("PY", str(source.published.year)),
        ("DA", source.published.strftime("%Y/%m/%d")),
        ("Y2", source.accessed.strftime("%Y/%m/%d")),
        ("UR", source.address),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value or tag == "ER")


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _month(day: date) -> str:
    """English whatever the server's locale is, for these styles are."""
    return _MONTHS[day.month - 1]


def _day(day: date) -> str:
    name = _month(day)
    return f"{day.day} {name if len(name) < 5 else name[:3] + '.'} {day.year}"


def _line(text: str) -> str:
    return " ".join(text.split())


_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    character: f"\\{character}" for character in "{}$&#_%"
}


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in _line(text))
