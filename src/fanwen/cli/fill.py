"""fanwen fill: values into a document's blanks, once or for every row of a sheet."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from fanwen.blanks.batch import How, Row, count_rows, fill_sheet
from fanwen.blanks.fill import Template
from fanwen.blanks.package import write_whole
from fanwen.blanks.rules import parse
from fanwen.blanks.rules.check import resolve
from fanwen.blanks.sheet import read_sheet, write_sheet
from fanwen.cli.console import print_json
from fanwen.cli.source import answers, given, pdf_maker, read_json, said

_OUT = click.Path(path_type=Path)
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("fill")
@click.argument("file_or_number")
@click.option("--values", metavar="JSON", help="A JSON object, or a file with one: values by blank id or field name.")
@click.option("--sheet", type=_FILE, metavar="XLSX|CSV", help="A sheet with a row per document to fill.")
@click.option("--sheet-template", type=_OUT, metavar="XLSX", help="Write an empty sheet for this document, and stop.")
@click.option("-o", "output", type=_OUT, metavar="PATH", help="The filled document; with --sheet a ZIP or a folder.")
@click.option("--pdf", is_flag=True, help="Make a PDF too; alone where PATH ends with .pdf.")
@click.option("--ignore", is_flag=True, help="With --sheet: leave out columns that no field matches.")
@click.option("--name", metavar="COLUMN", help="With --sheet: the column that names the files.")
@click.option(
    "--rule", "rules", multiple=True, metavar="RULE", help="A check such as “竣工 <= 总数”; may be given again."
)
@click.option("--strict", is_flag=True, help="Refuse text for a number or a date, and values that break a rule.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@answers
def command(
    file_or_number: str,
    values: str | None,
    sheet: Path | None,
    sheet_template: Path | None,
    output: Path | None,
    pdf: bool,
    ignore: bool,
    name: str | None,
    rules: tuple[str, ...],
    strict: bool,
    as_json: bool,
) -> None:
    """Fill in the blanks of a document (a FILE, or the NUMBER of one in the library) and nothing else."""
    if [values, sheet, sheet_template].count(None) != 2:
        raise click.UsageError("give one of --values, --sheet or --sheet-template")
    source = given(file_or_number)
    template = Template(source.path, name=source.name, correct=source.corrected, rules=source.rules())
    template.passages = source.stretches(template.story)
    if rules:
        template.rules += tuple(map(parse, rules))
        for rule in template.rules:
            resolve(rule, template.fields, template.columns)
    if sheet_template is not None:
        write_sheet(sheet_template, template.fields)
        _say(as_json, {"path": str(sheet_template), "fields": len(template.fields)}, str(sheet_template))
        return
    if output is None:
        raise click.UsageError("say with -o where to write")
    if output.exists() and output.samefile(source.path):
        raise click.ClickException(f"{output} is the document itself; give another name with -o")
    if sheet is not None:
        _batch(template, sheet, output, pdf, ignore, strict, name, as_json)
    else:
        _once(template, values or "", output, pdf, strict, as_json)


def _once(template: Template, said: str, output: Path, pdf: bool, strict: bool, as_json: bool) -> None:
    values = read_json(said)
    if not isinstance(values, dict):
        raise click.ClickException("the values are not a JSON object")
    broken = template.breaches(values)
    if broken and strict:
        raise click.ClickException("\n".join(map(str, broken)))
    data, report = template.filled(values, strict=strict)
    only_pdf = output.suffix.lower() == ".pdf"
    if output.suffix.lower() in (".doc", ".wps", ".rtf", ".odt", ".dot", ".xls", ".ppt"):
        raise click.ClickException(f"the filled document is a {template.suffix[1:].upper()}; name it so with -o")
    written = {}
    if pdf or only_pdf:
        with pdf_maker() as convert:
            written["pdf"] = output.with_suffix(".pdf")
            write_whole(written["pdf"], convert(data))
    if not only_pdf:
        write_whole(output, data)
    names = {blank.id: blank.name for blank in template.blanks}
    left = list(dict.fromkeys(names[id_] for id_ in report.left))
    done = (
        report.to_dict()
        | {"broken": list(map(str, broken))}
        | {"path": str(output)}
        | {kind: str(path) for kind, path in written.items()}
    )
    text = f"{output}: {len(report.filled)} filled, {len(report.left)} left" + (f" ({', '.join(left)})" if left else "")
    _say(as_json, done, text)
    for warning in report.warnings:
        as_it_stands = "" if warning.code == "code_tags" else " It was written as it stands."
        click.echo(f"fanwen: {warning}{as_it_stands}", err=True)
    for breach in broken:
        click.echo(f"fanwen: {breach}", err=True)


def _batch(
    template: Template,
    sheet: Path,
    output: Path,
    pdf: bool,
    ignore: bool,
    strict: bool,
    name: str | None,
    as_json: bool,
) -> None:
    bar = Progress(
        TextColumn("Filling"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=as_json or not sys.stderr.isatty(),
        transient=True,
    )
    problems: list[Row] = []
    with bar:
        task = bar.add_task("Filling", total=count_rows(sheet))

        def on_row(row: Row) -> None:
            bar.advance(task)
            if row.error or row.warnings:
                problems.append(row)

        how = How(strict, strict, said, None, _column(sheet, name))
        with pdf_maker() if pdf else nullcontext() as convert:
            how = replace(how, to_pdf=convert)
            batch = fill_sheet(template, sheet, output, ignore=ignore, how=how, on_row=on_row)
    errors = [row.to_dict() for row in problems if row.error]
    _say(as_json, {"path": str(output), **batch.to_dict(), "errors": errors}, f"{output}: {batch.done} documents")
    for row in problems:
        for text in (row.error, *row.warnings):
            if text:
                click.echo(f"fanwen: row {row.row}: {text}", err=True)
    if errors:
        raise SystemExit(1)


def _column(sheet: Path, name: str | None) -> int | None:
    """The index of the column `name`."""
    if name is None:
        return None
    headers, _ = read_sheet(sheet)
    if name not in headers:
        raise click.ClickException(
            f"the sheet has no column {name}; its columns are {', '.join(filter(None, headers))}"
        )
    return headers.index(name)


def _say(as_json: bool, data: dict[str, Any], text: str) -> None:
    if as_json:
        print_json(data)
    else:
        click.echo(text)
