"""Makes the word list of `fanwen.blanks.detect` from the dictionary of jieba 0.42.1 (MIT licence).

    python bench/blanks/make_words.py jieba/dict.txt > src/fanwen/blanks/detect/data/words.txt

Names of persons and fragments are left out: they complete no word that a filter removed.
"""

import sys
from pathlib import Path

LEFT_OUT = {"nr", "nrt", "nrfg", "x", "zg", "o", "g", "ng", "vg", "ag", "tg", "dg"}
LEAST_FREQUENCY = 30


def lines(dictionary: Path) -> list[str]:
    kept = []
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, frequency, kind = line.split()
        if not 2 <= len(word) <= 4 or kind in LEFT_OUT or int(frequency) < LEAST_FREQUENCY:
            continue
        if all("一" <= character <= "龥" for character in word):
            kept.append(f"{word} {frequency} {kind}")
    return sorted(kept)


if __name__ == "__main__":
    print(
        "# Words, how often they occur, and their class. From the dictionary of jieba 0.42.1, (c) 2013 Sun Junyi, MIT licence."
    )
    print("\n".join(lines(Path(sys.argv[1]))))
