"""Where a text names an article: by a word that is no other word, or by one that stands where an outlet does."""

from __future__ import annotations

import pytest

from assistant.naming import find_named_sources
from tests.memory_sources import MemorySources

HEADERS = MemorySources({"beacon_1.txt": "The ferry sank.", "coasttimes_2.txt": "A ferry went down."}).headers()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("Which does coasttimes call it?", ["coasttimes"], id="no word of English"),
        pytest.param("What does beacon call the ferry?", ["beacon"], id="does … call"),
        pytest.param("Does beacon's headline match its text?", ["beacon"], id="its headline"),
        pytest.param("According to beacon, who sank it?", ["beacon"], id="according to"),
        pytest.param('Is this a real quote from beacon: "It sank"?', ["beacon"], id="a quote from"),
        pytest.param("What do Beacon and coasttimes agree on?", ["Beacon", "coasttimes"], id="two"),
        pytest.param("Who lit the beacon on the hill?", [], id="a common word"),
        pytest.param("What does Article beacon say of the ferry?", ["Article beacon"], id="as answers write it"),
        pytest.param("Did a beacon burn?", [], id="a common word after an auxiliary and an article"),
    ],
)
def test_names(text: str, named: list[str]) -> None:
    assert [text[name.start : name.end] for name in find_named_sources(text, HEADERS)] == named
