"""Match a paragraph's tokens against a template's, in which blanks stand for any characters.

The states that the tokens read so far allow are followed together, as one follows a nondeterministic automaton, so the
time is bounded by the product of the lengths and no match is missed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Fixed(Generic[T]):
    """Exactly this token must stand here (as far as `same` of `align` cares)."""

    token: T


@dataclass(frozen=True)
class Wild:
    """Any number of characters that `align`'s `fits` accepts. `blank` numbers it."""

    blank: int
    allowed: Any = None


def align(
    pattern: Sequence[Fixed[T] | Wild],
    given: Sequence[T],
    same: Callable[[T, T], bool],
    fits: Callable[[Wild, T], bool],
) -> dict[int, list[T]] | None:
    """What each wildcard stands for in `given`, by its number; None when `given` does not follow the pattern.

    Where several readings are possible, early wildcards take as little as they can.
    """
    width = len(pattern)
    rows = [_closed({0}, pattern)]
    for token in given:
        reached: set[int] = set()
        for state in rows[-1]:
            if state < width:
                part = pattern[state]
                if isinstance(part, Wild):
                    if fits(part, token):
                        reached.add(state)
                elif same(part.token, token):
                    reached.add(state + 1)
        if not reached:
            return None
        rows.append(_closed(reached, pattern))
    if width not in rows[-1]:
        return None
    return _traced(rows, pattern, given, same, fits)


def _closed(states: set[int], pattern: Sequence[Fixed[T] | Wild]) -> set[int]:
    """With the states reached by letting wildcards stand for nothing."""
    found = set(states)
    for state in states:
        while state < len(pattern) and isinstance(pattern[state], Wild):
            state += 1
            found.add(state)
    return found


def _traced(
    rows: list[set[int]],
    pattern: Sequence[Fixed[T] | Wild],
    given: Sequence[T],
    same: Callable[[T, T], bool],
    fits: Callable[[Wild, T], bool],
) -> dict[int, list[T]]:
    """Walk back from the end; later wildcards take what they can, so early ones take little."""
    taken: dict[int, list[T]] = {part.blank: [] for part in pattern if isinstance(part, Wild)}
    state, at = len(pattern), len(given)
    while state or at:
        before = pattern[state - 1] if state else None
        here = pattern[state] if state < len(pattern) else None
        if at and isinstance(here, Wild) and state in rows[at - 1] and fits(here, given[at - 1]):
            taken[here.blank].insert(0, given[at - 1])
            at -= 1
        elif at and isinstance(before, Fixed) and state - 1 in rows[at - 1] and same(before.token, given[at - 1]):
            state, at = state - 1, at - 1
        else:
            state -= 1
    return taken
