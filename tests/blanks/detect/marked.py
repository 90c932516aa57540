"""Documents in the evaluation set's markup, so that a test's text says itself where the blanks are."""

from __future__ import annotations

from bench.blanks.corpus import Labelled, parse
from fanwen.blanks.detect import Evidence, detect
from fanwen.blanks.types import Blank


def found(markup: str, evidence: Evidence | None = None) -> tuple[Blank, ...]:
    """What is detected in a document, its labels aside."""
    return detect(parse("document", markup).story, evidence)


def spans(markup: str) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]:
    """The labelled and the detected ranges: passage, start, end."""
    document = parse("document", markup)
    number = {passage.id: index for index, passage in enumerate(document.story.passages)}
    labelled = [(label.passage, label.start, label.end) for label in document.labels]
    detected = [(number[blank.passage], blank.start, blank.end) for blank in detect(document.story)]
    return labelled, detected


def document(markup: str) -> Labelled:
    return parse("document", markup)
