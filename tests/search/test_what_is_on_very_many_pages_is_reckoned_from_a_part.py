"""A phrase that is on very many pages is looked up in a part of the library, and its number reckoned; nothing else is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fanwen.search.query import parse
from fanwen.search.tantivy import EmbeddedEngine, part
from fanwen.search.types import Filters, IndexedDocument, IndexedPage, Results

FREQUENT = '"河道巡查"'
DOCUMENTS = 640
FREQUENT_RECORDS = DOCUMENTS + 1
"""One is a header, of the title."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    """640 documents of two pages: 河道巡查 on the first of each, all of its pairs on the second, 河道巡查员 in ten documents."""
    engine = EmbeddedEngine(tmp_path_factory.mktemp("index"))
    engine.index(
        IndexedDocument(
            str(100_000_000 + place),
            title="河道巡查办法" if place == 3 else f"简报{place}",
            format="docx" if place % 4 else "pdf",
            uploaded_at=1_700_000_000 + place,
            page_count=2,
            pages=(
                IndexedPage(1, f"本周河道巡查{'员' if place % 64 == 1 else '情'}况。"),
                IndexedPage(2, "河道。道巡。巡查。"),
            ),
        )
        for place in range(DOCUMENTS)
    )
    engine.commit(1)
    yield engine
    engine.close()


def found(engine: EmbeddedEngine, query: str, **asked: object) -> Results:
    return engine.search(parse(query), **asked)  # type: ignore[arg-type]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if 100 records were all that can be looked at in time."""
    monkeypatch.setattr(part, "MOST", 100)


def test_a_library_that_can_be_looked_through_is(engine: EmbeddedEngine) -> None:
    answer = found(engine, FREQUENT, facets=True)
    assert (answer.total, answer.about, answer.facets_about) == (FREQUENT_RECORDS, False, False)


@pytest.mark.usefixtures("quick")
def test_the_number_is_reckoned_and_said_to_be(engine: EmbeddedEngine) -> None:
    answer = found(engine, FREQUENT)
    assert answer.about
    assert answer.total == pytest.approx(DOCUMENTS, rel=0.1)
    assert answer.total % 10 == 0, "no more digits than are true"
    assert len(answer.documents) == 10


@pytest.mark.usefixtures("quick")
def test_a_title_is_found_wherever_it_is(engine: EmbeddedEngine) -> None:
    assert 100_000_003 % part.SHARES[0], "not in the part"
    assert found(engine, FREQUENT).documents[0].number == "100000003"


@pytest.mark.usefixtures("quick")
def test_a_rare_phrase_of_frequent_pairs_is_found_wherever_it_is(engine: EmbeddedEngine) -> None:
    answer = found(engine, '"河道巡查员"', limit=50)
    assert {int(hit.number) - 100_000_000 for hit in answer.documents} == set(range(1, DOCUMENTS, 64))
    assert (answer.total, answer.about) == (10, False)
    answer = found(engine, '"河道巡查" "巡查员"', limit=50)
    assert (answer.total, answer.about) == (10, False)


@pytest.mark.usefixtures("quick")
def test_the_newest_are_the_newest_of_all(engine: EmbeddedEngine) -> None:
    answer = found(engine, FREQUENT, sort="newest", limit=3)
    newest = [str(100_000_000 + DOCUMENTS - place) for place in (1, 2, 3)]
    assert [hit.number for hit in answer.documents] == newest
    assert (answer.total, answer.about) == (FREQUENT_RECORDS, False)


@pytest.mark.usefixtures("quick")
def test_what_filters_leave_few_of_is_looked_at_whole(engine: EmbeddedEngine) -> None:
    answer = found(engine, FREQUENT, filters=Filters(document="100000001"))
    assert (answer.total, answer.about) == (1, False)


@pytest.mark.usefixtures("quick")
def test_facets_of_very_many_pages_are_reckoned(engine: EmbeddedEngine) -> None:
    answer = found(engine, "河道", facets=True)
    assert (answer.total, answer.about, answer.facets_about) == (FREQUENT_RECORDS + DOCUMENTS, False, True)
    counts = {facet.value: facet.count for facet in answer.facets["length"]}
    assert counts["2-5"] == pytest.approx(2 * DOCUMENTS, rel=0.1)
    assert sum(facet.count for facet in found(engine, FREQUENT, facets=True).facets["length"]) == pytest.approx(
        DOCUMENTS, rel=0.1
    )
    rare = found(engine, "巡查员", facets=True)
    assert not rare.facets_about
    assert sum(facet.count for facet in rare.facets["length"]) == 10


@pytest.mark.parametrize("filters", [Filters(year=-1), Filters(year=10**20), Filters(category=2**63)])
def test_a_phrase_with_a_filter_that_no_record_can_have_finds_nothing(engine: EmbeddedEngine, filters: Filters) -> None:
    assert found(engine, FREQUENT, filters=filters).total == 0
