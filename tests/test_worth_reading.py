"""The verifier reads what may bear on a claim, however it is worded, and not what shares common words with it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.language.reader import LanguageReader
from assistant.types import Evidence, Scope, Stance
from assistant.verifier.lexical import LexicalVerifier
from assistant.verify import verify_text
from index import Span
from tests.memory_sources import MemorySources

CLAIM = "The Orle ferry company fired 60 deckhands in Nyhavn last week after a pay dispute."
COMPANY = "Cuts at the port\n\nThe Orle ferry company fired 60 deckhands in Nyhavn last week after a pay dispute.\n"
TRADES = ("bakery", "railway", "cinema", "quarry", "brewery", "circus", "laundry", "dairy", "printing")
UNION = "Union replies\n\nOrle never fired any Nyhavn deckhands, the union insists.\n"


class Recorder(LexicalVerifier):
    """Keeps what it was given to read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def judge(self, claim: str, spans: Sequence[Span]) -> list[Evidence]:
        self.read += [span.quote for span in spans]
        return super().judge(claim, spans)


def test_a_sentence_that_shares_little_and_common_words_alone_is_not_read(language: LanguageReader) -> None:
    verifier = Recorder()
    others = {f"{trade}.txt": f"News in brief\n\nThe {trade} company paid a cook last week.\n" for trade in TRADES}
    sources = MemorySources({"company.txt": COMPANY, "union.txt": UNION, **others})
    found = verify_text(CLAIM, sources=sources, reader=language, verifier=verifier, scope=Scope())
    assert not any("cook" in quote for quote in verifier.read)
    assert any("never fired" in quote for quote in verifier.read)
    assert {source.stance for source in found.verdicts[0].sources[2:]} == {Stance.SILENT}
