"""What people read: the verdict first, every source, the differing words marked, on wide and narrow terminals."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from assistant.render import answer, comparison, parts, quotations, verification
from assistant.render.console import THEME
from assistant.render.escape import visible
from assistant.types import (
    Answer,
    AnswerStatus,
    AuditedQuote,
    Citation,
    Claim,
    ClaimError,
    Comparison,
    ComparisonRow,
    Difference,
    Evidence,
    Flag,
    FlagKind,
    FlagSide,
    QuestionKind,
    QuoteMatch,
    QuoteStatus,
    Reading,
    SourceRow,
    SourceStance,
    Stance,
    Statement,
    Unchecked,
    Verdict,
    VerdictLabel,
    Verification,
)
from index import ArticleHeader, SectionKind, Span

NAMES = {"a" * 16: "The Herald", "b" * 16: "The Times"}
HERALD = Span("a" * 16, 0, 21, "The strike ends today")
TIMES = Span("b" * 16, 4, 28, "the strike may end today")


def header(source: str, key: str, publisher: str | None = None) -> ArticleHeader:
    return ArticleHeader(article_id=key * 16, source_key=source, source=source, text_sha256="", publisher=publisher)


def screen(width: int = 100, *, colour: bool = False) -> Console:
    return Console(file=io.StringIO(), width=width, theme=THEME, force_terminal=colour, highlight=False, markup=False)


def printed(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def evidence(span: Span) -> Evidence:
    return Evidence(span, 0.9, 0.05, 0.05, "rules")


FLAG = Flag(FlagKind.MODALITY, "Weaker.", FlagSide("ends"), FlagSide.of(Span("b" * 16, 15, 22, "may end")))
VERDICT = Verdict(
    Claim("The strike ends."),
    VerdictLabel.SUPPORTED,
    0.9,
    (
        SourceStance("b" * 16, Stance.DIFFERS, (evidence(TIMES),)),
        SourceStance("a" * 16, Stance.SUPPORTS, (evidence(HERALD),)),
    ),
    (FLAG,),
)


@pytest.mark.parametrize("width", [36, 80, 200])
def test_a_verdict_comes_first_and_every_source_has_its_words(width: int) -> None:
    console = screen(width)
    verification.show(console, Verification((VERDICT,)), NAMES)
    shown = " ".join(printed(console).split())
    assert shown.startswith("SUPPORTED (90% sure) “The strike ends.”")
    assert "The Herald supports “The strike ends today”" in shown
    assert "The Times says it differently “the strike may end today”" in shown
    assert shown.index("The Herald supports") < shown.index("The Times says it differently")
    assert "Different strength: Weaker." in shown
    assert all(len(line) <= width for line in printed(console).splitlines())


def test_evidence_that_the_model_decided_on_says_so() -> None:
    decided = replace(evidence(HERALD), decided_by="model"), replace(evidence(TIMES), decided_by="rule:matter.covered")
    stances = tuple(SourceStance(part.span.article_id, Stance.SUPPORTS, (part,)) for part in decided)
    console = screen(200)
    verification.show(console, Verification((replace(VERDICT, sources=stances),)), NAMES)
    herald, times = printed(console).split("The Times supports")
    assert "(read by rules: supports 90%, refutes 5%)" in herald
    assert "read by" not in times


def test_what_was_not_judged_is_said() -> None:
    console = screen()
    verification.show(
        console, Verification((), (Unchecked("It is sad.", "opinion"),), (ClaimError("Qui?", "not English"),), 3), NAMES
    )
    assert "NOT CHECKED  “It is sad.”  opinion" in printed(console)
    assert "COULD NOT BE JUDGED  “Qui?”: not English" in printed(console)
    assert "Not consulted: 3 more sources" in printed(console)


def test_an_answer_names_the_silent_and_numbers_its_citations() -> None:
    given = Answer(
        Reading(QuestionKind.CONTENT, "Does it end?"),
        AnswerStatus.PARTIAL,
        (Statement("The Herald says it ends.", (1,)),),
        (Citation(1, HERALD, SectionKind.BODY),),
        (SourceRow("a" * 16, None, (1,)), SourceRow("b" * 16)),
        missing=("when it began",),
        not_consulted=2,
    )
    console = screen()
    answer.show(console, "Does it end?", given, NAMES)
    shown = printed(console)
    assert shown.startswith("ANSWERED IN PART  Does it end?")
    assert "The Herald says it ends. [1]" in shown
    assert "Not in the sources: when it began" in shown
    assert "[1] “The strike ends today”" in shown
    assert "Consulted, nothing cited: The Times" in shown
    assert "Not consulted: 2 more" in shown


def test_a_comparison_shows_differences_before_the_table() -> None:
    row = ComparisonRow(HERALD, SectionKind.BODY, "The strike", "ends today")
    given = Comparison("the strike", (row,), (Difference(FlagKind.MODALITY, HERALD, TIMES, "One may."),), ())
    console = screen()
    comparison.show(console, given, NAMES)
    shown = printed(console)
    assert shown.startswith("1 DIFFERENCE  the strike")
    assert shown.index("Different strength: One may.") < shown.index("Who says it how")
    assert "“The strike”  body" in shown


def test_an_audit_counts_first_and_says_where_the_words_stand() -> None:
    altered = AuditedQuote(
        "The strike ended today", 0, 22, QuoteStatus.ALTERED, "a" * 16, matches=(QuoteMatch(HERALD, "nearest"),)
    )
    exact = AuditedQuote(TIMES.quote, 30, 54, QuoteStatus.EXACT, matches=(QuoteMatch(TIMES, "same"),))
    console = screen()
    quotations.show(console, [altered, exact], NAMES)
    shown = printed(console)
    assert shown.startswith("2 quotations: 1 exact, 1 altered")
    assert "nearest, in The Herald, characters 0–21" in shown
    assert "stands in The Times, characters 4–28: “the strike may end today”" in shown


def test_a_draft_without_quotations_says_so() -> None:
    console = screen()
    quotations.show(console, [], NAMES)
    assert printed(console).startswith("NO QUOTATIONS")


def test_the_differing_words_are_marked_on_both_sides() -> None:
    left, right = parts.differing("at least 10 million residents", "at least 10 Million foreign residents")
    assert [left.plain[span.start : span.end] for span in left.spans] == []
    assert [right.plain[span.start : span.end] for span in right.spans] == ["foreign"]


@given(st.text(max_size=40), st.text(max_size=40))
def test_marking_never_changes_the_words(left: str, right: str) -> None:
    ours, theirs = parts.differing(left, right)
    assert (ours.plain, theirs.plain) == (f"“{visible(left)}”", f"“{visible(right)}”")


def test_indentation_does_not_fill_lines_with_blanks() -> None:
    console = screen(60)
    console.print(parts.indented(Text("one two three"), 4))
    assert printed(console) == "    one two three\n"


@pytest.mark.parametrize(
    ("headers", "names"),
    [
        pytest.param([header("x/000_1d8.txt", "a")], ["Article 000"], id="the stem up to its first underscore"),
        pytest.param([header("x/000.txt", "a", "Herald")], ["Herald"], id="the publisher"),
        pytest.param(
            [header("x/1_a.txt", "a"), header("y/1_b.txt", "b")], ["1_a.txt", "1_b.txt"], id="the file when stems agree"
        ),
        pytest.param(
            [header("x/s.txt", "a"), header("y/s.txt", "b")],
            ["s.txt (aaaaaaaa)", "s.txt (bbbbbbbb)"],
            id="file and id when files agree",
        ),
        pytest.param([header("https://h.example/2031/fire.html", "a")], ["h.example/…/fire.html"], id="a page"),
        pytest.param([header("x/evil\x1b[2J.txt", "a")], ["Article evil\\x1b[2J"], id="a hostile file name"),
    ],
)
def test_each_article_has_a_name_that_no_other_has(headers: list[ArticleHeader], names: list[str]) -> None:
    assert list(parts.names_of(headers).values()) == names


def test_no_colour_on_what_is_no_terminal() -> None:
    console = screen()
    verification.show(console, Verification((VERDICT,)), NAMES)
    assert "\x1b" not in printed(console)


def test_markup_in_an_article_is_only_text() -> None:
    console = screen(colour=True)
    console.print(parts.quotation("[red]fire[/red] :fire:"))
    assert "[red]fire[/red] :fire:" in printed(console)
