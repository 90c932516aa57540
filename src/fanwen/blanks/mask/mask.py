"""Turn a finished document into a template: its facts become blanks, and the key holds what they said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from fanwen.blanks.change import Change
from fanwen.blanks.docx.document import WordDocument
from fanwen.blanks.errors import BlanksError, FillError
from fanwen.blanks.markup.nodes import Source
from fanwen.blanks.markup.splices import Splices, apply
from fanwen.blanks.mask.entities import entities
from fanwen.blanks.mask.key import Key, PartKey, reversed_splices, sha256, write_key
from fanwen.blanks.mask.leftovers import repeated
from fanwen.blanks.mask.lexicon import Lexicon
from fanwen.blanks.mask.metadata import clear_metadata
from fanwen.blanks.mask.sheet_target import SheetTarget
from fanwen.blanks.mask.slide_target import SlideTarget
from fanwen.blanks.mask.types import Entity, Figure, Sort, Splice, Taken, Unjudged
from fanwen.blanks.mask.word_target import WordTarget
from fanwen.blanks.package import Package, write_whole
from fanwen.blanks.pptx.presentation import Presentation
from fanwen.blanks.read import OfficeDocument, open_document
from fanwen.blanks.xlsx.workbook import Workbook
from fanwen.intake.office import Office

BLANK = "_"


@dataclass(frozen=True)
class Masked:
    """What was (or would be) taken out, and what could not be judged."""

    path: Path | None
    key: Path | None
    taken: tuple[Taken, ...]
    unjudged: tuple[Unjudged, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "path": str(self.path) if self.path else None,
            "key": str(self.key) if self.key else None,
            "taken": [taken.to_dict() for taken in self.taken],
            "unjudged": [unjudged.to_dict() for unjudged in self.unjudged],
        }


class Target(Protocol):
    """A document whose facts can be taken out."""

    package: Package
    texts: dict[str, str]
    """By passage id, everything that is looked into."""

    @property
    def figures(self) -> Sequence[Figure]: ...

    @property
    def data(self) -> Mapping[str, bytes]: ...

    def source(self, part: str) -> Source | None: ...

    def splices(self, changes: Mapping[str, Sequence[Change]]) -> dict[str, list[Splice]]: ...

    def leftovers(self, *, cleared: bool) -> Iterator[Unjudged]: ...


class Masking:
    """A finished document with its facts found, to be shown and then masked.

    `lexicon` adds and keeps words; `sorts` limits what is looked for; with `doubtful`, what only looks like a name is
    taken too. Raises what `read_story` raises, and `BlanksError` (``not_maskable``) for a file that can't be filled.
    """

    def __init__(
        self,
        path: Path,
        *,
        name: str = "",
        lexicon: Lexicon | None = None,
        sorts: Iterable[Sort] | None = None,
        doubtful: bool = False,
        office: Office | None = None,
    ) -> None:
        opened = open_document(path, name=name, office=office)
        self.suffix = "." + opened.story.format
        """What the masked file's name ends with."""
        self._target = _target(opened.document, opened.story.format)
        texts = self._target.texts
        self.texts: Mapping[str, str] = texts
        """By passage id, everything that is looked into."""
        found = entities(texts, lexicon or Lexicon(), sorts)
        for figure in self._target.figures:
            if not found[figure.passage] and (sorts is None or "number" in set(sorts)):
                whole = (0, len(figure.text))
                found[figure.passage] = [Entity(*whole, "number", (whole,), sure=False)]
        self._doubtful: list[Unjudged] = []
        self._chosen: dict[str, list[Entity]] = {}
        for id_, list_ in found.items():
            for entity in list_:
                if entity.sure or doubtful:
                    self._try(id_, entity)
                else:
                    self._doubtful.append(Unjudged(id_, "doubtful", texts[id_][entity.start : entity.end], entity.sort))
        self.taken = self._numbered()

    def listed(self, *, clear: bool = False) -> Masked:
        """What masking would take and what it would leave, without doing it."""
        return Masked(None, None, self.taken, (*self._doubtful, *self._target.leftovers(cleared=clear)))

    def write(self, out: Path, key: Path, passphrase: str | None = None, *, clear: bool = False) -> Masked:
        """Write the masked document to `out` and its key to `key`. With `clear`, authors, company and revision
        history are cleared too."""
        target, package = self._target, self._target.package
        splices = self._splices(clear_metadata(package, target.data) if clear else {})
        replaced: dict[str, bytes] = {}
        parts: dict[str, PartKey] = {}
        for part, edits in splices.items():
            source = target.source(part)
            data = source.data if source else package.read(part)
            new = apply(data, edits)
            replaced[part] = source.stored(new) if source else new
            parts[part] = PartKey(sha256(package.read(part)), sha256(replaced[part]), reversed_splices(data, edits))
        untouched = {part: sha256(package.read(part)) for part in package.names if part not in parts}
        write_key(key, Key(parts, untouched, self.taken), passphrase)
        write_whole(out, package.written(replaced))
        named = [
            taken.text
            for taken in self.taken
            if taken.sort in ("person", "organization", "place", "email", "id", "phone")
        ]
        after = ((part, replaced.get(part) or package.read(part)) for part in package.names)
        left = (*self._doubtful, *target.leftovers(cleared=clear), *repeated(after, named))
        return Masked(out, key, self.taken, left)

    def _try(self, id_: str, entity: Entity) -> None:
        """Choose `entity` unless its place can't be edited."""
        trial = {id_: [*_changes(self._chosen.get(id_, [])), *_changes([entity])]}
        try:
            self._target.splices(trial)
        except FillError as error:
            text = self._target.texts[id_][entity.start : entity.end]
            self._doubtful.append(Unjudged(id_, error.code, text, entity.sort))
        else:
            self._chosen.setdefault(id_, []).append(entity)

    def _splices(self, clearing: Mapping[str, Sequence[Splice]]) -> dict[str, list[Splice]]:
        changes = {id_: _changes(list_) for id_, list_ in self._chosen.items()}
        together: dict[str, Splices] = {}
        for found in (self._target.splices(changes), clearing):
            for part, edits in found.items():
                for edit in edits:
                    together.setdefault(part, Splices(part)).replace(*edit)
        return {part: splices.ordered() for part, splices in together.items()}

    def _numbered(self) -> tuple[Taken, ...]:
        """The facts in document order, the same name or number of a person under one field."""
        fields: dict[tuple[str, str], str] = {}
        taken = []
        for id_, whole in self._target.texts.items():
            for entity in self._chosen.get(id_, ()):
                text = whole[entity.start : entity.end]
                same = (
                    entity.sort,
                    text if entity.sort not in ("number", "percent", "ordinal") else f"{id_} {entity.start}",
                )
                field = fields.setdefault(same, f"f{len(fields) + 1}")
                taken.append(Taken(field, entity.sort, text, id_, entity.start, entity.end))
        return tuple(taken)


def _target(document: OfficeDocument | None, format_: str) -> Target:
    if isinstance(document, WordDocument):
        return WordTarget(document)
    if isinstance(document, Workbook):
        return SheetTarget(document)
    if isinstance(document, Presentation):
        return SlideTarget(document)
    raise BlanksError("not_maskable", format=format_.upper())


def mask(
    path: Path,
    out: Path,
    key: Path,
    passphrase: str | None = None,
    *,
    lexicon: Lexicon | None = None,
    sorts: Iterable[Sort] | None = None,
    doubtful: bool = False,
    clear: bool = False,
    office: Office | None = None,
) -> Masked:
    """Mask the document at `path` into `out`, with what was taken in `key`. See `Masking`."""
    masking = Masking(path, lexicon=lexicon, sorts=sorts, doubtful=doubtful, office=office)
    return masking.write(out, key, passphrase, clear=clear)


def _changes(list_: Sequence[Entity]) -> list[Change]:
    return [Change(start, end, BLANK) for entity in list_ for start, end in entity.holes]
