"""Filling and detection, beside docxtpl and docx-mailmerge2 on the same documents in the same process."""

from __future__ import annotations

import gc
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from mailmerge import MailMerge

from fanwen.blanks import detect, read_story
from fanwen.blanks.batch import fill_sheet
from fanwen.blanks.fill import Template
from fanwen.blanks.sheet import header_of

PARAGRAPHS, BLANKS, SECONDS = 120, 40, 3.0
_PARTS = 5
ROWS = 1000


def rows() -> list[dict[str, Any]]:
    """Documents a second, ours and theirs, and the memory of a long batch."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tagged, merged, ruled = folder / "tags.docx", folder / "fields.docx", folder / "rules.docx"
        _write(tagged, lambda line, field: line.add_run(f"{{{{ {field} }}}}"))
        _write(merged, _merge_field)
        _write(ruled, lambda line, _: line.add_run("_"))
        values = {f"field{number}": f"数据{number}" for number in range(BLANKS)}
        out = folder / "out.docx"

        def docxtpl() -> None:
            template = DocxTemplate(tagged)
            template.render(values, autoescape=True)
            template.save(out)

        def mailmerge() -> None:
            with MailMerge(merged) as document:
                document.merge(**values)
                document.write(str(out))

        prepared_tags, prepared_fields = Template(tagged), Template(merged)
        gc.collect()
        gc.freeze()  # as a process of the service does once it has loaded; both arms are spared it
        ours_tags, ours_fields, ours_tags_opening, ours_opening, ours_detecting, theirs_tags, theirs_fields = _rates(
            lambda: prepared_tags.fill(values, out),
            lambda: prepared_fields.fill(values, out),
            lambda: Template(tagged, named=True).fill(values, out),
            lambda: Template(merged, named=True).fill(values, out),
            lambda: Template(merged).fill(values, out),
            docxtpl,
            mailmerge,
        )
        (found,) = _rates(lambda: detect(read_story(ruled)), clock=time.perf_counter)
        first, last, seconds = _batch(folder, prepared_tags)
        return [
            _row("fill tags, template read once (docxtpl reads it each time)", ours_tags, theirs_tags, "documents/s", 4 * theirs_tags),
            _row("fill tags by name, file read anew each time (docxtpl does the same)", ours_tags_opening, theirs_tags, "documents/s", None),
            _row("fill merge fields by name, file read anew each time (docx-mailmerge2 does the same)", ours_opening, theirs_fields, "documents/s", theirs_fields),
            _row("fill merge fields, template read once (docx-mailmerge2 reads it each time)", ours_fields, theirs_fields, "documents/s", theirs_fields),
            _row("read anew, look for every other blank too, and fill merge fields", ours_detecting, theirs_fields, "documents/s", None),
            _row("read and detect, by wall clock on one core", found, None, "documents/s", 60.0),
            _row(f"batch of {ROWS} rows into a ZIP, by wall clock", ROWS / seconds, None, "documents/s", None),
            {
                "row": f"memory grown from row 100 to row {ROWS} of a batch",
                "ours": round(last - first, 1),
                "theirs": None,
                "unit": "MiB",
                "goal": "at most 20",
                "met": last - first <= 20,
            },
        ]  # fmt: skip


def _row(name: str, ours: float, theirs: float | None, unit: str, goal: float | None) -> dict[str, Any]:
    return {
        "row": name,
        "ours": round(ours, 1),
        "theirs": None if theirs is None else round(theirs, 1),
        "unit": unit,
        "goal": "" if goal is None else f"at least {goal:.0f}",
        "met": None if goal is None else ours >= goal,
    }


def _rates(*works: Callable[[], Any], clock: Callable[[], float] = time.process_time) -> list[float]:
    """Times a second of each, of processor time where not said otherwise: other programs on the machine slow every way down,
    but not evenly. The best of several parts, since nothing makes a program faster than it is; the parts of all take turns,
    since the machine's own speed changes by the minute."""
    best = [0.0] * len(works)
    for part in range(_PARTS + 1):
        for at, work in enumerate(works):
            done, start = 0, clock()
            while clock() - start < SECONDS / _PARTS:
                work()
                done += 1
            if part:  # the first is to warm up
                best[at] = max(best[at], done / (clock() - start))
    return best


def _batch(folder: Path, template: Template) -> tuple[float, float, float]:
    """Peak memory in MiB after 100 rows and after all, and the seconds it took."""
    sheet = folder / "rows.csv"
    names = [header_of(field, template.fields) for field in template.fields]
    lines = [",".join(names), *(",".join(f"值{row}-{n}" for n in range(len(names))) for row in range(ROWS))]
    sheet.write_text("\n".join(lines), encoding="utf-8")
    peaks = []

    def on_row(row: Any) -> None:
        if row.row in (101, ROWS + 1):
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)

    began = time.perf_counter()
    batch = fill_sheet(template, sheet, folder / "out.zip", on_row=on_row)
    seconds = time.perf_counter() - began
    if batch.done != ROWS:
        raise RuntimeError(f"{batch.failed} rows of the batch failed")
    return peaks[0], peaks[1], seconds


def _write(path: Path, add: Callable[[Paragraph, str], Any]) -> None:
    document = docx.Document()
    for number in range(PARAGRAPHS):
        line = document.add_paragraph(f"第{number + 1}段：各单位要高度重视，认真组织实施，")
        line.add_run("确保取得实效。").bold = True
        if number % (PARAGRAPHS // BLANKS) == 0:
            line.add_run("本单位填写：")
            add(line, f"field{number // (PARAGRAPHS // BLANKS)}")
            line.add_run("项。")
    document.save(str(path))


def _merge_field(line: Paragraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" MERGEFIELD {name} ")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = f"«{name}»"
    run.append(text)
    field.append(run)
    line._p.append(field)


if __name__ == "__main__":
    for one in rows():
        print(one)
