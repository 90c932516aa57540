"""How well detection does on the labelled documents.

    python -m bench.blanks.evaluate [dev|test|all] [--errors]

Spans count as found when start and end are exact. Type, unit, hedge, role and group are judged on the spans found;
a group is right when the blank shares it with exactly the blanks it should.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from bench.blanks.corpus import Label, Labelled, load
from fanwen.blanks.detect import detect
from fanwen.blanks.types import Blank


@dataclass
class Score:
    documents: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    judged: Counter[str] = field(default_factory=Counter)
    false_alarms: list[str] = field(default_factory=list)
    negatives: int = 0
    errors: list[str] = field(default_factory=list)

    def accuracy(self, what: str) -> float:
        return self.right[what] / self.judged[what] if self.judged[what] else 1.0

    def spans(self, kinds: Iterable[str] | None = None) -> tuple[float, float, float]:
        """Precision, recall and F1."""
        names = list(kinds) if kinds is not None else list(self.labels | self.given)
        found = sum(self.found[name] for name in names)
        given = sum(self.given[name] for name in names)
        labels = sum(self.labels[name] for name in names)
        precision = found / given if given else 1.0
        recall = found / labels if labels else 1.0
        return precision, recall, 2 * precision * recall / (precision + recall) if found else 0.0


def score(documents: list[Labelled]) -> Score:
    total = Score()
    for document in documents:
        _score_one(document, total)
    return total


def _score_one(document: Labelled, total: Score) -> None:
    index = {passage.id: number for number, passage in enumerate(document.story.passages)}
    blanks = detect(document.story)
    given = {(index[blank.passage], blank.start, blank.end): blank for blank in blanks}
    labels = {(label.passage, label.start, label.end): label for label in document.labels}
    total.documents += 1
    total.negatives += len(document.negatives)
    label_groups = _groups((place, label.group) for place, label in labels.items())
    blank_groups = _groups((place, blank.group) for place, blank in given.items())
    label_same = _groups((place, label.same) for place, label in labels.items())
    blank_same = _groups((place, blank.same_as or blank.id) for place, blank in given.items())

    for place, label in labels.items():
        kind = "rule" if label.kind == "space" and place in given and given[place].kind == "rule" else label.kind
        kind = "bracket" if place in given and given[place].kind == "bracket" else kind
        total.labels[kind] += 1
        if place not in given:
            total.errors.append(f"{document.name}: missed {_show(document, place)} ({label.kind})")
            continue
        total.found[kind] += 1
        total.given[kind] += 1
        blank = given[place]
        for what, expected, got in _pairs(label, blank):
            _judge(total, document, place, what, expected, got)
        if label.role == "slot" and blank.role == "slot":
            _judge(total, document, place, "group", label_groups.get(place), blank_groups.get(place))
            if label.same is not None:
                _judge(total, document, place, "same_as", label_same.get(place), blank_same.get(place))
            elif blank.same_as is not None:
                _judge(total, document, place, "same_as", None, blank_same.get(place))
    for place, blank in given.items():
        if place not in labels:
            total.given[blank.kind] += 1
            total.errors.append(f"{document.name}: false {_show(document, place)} ({blank.kind})")
        passage, start, end = place
        for number, first, last in document.negatives:
            if number == passage and (
                (first < end and start < last) or (start == end and first <= start <= last) or (first == last == start)
            ):
                total.false_alarms.append(f"{document.name}: {_show(document, place)}")


def _pairs(label: Label, blank: Blank) -> list[tuple[str, object, object]]:
    pairs: list[tuple[str, object, object]] = [("role", label.role, blank.role)]
    if label.role == "slot":
        pairs += [
            ("type", label.type, blank.type),
            ("unit", label.unit, blank.unit),
            ("hedge", label.hedge, blank.hedge),
        ]
    elif blank.role == "elision" and label.suggestion:
        pairs.append(("suggestion", label.suggestion, blank.suggestion))
    return pairs


def _judge(
    total: Score, document: Labelled, place: tuple[int, int, int], what: str, expected: object, got: object
) -> None:
    total.judged[what] += 1
    if expected == got:
        total.right[what] += 1
    else:
        total.errors.append(
            f"{document.name}: {what} of {_show(document, place)} is {expected}, got {got}"
            if what not in ("group", "same_as")
            else f"{document.name}: {what} of {_show(document, place)}"
        )


def _groups(
    items: Iterable[tuple[tuple[int, int, int], str | None]],
) -> dict[tuple[int, int, int], frozenset[tuple[int, int, int]]]:
    """Place -> the places that share its group; none for a group of one."""
    members: dict[str, set[tuple[int, int, int]]] = defaultdict(set)
    for place, group in items:
        if group is not None:
            members[group].add(place)
    return {place: frozenset(places) for places in members.values() if len(places) > 1 for place in places}


def _show(document: Labelled, place: tuple[int, int, int]) -> str:
    passage, start, end = place
    text = document.story.passages[passage].text
    return f"{text[max(0, start - 8) : start]}⟦{text[start:end]}⟧{text[end : end + 8]}"


def report(half: str, result: Score) -> str:
    lines = [
        f"{half}: {result.documents} documents, {sum(result.labels.values())} blanks, {result.negatives} listed negatives"
    ]
    lines.append(f"  {'spans':12} {'precision':>9} {'recall':>7} {'F1':>6} {'blanks':>7}")
    for kind in sorted(result.labels | result.given, key=lambda name: -result.labels[name]):
        lines.append(f"  {kind:12} {'{:9.3f} {:7.3f} {:6.3f}'.format(*result.spans([kind]))} {result.labels[kind]:7}")
    lines.append(f"  {'all':12} {'{:9.3f} {:7.3f} {:6.3f}'.format(*result.spans())} {sum(result.labels.values()):7}")
    for what in ("role", "type", "unit", "hedge", "group", "same_as", "suggestion"):
        lines.append(f"  {what:12} {result.accuracy(what):9.3f}   ({result.right[what]} of {result.judged[what]})")
    lines.append(f"  false alarms on listed negatives: {len(result.false_alarms)}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("half", nargs="?", choices=["dev", "test", "all"], default="all")
    parser.add_argument("--errors", action="store_true", help="list every disagreement")
    arguments = parser.parse_args()
    for half in ("dev", "test") if arguments.half == "all" else (arguments.half,):
        result = score(load(half))
        print(report(half, result))
        if arguments.errors:
            print(
                "\n".join(
                    "  " + error.replace("\n", "⏎")
                    for error in [*result.errors, *(f"alarm {alarm}" for alarm in result.false_alarms)]
                )
            )


if __name__ == "__main__":
    main()
