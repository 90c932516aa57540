"""How well pages are found: public questions with the paragraph that answers them, and exact phrases.

``python -m bench.search.evaluate [FOLDER]``; the folder (or ``FANWEN_RETRIEVAL``) holds CMRC 2018 and DRCD in SQuAD layout.
Paragraphs are pages; every question goes through the planner and the engine that the site uses.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fanwen.search.engine import Engine
from fanwen.search.folding import canonical, is_han
from fanwen.search.query import parse
from fanwen.search.tantivy import EmbeddedEngine
from fanwen.search.types import IndexedDocument, IndexedPage

DEFAULT = Path(__file__).resolve().parents[3] / "shared" / "data" / "retrieval"
MARKS = {"cmrc2018_dev": (0.975, 0.995), "DRCD_dev": (0.944, 0.990)}
PHRASES = 2_000
_FIRST_NUMBER = 100_000_000


@dataclass(frozen=True)
class Set:
    """One data set: pages, and questions with the place of the page that answers each."""

    name: str
    pages: list[str]
    questions: list[tuple[str, int]]


def read(path: Path) -> Set:
    pages: dict[str, int] = {}
    questions: list[tuple[str, int]] = []
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            place = pages.setdefault(paragraph["context"], len(pages))
            questions.extend((asked["question"], place) for asked in paragraph["qas"])
    return Set(path.stem, list(pages), questions)


def fill(engine: Engine, sets: list[Set]) -> dict[tuple[str, int], str]:
    """Index all sets together; gives the document number of each (set, page)."""
    numbers: dict[tuple[str, int], str] = {}
    documents: list[IndexedDocument] = []
    for each in sets:
        for place, text in enumerate(each.pages):
            number = str(_FIRST_NUMBER + len(documents))
            numbers[each.name, place] = number
            documents.append(IndexedDocument(number, "", page_count=1, pages=(IndexedPage(1, text),)))
    engine.index(documents)
    engine.commit(1)
    return numbers


def ranks(engine: Engine, asked: Set, numbers: dict[tuple[str, int], str]) -> tuple[float, float]:
    """MRR@10 and Recall@10 of a set's questions."""
    reciprocal = found = 0.0
    for question, place in asked.questions:
        hits = [hit.number for hit in engine.search(parse(question), limit=10, grouped=False).documents]
        if numbers[asked.name, place] in hits:
            found += 1
            reciprocal += 1 / (hits.index(numbers[asked.name, place]) + 1)
    return reciprocal / len(asked.questions), found / len(asked.questions)


def phrases(engine: Engine, sets: list[Set], numbers: dict[tuple[str, int], str], seed: int = 1) -> tuple[float, float]:
    """Recall and precision of random runs of 2-6 Han characters as quoted phrases, over all pages that hold them."""
    chance = random.Random(seed)
    texts = {numbers[each.name, place]: canonical(text) for each in sets for place, text in enumerate(each.pages)}
    recalled = precise = 0.0
    for _ in range(PHRASES):
        phrase = _part(chance, list(texts.values()))
        holding = {number for number, text in texts.items() if phrase in text}
        results = engine.search(parse(f'"{phrase}"'), limit=len(texts), grouped=False)
        found = {hit.number for hit in results.documents}
        recalled += len(found & holding) / len(holding)
        precise += len(found & holding) / max(1, len(found))
    return recalled / PHRASES, precise / PHRASES


def _part(chance: random.Random, texts: list[str]) -> str:
    while True:
        text = chance.choice(texts)
        start, length = chance.randrange(len(text)), chance.randint(2, 6)
        part = text[start : start + length]
        if len(part) == length and all(is_han(character) for character in part):
            return part


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0] if arguments else os.environ.get("FANWEN_RETRIEVAL") or DEFAULT)
    paths = [folder / f"{name}.json" for name in MARKS]
    if not all(path.is_file() for path in paths):
        print(f"Skipped: {', '.join(path.name for path in paths)} are not in {folder}.")
        return 0
    sets = [read(path) for path in paths]
    others = [read(path) for path in sorted(folder.glob("*.json")) if path not in paths]
    failed = False
    with tempfile.TemporaryDirectory(prefix="fanwen-eval-") as scratch:
        engine = EmbeddedEngine(Path(scratch))
        numbers = fill(engine, [*sets, *others])
        print(f"{len(numbers)} pages, all sets in one index")
        print(f"{'set':14} {'questions':>9} {'MRR@10':>7} {'mark':>6} {'Recall@10':>9} {'mark':>6}")
        for each in sets:
            mrr, recall = ranks(engine, each, numbers)
            wanted = MARKS[each.name]
            failed |= round(mrr, 3) < wanted[0] or round(recall, 3) < wanted[1]
            print(f"{each.name:14} {len(each.questions):9} {mrr:7.3f} {wanted[0]:6.3f} {recall:9.3f} {wanted[1]:6.3f}")
        recall, precision = phrases(engine, [*sets, *others], numbers)
        engine.close()
        failed |= recall < 1 or precision < 1
        print(f"{PHRASES} random phrases of 2-6 characters: recall {recall:.4f}, precision {precision:.4f}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
