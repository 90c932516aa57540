"""Titles in the order of a Chinese dictionary: by their pinyin, Latin titles among them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db.models import CharField, Func

_LONGEST = 60
"""Characters of a title that decide."""


class TitleOrder(Func):
    """Sort key of a column of titles; on another database than SQLite, whose collations know Chinese, the title."""

    function = "title_order"
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="%(expressions)s", **extra)


def title_order(title: str) -> str:
    return "".join(map(_sound, title[:_LONGEST].lower()))


@lru_cache(maxsize=30_000)
def _sound(character: str) -> str:
    """A character's commonest reading, as ICU's collation takes it; anything but Han is itself."""
    # Not at the beginning of the file: its dictionary takes a while to load, and few processes need it.
    from pypinyin import lazy_pinyin

    sound = "".join(lazy_pinyin(character))
    return sound if sound == character else f"{sound} "


def teach(sender: Any, connection: Any, **_: Any) -> None:
    """Makes `TitleOrder` known to a new connection of SQLite."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("title_order", 1, title_order, deterministic=True)
