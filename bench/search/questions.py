"""The queries of each row, taken from the corpus itself so that they find something."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from bench.search.corpus import FIRST_NUMBER, PER_DOCUMENT, Corpus, described, vocabulary
from fanwen.search.analysis import cut
from fanwen.search.folding import canonical
from fanwen.search.types import EVERYTHING, Filters, IndexedPage

COUNT = 120
"""Queries of a row."""
_SEED = 7
_HAN = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True)
class Asked:
    text: str
    filters: Filters = EVERYTHING
    facets: bool = False


def questions(corpus: Corpus) -> dict[str, list[Asked]]:
    """Queries by row."""
    chance = random.Random(_SEED)
    ranks = {word: rank for rank, word in enumerate(vocabulary())}
    pages = _some_pages(corpus, chance)
    common = [word for word, rank in ranks.items() if 40 <= rank < 400 and len(word) == 2]
    rows: dict[str, list[Asked]] = {
        "common word": [Asked(chance.choice(common)) for _ in range(COUNT)],
        "two words": [],
        "four words": [],
        "question": [],
        "phrase": [],
        "with filter": [],
        "with facets": [Asked(chance.choice(common), facets=True) for _ in range(COUNT)],
    }
    for number, text in (chance.choice(pages) for _ in range(COUNT)):
        # As they come on the page, so that frequent words are as frequent in queries.
        tokens = [part for part in cut(canonical(text)) if len(part) > 1]
        words = list(dict.fromkeys(chance.sample(tokens, len(tokens))))
        chosen = (words + common)[:6]
        document = described(number, (IndexedPage(1, text),))
        rows["two words"].append(Asked(" ".join(chosen[:2])))
        rows["four words"].append(Asked(" ".join(chosen[:4])))
        rows["question"].append(Asked(f"{chosen[0]}{chosen[1]}的{chosen[2]}和{chosen[3]}{chosen[4]}是怎样的？"))
        run = max(_HAN.findall(canonical(text)), key=len)
        start = chance.randrange(max(1, len(run) - 5))
        rows["phrase"].append(Asked(f'"{run[start : start + chance.randint(3, 6)]}"'))
        narrowed = Filters(category=document.categories[-1], year=document.year)
        rows["with filter"].append(Asked(chosen[0], narrowed))
    return rows


def _some_pages(corpus: Corpus, chance: random.Random) -> list[tuple[int, str]]:
    connection = corpus.connect()
    documents = corpus.pages // PER_DOCUMENT
    wanted = [(FIRST_NUMBER + chance.randrange(documents), chance.randint(1, PER_DOCUMENT)) for _ in range(2 * COUNT)]
    found = [
        (
            number,
            connection.execute("SELECT text FROM pages WHERE number = ? AND page = ?", (number, page)).fetchone()[0],
        )
        for number, page in wanted
    ]
    connection.close()
    return found
