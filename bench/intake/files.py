"""The files that intake is measured with: made once from a seed, so every run measures the same."""

from __future__ import annotations

import random
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import docx
import openpyxl
import pptx
from docx.shared import Pt
from pptx.util import Emu

from fanwen.intake.office import Office

VERSION = "2"
"""Raised when the files change."""
PAGES = 7
"""Pages of the DOC whose first page is waited for."""

_WORDS = [
    "关于",
    "进一步",
    "加强",
    "图书馆",
    "建设",
    "工作",
    "的",
    "通知",
    "各",
    "单位",
    "为",
    "推动",
    "全民",
    "阅读",
    "现",
    "就",
    "有关",
    "事项",
    "说明",
    "如下",
    "会议",
    "强调",
    "要",
    "做好",
    "统计",
    "汇总",
    "上报",
    "材料",
    "收集",
    "整理",
    "归档",
    "年度",
    "计划",
    "总结",
    "完成",
    "情况",
    "项目",
    "资金",
    "使用",
    "进度",
    "安排",
    "责任",
    "分工",
    "联系人",
    "青石镇",
    "白鹭县",
    "云杉街道",
    "社区",
    "活动",
    "中心",
    "培训",
    "人员",
    "名单",
    "数量",
    "比例",
    "增长",
    "下降",
    "基本",
    "持平",
    "同比",
    "其中",
    "以及",
    "和",
    "与",
    "在",
    "对",
    "并",
]


@dataclass(frozen=True)
class Files:
    office: tuple[Path, ...]
    """Sixty office documents: text, tables and slides, old formats and new, one page to a dozen."""
    seven: tuple[Path, ...]
    """DOC files of `PAGES` pages with different text."""
    folder: Path
    """Where they are, and where more may be made."""


def make_files(folder: Path) -> Files:
    done = folder / f"made-{VERSION}"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        _make(folder)
        done.touch()
    return Files(tuple(sorted((folder / "office").iterdir())), tuple(sorted((folder / "seven").iterdir())), folder)


def _make(folder: Path) -> None:
    (folder / "office").mkdir(parents=True)
    (folder / "seven").mkdir()
    with tempfile.TemporaryDirectory() as name, Office(Path(name, "office")) as office:
        draft = Path(name)
        # format: how many, and what it is exported from
        for format_, source, count in (
            *(("docx", "docx", 20), ("doc", "docx", 15), ("xlsx", "xlsx", 8), ("xls", "xlsx", 5)),
            *(("pptx", "pptx", 8), ("ppt", "pptx", 4)),
        ):
            for number in range(count):
                made = draft / f"{format_}-{number:02}.{source}"
                write(made, random.Random(f"{format_} {number}"), pages=1 + number % 12)
                target = folder / "office" / f"{format_}-{number:02}.{format_}"
                _deliver(office, made, target)
        for number in range(12):
            made = draft / f"seven-{number:02}.docx"
            _text(made, random.Random(f"seven {number}"), PAGES)
            _deliver(office, made, folder / "seven" / f"seven-{number:02}.doc")


def _deliver(office: Office, made: Path, target: Path) -> None:
    if made.suffix == target.suffix:
        shutil.move(made, target)
    else:
        office.export(made, target, target.suffix[1:])


def write(path: Path, chance: random.Random, pages: int) -> None:
    """A DOCX, XLSX or PPTX of about `pages` pages at `path`."""
    {".docx": _text, ".xlsx": _table, ".pptx": _slides}[path.suffix](path, chance, pages)


def sentence(chance: random.Random) -> str:
    return "".join(chance.choices(_WORDS, k=chance.randint(8, 30))) + chance.choice("。。。；！")


def _text(path: Path, chance: random.Random, pages: int) -> None:
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(12)
    for page in range(pages):
        if page:
            document.add_page_break()
        document.add_heading("".join(chance.choices(_WORDS, k=6)), 1 if page == 0 else 2)
        for _ in range(6):
            document.add_paragraph("".join(sentence(chance) for _ in range(2)))
        if page % 3 == 1:
            table = document.add_table(rows=5, cols=4, style="Table Grid")
            for row in table.rows:
                for cell in row.cells:
                    cell.text = chance.choice(_WORDS) + str(chance.randint(1, 9999))
    document.save(str(path))


def _table(path: Path, chance: random.Random, pages: int) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["序号", "单位", "项目", "数量", "金额", "完成时间", "备注"])
    for number in range(40 * pages):
        sheet.append(
            [
                *(number, chance.choice(_WORDS), chance.choice(_WORDS), chance.randint(1, 500), chance.random() * 1e5),
                *(f"{chance.randint(2015, 2026)}年{chance.randint(1, 12)}月", sentence(chance)[:12]),
            ]
        )
    book.save(path)


def _slides(path: Path, chance: random.Random, pages: int) -> None:
    slides = pptx.Presentation()
    for _ in range(pages):
        slide = slides.slides.add_slide(slides.slide_layouts[5])
        slide.shapes.title.text = "".join(chance.choices(_WORDS, k=5))
        box = slide.shapes.add_textbox(Emu(600_000), Emu(1_600_000), Emu(8_000_000), Emu(4_000_000))
        box.text_frame.word_wrap = True
        for _ in range(4):
            box.text_frame.add_paragraph().text = sentence(chance)
    slides.save(str(path))
