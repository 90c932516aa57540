"""Turn a finished document into a template: its facts become blanks, and the key holds what they said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fanwen.blanks.change import Change
from fanwen.blanks.docx.document import WordDocument
from fanwen.blanks.docx.paragraph import Paragraph
from fanwen.blanks.errors import BlanksError, FillError
from fanwen.blanks.markup.splices import Splices, apply
from fanwen.blanks.mask.entities import entities
from fanwen.blanks.mask.key import Key, PartKey, Splice, reversed_splices, sha256, write_key
from fanwen.blanks.mask.leftovers import leftovers, repeated
from fanwen.blanks.mask.lexicon import Lexicon
from fanwen.blanks.mask.metadata import clear_metadata
from fanwen.blanks.mask.types import Entity, Sort, Taken, Unjudged
from fanwen.blanks.package import write_whole
from fanwen.blanks.read import open_document
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


class Masking:
    """A finished document with its facts found, to be shown and then masked.

    `lexicon` adds and keeps words; `sorts` limits what is looked for; with `doubtful`, what only looks like a name is
    taken too. Raises what `read_story` raises, and `BlanksError` (``not_maskable``) for other kinds than Word files.
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
        if not isinstance(opened.document, WordDocument):
            raise BlanksError("not_maskable", format=opened.story.format.upper())
        self.document = opened.document
        comments = {paragraph.id: paragraph for paragraph in self.document.comments()}
        self._paragraphs: dict[str, Paragraph] = {**self.document.paragraphs, **comments}
        texts = {id_: paragraph.text for id_, paragraph in self._paragraphs.items()}
        found = entities(texts, lexicon or Lexicon(), sorts)
        self._doubtful: list[Unjudged] = []
        self._chosen: dict[str, list[Entity]] = {}
        for id_, list_ in found.items():
            for entity in list_:
                if entity.sure or doubtful:
                    self._try(id_, entity)
                else:
                    self._doubtful.append(Unjudged(id_, "doubtful", texts[id_][entity.start : entity.end]))
        self.taken = self._numbered()

    def listed(self, *, clear: bool = False) -> Masked:
        """What masking would take and what it would leave, without doing it."""
        return Masked(None, None, self.taken, (*self._doubtful, *leftovers(self.document, cleared=clear)))

    def write(self, out: Path, key: Path, passphrase: str | None = None, *, clear: bool = False) -> Masked:
        """Write the masked document to `out` and its key to `key`. With `clear`, authors, company and revision
        history are cleared too."""
        document, package = self.document, self.document.package
        texts = {part: source.data for part, source in document.sources.items()}
        splices = self._splices(clear_metadata(package, texts) if clear else {})
        replaced: dict[str, bytes] = {}
        parts: dict[str, PartKey] = {}
        for part, edits in splices.items():
            known = part in document.sources or part in document.bindings.sources
            source = document.source(part) if known else None
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
        left = (*self._doubtful, *leftovers(document, cleared=clear), *repeated(after, named))
        return Masked(out, key, self.taken, left)

    def _try(self, id_: str, entity: Entity) -> None:
        """Choose `entity` unless its place can't be edited."""
        trial = {id_: [*_changes(self._chosen.get(id_, [])), *_changes([entity])]}
        try:
            self.document.splices_of(trial, self._paragraphs)
        except FillError as error:
            text = self._paragraphs[id_].text[entity.start : entity.end]
            self._doubtful.append(Unjudged(id_, error.code, text))
        else:
            self._chosen.setdefault(id_, []).append(entity)

    def _splices(self, clearing: Mapping[str, Sequence[Splice]]) -> dict[str, list[Splice]]:
        changes = {id_: _changes(list_) for id_, list_ in self._chosen.items()}
        together: dict[str, Splices] = {}
        for found in (self.document.splices_of(changes, self._paragraphs), clearing):
            for part, edits in found.items():
                for edit in edits:
                    together.setdefault(part, Splices(part)).replace(*edit)
        return {part: splices.ordered() for part, splices in together.items()}

    def _numbered(self) -> tuple[Taken, ...]:
        """The facts in document order, the same name or number of a person under one field."""
        fields: dict[tuple[str, str], str] = {}
        taken = []
        for id_, paragraph in self._paragraphs.items():
            for entity in self._chosen.get(id_, ()):
                text = paragraph.text[entity.start : entity.end]
                same = (
                    entity.sort,
                    text if entity.sort not in ("number", "percent", "ordinal") else f"{id_} {entity.start}",
                )
                field = fields.setdefault(same, f"f{len(fields) + 1}")
                taken.append(Taken(field, entity.sort, text, id_, entity.start, entity.end))
        return tuple(taken)


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
