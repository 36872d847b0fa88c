"""Every quotation of a draft gets the status that its words deserve, in the article it is given to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.reader import LanguageReader
from assistant.language.types import Frame
from assistant.quotes import audit_draft
from assistant.types import AuditedQuote, FlagKind, QuoteStatus
from tests.memory_sources import MemorySources

NORTH = (
    "Harbour strike enters second week\n\n"
    "By Ada Quill – The North Herald\n\n"
    "At least 4,000 dockers stayed away on Tuesday, the union said. “We won’t sign a deal that leaves night crews "
    "behind,” said Mara Voss, who leads the union. The port authority called the offer fair.\n\n"
    "The port would need to act before Friday, one official said. Shipping firms might not wait for the courts.\n"
)
SOUTH = (
    "Some 4,000 port workers walked out\n\n"
    "Managers said the stoppage was illegal. The union wants to suspend the night roster, not to end it.\n"
)
SOURCES = MemorySources({"north_1.txt": NORTH, "south_2.txt": SOUTH}, publishers={"south_2.txt": "South Gazette"})
NORTH_ID, SOUTH_ID = (header.article_id for header in SOURCES.headers())


def audit(draft: str) -> AuditedQuote:
    (audited,) = audit_draft(draft, sources=SOURCES)
    return audited


@pytest.mark.parametrize(
    ("draft", "status"),
    [
        pytest.param("Voss said: “We won’t sign a deal”.", QuoteStatus.EXACT, id="byte for byte"),
        pytest.param('Voss: "We won\'t sign a deal"', QuoteStatus.TYPOGRAPHY, id="straight marks"),
        pytest.param('"leaves night crews behind."', QuoteStatus.TYPOGRAPHY, id="closing full stop for a comma"),
        pytest.param("“At least 5,000 dockers stayed away on Tuesday”", QuoteStatus.ALTERED, id="one digit"),
        pytest.param("“The port would not need to act before Friday”", QuoteStatus.ALTERED, id="a negation added"),
        pytest.param(
            "“One official said the port would need to act before Friday. Shipping firms might wait for the courts.”",
            QuoteStatus.ALTERED,
            id="altered over two sentences",
        ),
        pytest.param("“The port would [not] need to act before Friday”", QuoteStatus.ALTERED, id="a bracketed not"),
        pytest.param("“end the night roster”", QuoteStatus.ALTERED, id="inside another word is another word"),
        pytest.param("“At least 4,000 dockers ... the union said”", QuoteStatus.EXACT, id="forward elision"),
        pytest.param("“the union said ... At least 4,000 dockers”", QuoteStatus.SPLICED, id="backward elision"),
        pytest.param("“Harbour strike ... one official said”", QuoteStatus.SPLICED, id="elision over paragraphs"),
        pytest.param(
            "“the port authority called shipping firms might not wait”", QuoteStatus.SPLICED, id="sewn without a mark"
        ),
        pytest.param("“The courts have ruled against everyone”", QuoteStatus.NOT_FOUND, id="said by nobody"),
        pytest.param('The South Gazette wrote "night crews".', QuoteStatus.NOT_FOUND, id="only in the other article"),
        pytest.param(
            'The South Gazette wrote "At least 4,000 dockers ... the union said".',
            QuoteStatus.NOT_FOUND,
            id="an elision that stands only in the other article",
        ),
        pytest.param('Article north says "night crews".', QuoteStatus.EXACT, id="named by its stem"),
    ],
)
def test_status(draft: str, status: QuoteStatus) -> None:
    assert audit(draft).status is status


def test_words_of_the_other_article_are_shown_as_elsewhere() -> None:
    found = audit('The South Gazette wrote "night crews".')
    assert found.attributed_to == SOUTH_ID
    assert (found.matches[0].span.article_id, found.matches[0].relation) == (NORTH_ID, "elsewhere")


def test_an_alteration_shows_the_words_on_both_sides() -> None:
    found = audit("“At least 5,000 dockers stayed away on Tuesday”")
    assert ("drop", "5,000") in found.diff
    assert ("add", "4,000") in found.diff
    assert [flag.kind for flag in found.flags] == [FlagKind.QUANTITY]


def test_an_elision_that_leaves_out_a_negation_is_flagged() -> None:
    found = audit("“Shipping firms might ... wait for the courts”")
    assert (found.status, found.elided) == (QuoteStatus.EXACT, True)
    assert [flag.kind for flag in found.flags] == [FlagKind.NEGATION]


def test_a_bracketed_insertion_is_the_drafts_own() -> None:
    assert audit("“said Mara Voss, who leads [them]”").status is not QuoteStatus.EXACT
    assert audit("“[She] won’t sign a deal that leaves [some] behind”").status is not QuoteStatus.ALTERED


def test_a_draft_without_quotations_has_none() -> None:
    assert audit_draft("Nothing is quoted here, isn't it?", sources=SOURCES) == []


@pytest.mark.parametrize(
    ("draft", "kinds"),
    [
        pytest.param("“We won’t sign a deal,” said Mara Voss.", [], id="the right speaker"),
        pytest.param("“We won’t sign a deal,” said Voss.", [], id="by her last name"),
        pytest.param("“We won’t sign a deal,” said Carl Otto.", [FlagKind.ATTRIBUTION], id="another speaker"),
        pytest.param("Is “Mara Voss hopes that shipping firms might wait” a real quotation?", [], id="named inside it"),
        pytest.param("“At least 4,000 dockers stayed away,” said Mara Voss.", [FlagKind.QUOTATION], id="a paraphrase"),
        pytest.param("The North Herald wrote: “At least 4,000 dockers stayed away”.", [], id="the outlet itself"),
    ],
)
def test_speakers_are_compared(draft: str, kinds: list[FlagKind], language: LanguageReader) -> None:
    (found,) = audit_draft(draft, sources=SOURCES, reader=language)
    assert [flag.kind for flag in found.flags] == kinds


@given(st.data())
def test_any_stretch_of_whole_words_is_exact_and_shown_by_its_bytes(data: st.DataObject) -> None:
    words = NORTH.replace("“", "").replace("”", "").split("\n\n")[3].split()
    first = data.draw(st.integers(0, len(words) - 3))
    last = data.draw(st.integers(first + 2, len(words)))
    found = audit(f"“{' '.join(words[first:last])}”")
    assert found.status is QuoteStatus.EXACT
    assert found.match is not None
    assert found.match.quote == NORTH[found.match.start : found.match.end]


@given(st.text(alphabet=st.sampled_from("night crews port “”'\"….[]4,000 "), max_size=120))
def test_whatever_is_shown_stands_in_its_article(draft: str) -> None:
    for found in audit_draft(draft, sources=SOURCES):
        for match in found.matches:
            assert SOURCES.article(match.span.article_id).text[match.span.start : match.span.end] == match.span.quote


class Counting(LanguageReader):
    """A reader that remembers how many texts it was given."""

    read = 0

    def frames_of_text(self, text: str) -> list[Frame]:
        self.read += 1
        return super().frames_of_text(text)


def test_a4_a_paragraph_is_read_once_for_all_its_quotations() -> None:
    reader = Counting()
    paragraph = "“The pier is shut” and “no ferry sails” " * 20
    assert len(audit_draft(f"{paragraph}\nNothing.\n{paragraph}", sources=SOURCES, reader=reader)) == 80
    assert reader.read == 2
    reader.close()


def test_each_of_a_paragraphs_quotations_has_its_own_speaker(language: LanguageReader) -> None:
    said = "“The pier is shut,” said Ada Lund. “We wait for May,” said Tom Reyes. The harbour was quiet."
    draft = f"{said}\n\n“It reopens in May,” said Ines Ott. {said}"
    found = audit_draft(draft, sources=SOURCES, reader=language)
    assert [quotation.speaker for quotation in found] == ["Ada Lund", "Tom Reyes", "Ines Ott", "Ada Lund", "Tom Reyes"]
