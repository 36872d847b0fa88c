import pytest

from assistant.language.reader import LanguageReader
from assistant.types import FlagKind, Scope, Stance, Verdict, VerdictLabel, Verification
from assistant.verifier import load_verifier
from index import UnknownSource
from tests.judging import verify
from tests.memory_sources import MemorySources
from tests.port_articles import NORTH, SOUTH

SUPPORTS, REFUTES, DIFFERS, SILENT = Stance.SUPPORTS, Stance.REFUTES, Stance.DIFFERS, Stance.SILENT


@pytest.fixture(scope="module")
def port() -> MemorySources:
    return MemorySources({"north.txt": NORTH, "south.txt": SOUTH})


def check(text: str, sources: MemorySources, language: LanguageReader, scope: Scope | None = None) -> Verification:
    return verify(text, sources, language, load_verifier("lexical"), scope)


def stances(verdict: Verdict, sources: MemorySources) -> dict[str, Stance]:
    return {sources.article(row.article_id).source: row.stance for row in verdict.sources}


def kinds(verdict: Verdict) -> set[FlagKind]:
    return {flag.kind for flag in verdict.flags}


CASES = [
    pytest.param("About 40 ships were delayed in June.", SUPPORTS, SUPPORTS, None, id="both say so"),
    pytest.param("About 400 ships were delayed in June.", REFUTES, REFUTES, FlagKind.QUANTITY, id="number"),
    pytest.param("About 40 ships were delayed in July.", REFUTES, REFUTES, FlagKind.TIME, id="month"),
    pytest.param(
        "The union wants the port to raise wages by 8 percent.", SUPPORTS, REFUTES, FlagKind.QUANTITY, id="conflict"
    ),
    pytest.param("The talks did not fail.", None, SUPPORTS, None, id="attributed denial"),
    pytest.param(
        "The port will pay for new safety gear.", DIFFERS, SILENT, FlagKind.MODALITY, id="willing is not will"
    ),
    pytest.param("Mara Lind said “We cannot run ships on promises”.", SUPPORTS, None, None, id="quotation"),
    pytest.param(
        "Erik Dahl said “We cannot run ships on promises”.", REFUTES, REFUTES, FlagKind.ATTRIBUTION, id="other speaker"
    ),
    pytest.param(
        "Erik Dahl asked the port of Hallmark to end night shifts.",
        DIFFERS,
        None,
        FlagKind.MODALITY,
        id="stronger verb",
    ),
    pytest.param("The mayor opened a museum.", SILENT, SILENT, None, id="nobody says so"),
]


@pytest.mark.parametrize(("claim", "north", "south", "flag"), CASES)
def test_each_source_has_its_stance(
    port: MemorySources,
    language: LanguageReader,
    claim: str,
    north: Stance | None,
    south: Stance | None,
    flag: FlagKind | None,
) -> None:
    verdict = check(claim, port, language).verdicts[0]
    found = stances(verdict, port)
    if north is not None:
        assert found["north.txt"] is north
    if south is not None:
        assert found["south.txt"] is south
    if flag is not None:
        assert flag in kinds(verdict)


def test_every_piece_of_evidence_is_the_articles_own_text(port: MemorySources, language: LanguageReader) -> None:
    for case in CASES:
        claim = case.values[0]
        assert isinstance(claim, str)
        for verdict in check(claim, port, language).verdicts:
            for row in verdict.sources:
                text = port.article(row.article_id).text
                for evidence in (*row.evidence, *row.nearest):
                    assert evidence.span.quote == text[evidence.span.start : evidence.span.end]
                    assert evidence.decided_by
            for flag in verdict.flags:
                side = flag.theirs
                if side is not None and side.article_id is not None:
                    assert side.quote == port.article(side.article_id).text[side.start : side.end]


def test_a_silent_source_has_a_row_and_no_evidence(port: MemorySources, language: LanguageReader) -> None:
    verdict = check("The mayor opened a museum.", port, language).verdicts[0]
    assert [row.evidence for row in verdict.sources] == [(), ()]
    assert verdict.label is VerdictLabel.NOT_ENOUGH_EVIDENCE


def test_disagreement_is_conflicting(port: MemorySources, language: LanguageReader) -> None:
    verdict = check("The union wants the port to raise wages by 8 percent.", port, language).verdicts[0]
    assert verdict.label is VerdictLabel.CONFLICTING


def test_a_claim_about_both_articles_is_refuted_when_one_does_not_say_it(
    port: MemorySources, language: LanguageReader
) -> None:
    verdict = check("Both articles say the port is willing to pay for new safety gear.", port, language).verdicts[0]
    assert verdict.label is VerdictLabel.REFUTED
    assert FlagKind.ATTRIBUTION in kinds(verdict)


def test_a_claim_about_one_article_is_judged_on_that_article(port: MemorySources, language: LanguageReader) -> None:
    verdict = check("According to the Northern Ledger, about 40 ships were delayed in June.", port, language).verdicts[
        0
    ]
    assert verdict.label is VerdictLabel.SUPPORTED


def test_two_copies_of_one_text_are_one_voice(language: LanguageReader) -> None:
    twice = MemorySources({"one.txt": NORTH, "two.txt": NORTH, "south.txt": SOUTH})
    verdict = check("The port is willing to pay for new safety gear.", twice, language).verdicts[0]
    assert verdict.label is VerdictLabel.SUPPORTED
    assert FlagKind.SINGLE_SOURCE in kinds(verdict)


def test_what_cannot_be_checked_is_listed_and_not_judged(port: MemorySources, language: LanguageReader) -> None:
    result = check(
        "I think the port is doomed. Was the port closed? About 40 ships were delayed in June.", port, language
    )
    assert [item.text for item in result.unchecked] == ["I think the port is doomed.", "Was the port closed?"]
    assert [verdict.claim.text for verdict in result.verdicts] == ["About 40 ships were delayed in June."]


def test_a_scope_names_the_sources_that_are_asked(port: MemorySources, language: LanguageReader) -> None:
    verdict = check("About 40 ships were delayed in June.", port, language, Scope(names=("south",))).verdicts[0]
    assert list(stances(verdict, port)) == ["south.txt"]


def test_an_unknown_name_in_the_scope_is_an_error(port: MemorySources, language: LanguageReader) -> None:
    with pytest.raises(UnknownSource):
        check("About 40 ships were delayed in June.", port, language, Scope(names=("west",)))


def test_the_same_question_has_the_same_answer_twice(port: MemorySources, language: LanguageReader) -> None:
    claim = "The union wants the port to hire at least 300 seasonal workers."
    assert check(claim, port, language) == check(claim, port, language)


@pytest.mark.parametrize("text", ["", "   ", "…", "12345", "|||| ----", "A " * 2000])
def test_odd_input_is_never_a_crash_and_never_a_support(
    port: MemorySources, language: LanguageReader, text: str
) -> None:
    result = check(text, port, language)
    assert all(verdict.label is not VerdictLabel.SUPPORTED for verdict in result.verdicts)


def test_a_claim_in_another_language_is_an_error_beside_the_verdicts(
    port: MemorySources, language: LanguageReader
) -> None:
    told = check("The mayor opened a museum. La alcaldesa cerró el museo de la ciudad el martes.", port, language)
    assert [verdict.claim.text for verdict in told.verdicts] == ["The mayor opened a museum."]
    assert "not in English" in told.errors[0].error
