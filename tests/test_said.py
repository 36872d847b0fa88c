import pytest

from assistant.wording.said import Mode, read_said
from tests.memory_sources import MemorySources
from tests.port_articles import NORTH, SOUTH

SOURCES = MemorySources({"north.txt": NORTH, "south.txt": SOUTH})
BOTH = tuple(header.article_id for header in SOURCES.headers())
ONE = (SOURCES.id_of("north.txt"),)


@pytest.mark.parametrize(
    ("text", "ids", "mode", "rest"),
    [
        ("Both articles say that ships were late.", BOTH, Mode.ALL, "ships were late."),
        ("Neither article says ships were late.", BOTH, Mode.NONE, "ships were late."),
        ("north.txt says ships were late.", ONE, Mode.ALL, "ships were late."),
        ("The Northern Ledger reported that ships were late.", ONE, Mode.ALL, "ships were late."),
        ("Only the Northern Ledger reports ships were late.", ONE, Mode.ONLY, "ships were late."),
        ("According to the Northern Ledger, ships were late.", ONE, Mode.ALL, "ships were late."),
        ("Both the Northern Ledger and the Southern Post say ships were late.", BOTH, Mode.ALL, "ships were late."),
        ("The Northern Ledger and south.txt all report that ships were late.", BOTH, Mode.ALL, "ships were late."),
        ("Ships were late, according to the Northern Ledger.", ONE, Mode.ALL, "Ships were late."),
    ],
)
def test_what_a_claim_says_that_sources_say(text: str, ids: tuple[str, ...], mode: Mode, rest: str) -> None:
    said = read_said(text, SOURCES.headers())
    assert said is not None
    assert (said.article_ids, said.mode, said.rest) == (ids, mode, rest)


@pytest.mark.parametrize(
    "text", ["Ships were late.", "The minister said ships were late.", "The Northern Ledger moved house."]
)
def test_a_claim_about_the_matter_names_no_sources(text: str) -> None:
    assert read_said(text, SOURCES.headers()) is None
