"""fanwen check: what is installed, what is missing, what agrees, and the line that mends what does not."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import click
from django.conf import settings

from fanwen.cli.console import print_json
from fanwen.cli.progress import BytesBar
from fanwen.upkeep import check
from fanwen.upkeep.findings import Finding

COLOURS = {"ok": "green", "warning": "yellow", "problem": "red"}


@click.command("check")
@click.option("--deep", is_flag=True, help="Read every original and the whole database.")
@click.option("--repair", is_flag=True, help="Put right what can be put right, then check.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(deep: bool, repair: bool, as_json: bool) -> None:
    """Say what is installed, what is missing, and whether catalogue, files and index agree."""
    repaired = [(finding, done) for finding, done in check.repair()] if repair else []
    if as_json:
        findings = list(_findings(deep, bar=False))
        print_json(
            {
                "ok": all(finding.state != "problem" for finding in findings),
                "checks": [
                    {"name": f.name, "state": f.state, "detail": f.detail, "mend": f.mend or None} for f in findings
                ],
                "repaired": [{"name": finding.name, "done": done} for finding, done in repaired],
            }
        )
    else:
        for finding, done in repaired:
            click.echo(f"{click.style('repaired', fg='cyan')}  {finding.name}: {done}")
        findings = _print(_findings(deep, bar=sys.stderr.isatty()))
    if any(finding.state == "problem" for finding in findings):
        raise SystemExit(1)


def _print(findings: Iterable[Finding]) -> list[Finding]:
    seen = []
    for finding in findings:
        seen.append(finding)
        click.echo(f"{click.style(f'{finding.state:8}', fg=COLOURS[finding.state])}  {finding.name}: {finding.detail}")
        if finding.mend:
            click.echo(f"{'':10}→ {finding.mend}")
    problems = sum(finding.state == "problem" for finding in seen)
    warnings = sum(finding.state == "warning" for finding in seen)
    click.echo(f"{problems} problem{'' if problems == 1 else 's'}, {warnings} warning{'' if warnings == 1 else 's'}")
    return seen


def _findings(deep: bool, *, bar: bool) -> Iterator[Finding]:
    if not (deep and bar):
        yield from check.check(deep=deep)
        return
    total, done = _bytes_of_originals(), 0
    with BytesBar("Reading originals") as progress:

        def advance(size: int) -> None:
            nonlocal done
            done += size
            progress.at(done, total)

        yield from check.check(deep=True, progress=advance)


def _bytes_of_originals() -> int:
    from django.db.models import Sum

    from fanwen.library.models import Original
    from fanwen.upkeep.checks import database

    if not settings.FOLDERS.root.exists() or not database.usable():
        return 0
    return Original.objects.aggregate(total=Sum("size"))["total"] or 0
