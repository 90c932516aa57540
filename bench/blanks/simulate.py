"""Roles on text at hand: words are taken out of it, and detection says which were figures and names, which plain words.

    python -m bench.blanks.simulate TEXT_OR_JSON... [--count 2000] [--seed 1] [--errors]

From each sentence one word is replaced by `_`: a numeral before a measure word, a person's, a place's or an organisation's
name (slots), or a verb, noun or adjective of two characters and more (an elision). JSON in the layout of SQuAD gives its
paragraphs. Nothing of the text is kept.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from pathlib import Path

import opencc
import rjieba

from fanwen.blanks.detect import detect
from fanwen.blanks.text_story import story_of

_SLOTS = {"m": "number", "nr": "person", "ns": "place", "nt": "organization"}
_WORDS = {"v", "vn", "n", "a", "ad", "an"}


def paragraphs(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".json":
        return text.splitlines()
    data = json.loads(text)
    entries = data["data"] if isinstance(data, dict) else data
    return [paragraph["context"] for entry in entries for paragraph in entry["paragraphs"]]


def cases(lines: list[str], rng: random.Random) -> list[tuple[str, str, str]]:
    """Sentence with its hole, the role, and what was taken."""
    found = []
    simplify = opencc.OpenCC("t2s")
    for line in lines:
        for sentence in re.findall(r"[^。！？\n]{12,80}。", simplify.convert(line)):
            if "_" in sentence or re.search(r"[A-Za-z]", sentence):
                continue
            tagged = rjieba.tag(sentence)
            choices = []
            for number, (word, kind) in enumerate(tagged):
                following = tagged[number + 1][1] if number + 1 < len(tagged) else ""
                if kind in _SLOTS and (
                    kind != "m"
                    or (following in ("q", "n", "t") and re.fullmatch(r"[\d.]+|[一二三四五六七八九十百千万两]+", word))
                ):
                    choices.append((number, "slot"))
                elif kind in _WORDS and len(word) >= 2:
                    choices.append((number, "elision"))
            slots = [choice for choice in choices if choice[1] == "slot"]
            wanted = slots if slots and rng.random() < 0.6 else [choice for choice in choices if choice[1] == "elision"]
            if wanted:
                number, role = rng.choice(wanted)
                words = [word for word, _ in tagged]
                taken = f"{words[number]}/{tagged[number][1]}"
                words[number] = "_"
                found.append(("".join(words), role, taken))
    rng.shuffle(found)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    lines = [line for path in arguments.paths for line in paragraphs(path)]
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for sentence, role, taken in cases(lines, random.Random(arguments.seed))[: arguments.count]:
        blanks = [blank for blank in detect(story_of(sentence)) if blank.text == "_"]
        kind = f"{role} {taken.rpartition('/')[2]}"
        total[kind] += 1
        if len(blanks) == 1 and blanks[0].role == role:
            right[kind] += 1
        elif arguments.errors:
            print(role, taken, sentence)
    for kind in sorted(total):
        print(f"{kind:14} {right[kind]:5} of {total[kind]:5}  {right[kind] / total[kind]:.3f}")
    print(
        f"{'all':14} {sum(right.values()):5} of {sum(total.values()):5}  {sum(right.values()) / max(1, sum(total.values())):.3f}"
    )


if __name__ == "__main__":
    main()
