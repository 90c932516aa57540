"""One table: what Fanwen takes beside what other ways take, both measured in this run.

    python -m bench [--full] [--only intake|search|blanks|reading] [--rounds N] [--json FILE]

`--full` searches a million pages instead of 200,000. What is made once (files, the synthetic corpus) is kept in .cache/bench.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

CACHE = Path(".cache/bench")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--full", action="store_true", help="search a million pages instead of 200,000")
    parser.add_argument("--only", choices=("intake", "search", "blanks", "reading"), help="one room's rows alone")
    parser.add_argument("--rounds", type=int, default=3, help="how often imports are repeated; medians are shown")
    parser.add_argument("--many", type=int, default=1000, help="files that the memory is watched over")
    parser.add_argument("--json", type=Path, default=CACHE / "results.json", help="where the figures go")
    given = parser.parse_args()
    CACHE.mkdir(parents=True, exist_ok=True)
    rows = list(_rows(given))
    given.json.write_text(
        json.dumps({"machine": _machine(), "rows": rows}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    _print(rows)
    print(f"The figures are in {given.json}.")


def _rows(given: argparse.Namespace) -> Iterator[dict[str, Any]]:
    if given.only in {None, "intake"}:
        from bench import intake

        yield from intake.rows(CACHE.resolve(), rounds=given.rounds, many=given.many)
    if given.only in {None, "search"}:
        from bench import search

        yield from search.rows(1_000_000 if given.full else 200_000)
    if given.only in {None, "blanks"}:
        from bench.blanks import performance

        yield from performance.rows()
    if given.only in {None, "reading"}:
        from bench import reading

        yield from reading.rows(rounds=given.rounds)


def _machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "at": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
    }


def _print(rows: list[dict[str, Any]]) -> None:
    table = Table("row", "ours", "theirs", "ratio", "goal", "")
    for row in rows:
        ours, theirs = row["ours"], row.get("theirs")
        ratio = f"{theirs / ours:.2f}×" if theirs and ours else ""
        met = {True: "[green]met[/]", False: "[red]missed[/]"}.get(row.get("met"), "")  # type: ignore[call-overload]
        table.add_row(
            row["row"], _figure(ours, row["unit"]), _figure(theirs, row["unit"]), ratio, str(row.get("goal") or ""), met
        )
    Console(width=None if os.isatty(1) else 180).print(table)


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}"


if __name__ == "__main__":
    main()
