"""What two sentences differ in, and what only looks so: acts, firmness, voice, names, numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.language.reader import LanguageReader
from assistant.types import FlagKind
from assistant.wording.aligned import Aligned, Candidate
from assistant.wording.candidates import candidates, is_clipped, plain
from assistant.wording.library import open_library, read_articles
from assistant.wording.likelihood import FAMILY
from index import ArticleHeader
from tests.memory_sources import MemorySources

Find = Callable[[str, str], list[Candidate]]


@pytest.fixture(scope="module")
def find(language: LanguageReader) -> Find:
    """All candidates of the first sentences of two bodies."""

    def found(left: str, right: str) -> list[Candidate]:
        sources = MemorySources({"a.txt": f"Notes of the day\n\n{left}", "b.txt": f"Seen in town\n\n{right}"})
        headers: list[ArticleHeader] = list(sources.headers())
        sentences = {header.article_id: sources.sentences(header.article_id) for header in headers}
        library = open_library(headers, read_articles(sentences, language), [])
        first, second = (article.sides[1] for article in library.articles)
        return candidates(Aligned(first, second, library.names), None)

    return found


def told(found: list[Candidate], sign: str) -> list[tuple[FlagKind, str, str]]:
    return [(c.kind, c.ours.text, c.theirs.text) for c in found if c.sign == sign]


def test_two_main_acts_are_set_side_by_side_with_their_objects(find: Find) -> None:
    found = find("The council scrapped the ferry on Monday.", "The council will review the ferry.")
    assert (FlagKind.WORDING, "scrapped the ferry", "will review the ferry") in told(found, "act")


def test_what_one_article_credits_and_the_other_states_is_an_attribution(find: Find) -> None:
    found = find("The dam is safe, engineers said.", "The dam has no cracks at all.")
    assert [kind for kind, _, _ in told(found, "voice_of_sentence")] == [FlagKind.ATTRIBUTION]


def test_a_speaker_whom_the_other_sentence_has_acting_is_no_attribution(find: Find) -> None:
    found = find("Mayor Strand said the toll will end.", "Mayor Strand ends the toll.")
    assert told(found, "voice_of_sentence") == told(found, "own_voice") == []


@pytest.mark.parametrize(("left", "right"), [("It fell by six.", "It fell by 40."), ("He left.", "They stayed.")])
def test_pronouns_and_bare_numbers_never_tell_a_difference_by_themselves(find: Find, left: str, right: str) -> None:
    bare = {"it", "he", "they", "six", "40", "by six"}
    assert not [c for c in find(left, right) if c.ours.text.lower() in bare or c.theirs.text.lower() in bare]


def test_a_number_is_shown_with_what_it_counts(find: Find) -> None:
    found = find("The storm left dozens of families homeless.", "The storm left 41 families homeless.")
    assert (FlagKind.QUANTITY, "dozens of families", "41 families") in told(found, "number")


def test_the_acts_of_two_people_are_two_matters(find: Find) -> None:
    assert told(find("Ann Lee sold the mill to Brask.", "Bob Hart praised the mill in Brask."), "act") == []


def test_a_promise_reported_in_the_past_is_no_less_sure(find: Find) -> None:
    found = find("The mayor said the ferry would sail in June.", "The ferry will sail in June, the mayor said.")
    assert told(found, "mood") == []


def test_a_plan_told_in_the_outlets_own_voice_is_less_sure_than_a_promise(find: Find) -> None:
    found = find("The ferry may sail in June.", "The ferry will sail in June.")
    assert [kind for kind, _, _ in told(found, "mood")] == [FlagKind.MODALITY]


def test_one_hedge_in_two_places_is_no_difference(find: Find) -> None:
    found = find("Fares rose, on average, 22 percent in Brask.", "Fares rose an average of 22 percent in Brask.")
    assert told(found, "number_hedged") == []


def test_a_compound_is_shown_whole(find: Find) -> None:
    found = find("The council passed the hard-won budget.", "The council passed the budget.")
    assert not [c for c in found if c.ours.text.startswith(("won", "-"))]


def test_every_sign_belongs_to_a_family_that_is_weighed(find: Find) -> None:
    found = find(
        "About 300 nurses walked out on Monday, the union said, and may stay away.",
        "On Tuesday 300 striking staff left the wards, which the clinic called a “stunt”.",
    )
    assert found
    assert all(candidate.sign in FAMILY for candidate in found)


def test_a_word_that_a_headline_cuts_short_is_the_same_word() -> None:
    assert is_clipped("intel", "intelligence")
    assert not is_clipped("new tax", "new taxation")
    assert not is_clipped("law", "lawyers")


def test_spellings_are_of_one_word_and_not_of_two_that_touch() -> None:
    assert plain("Honour the defence-pact") == plain("honor defense pact")
    assert plain("Remove all cameras") in plain("in the harbour district Remove all cameras")


@pytest.mark.parametrize(
    ("left", "right", "told_of"),
    [
        ("In May 2020 12 nurses were hurt.", "In March 2019 15 nurses were hurt.", False),
        ("In May 2020 12 nurses were hurt.", "In May 2020 15 nurses were hurt.", True),
        ("On Monday 12 nurses were hurt.", "In the two-week strike 15 nurses were hurt.", True),
    ],
    ids=["two moments", "one moment", "times of two sorts"],
)
def test_numbers_of_two_moments_are_not_set_against_each_other(
    find: Find, left: str, right: str, told_of: bool
) -> None:
    assert any(candidate.kind is FlagKind.QUANTITY for candidate in find(left, right)) is told_of
