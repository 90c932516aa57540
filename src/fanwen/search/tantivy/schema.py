"""The fields of the index, and documents as its records.

One record a page, one header record a document, and one record that holds the sequence of the last commit, so that it is
written with the batch or not at all. Text is not stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import tantivy

from fanwen.search.analysis import GAP, finals, pairs, streams
from fanwen.search.folding import canonical
from fanwen.search.tantivy import part
from fanwen.search.types import IndexedDocument

VERSION = 6
"""Raised when records change their form: an index of another version is made anew."""

SEQUENCE_KEY = "sequence"
TRAIL = "/"
"""Between the keys of a category and of those above it, and between what `KINDS` says of a document, in the fields that
facets are counted by: one value a record is counted in a fraction of the time of several."""
KINDS = ("year", "length", "template", "format")
LENGTHS = (("1", 1, 1), ("2-5", 2, 5), ("6-20", 6, 20), ("21+", 21, 2**31))
"""Kinds of length: name, fewest and most pages."""
_TIME_BITS = 32
"""Of seconds since 1970, until the year 2106."""
_MOST_READS = (1 << 31) - 1
_LATIN = re.compile(r"[a-z]{4,20}")


def build() -> tantivy.Schema:
    """The schema. `whitespace` parts tokens that are ours already; `raw` keeps a value whole."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("pairs", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("header", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("title", tokenizer_name="whitespace", index_option="position")
    builder.add_unsigned_field("number", indexed=True, fast=True)
    builder.add_unsigned_field("page", indexed=True, fast=True)
    builder.add_unsigned_field(part.FIELD, indexed=True)
    builder.add_unsigned_field("category", indexed=True)
    builder.add_text_field("trail", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("year", indexed=True)
    builder.add_unsigned_field("uploaded_at", fast=True)
    builder.add_text_field("format", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("uploader", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("length", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("template", indexed=True)
    builder.add_unsigned_field("reads", fast=True)
    builder.add_unsigned_field("sequence", fast=True)
    return builder.build()


def length_of(page_count: int) -> str:
    """The kind of length of a document; one without pages counts as one page."""
    return next(name for name, _, most in LENGTHS if page_count <= most)


def rank_of_reads(reads: int, uploaded_at: int) -> int:
    """What the field `reads` holds: more for what was read more, then for what is newer."""
    return (min(reads, _MOST_READS) << _TIME_BITS) + min(uploaded_at, (1 << _TIME_BITS) - 1)


def reads_of(rank: int) -> int:
    """The reads in a `rank_of_reads`."""
    return rank >> _TIME_BITS


def records(document: IndexedDocument, vocabulary: set[str]) -> Iterator[tantivy.Document]:
    """The header record of `document`, then its pages. The words met are added to `vocabulary`."""
    header = _record(document, 0)
    parts = (document.title, *document.tags, document.category.replace("/", "\n\n"), document.description)
    header.add_text("header", _add_text(header, "\n\n".join(part for part in parts if part), vocabulary))
    title = canonical(document.title)
    header.add_text("title", " ".join([*pairs(title), GAP, *finals(title)]))
    yield header
    for page in document.pages:
        record = _record(document, page.number)
        _add_text(record, page.text, vocabulary)
        yield record


def _add_text(record: tantivy.Document, text: str, vocabulary: set[str]) -> str:
    """Gives the pairs as they were added: of a header, they say once more in a field of few records where it is found."""
    tokens, words, last = streams(text)
    joined = " ".join(tokens)
    record.add_text("pairs", joined)
    record.add_text("words", " ".join([word for word in words if len(word) != 2] + last))  # pairs have those of two
    vocabulary.update(words)
    if _LATIN.search(joined):
        vocabulary.update([token for token in tokens if token.isascii() and _LATIN.fullmatch(token)])
    return joined


def _record(document: IndexedDocument, page: int) -> tantivy.Document:
    record = tantivy.Document()
    record.add_text("key", document.number)
    record.add_unsigned("number", int(document.number))
    record.add_unsigned("page", page)
    for share in part.parts_of(document.number):
        record.add_unsigned(part.FIELD, share)
    length = length_of(document.page_count or len(document.pages))
    record.add_unsigned("year", document.year)
    record.add_unsigned("uploaded_at", document.uploaded_at)
    record.add_text("format", document.format)
    record.add_text("uploader", document.uploader)
    record.add_text("length", length)
    record.add_unsigned("template", document.template)
    record.add_unsigned("reads", rank_of_reads(document.reads, document.uploaded_at))
    for category in document.categories:
        record.add_unsigned("category", category)
    record.add_text("trail", TRAIL.join(map(str, document.categories)))
    record.add_text("kind", TRAIL.join((str(document.year), length, str(int(document.template)), document.format)))
    return record


def sequence_record(sequence: int) -> tantivy.Document:
    """The record that holds the sequence of the last commit."""
    record = tantivy.Document()
    record.add_text("key", SEQUENCE_KEY)
    record.add_unsigned("sequence", sequence)
    return record
