import pytest

from assistant.language.reader import LanguageReader
from assistant.wording.countries import country_of
from assistant.wording.learn_names import learn_names
from assistant.wording.names import Names, find_mentions, normal
from index import SectionKind, Sentence

TEXT = (
    "Norwegian President Maria Lund met the head of the Ministry of Fish and Game (MFG) on Friday.",
    "Lund praised the MFG, and NBC News reported that Erik J. Dahl had resigned.",
    "Erik Dahl told NBC he would return to Norway.",
)


@pytest.fixture(scope="module")
def names(language: LanguageReader) -> Names:
    sentences = [Sentence("a", 0, len(text), text, SectionKind.BODY, n) for n, text in enumerate(TEXT)]
    return learn_names(language.parse(sentences))


@pytest.mark.parametrize(
    ("left", "right"),
    [("Lund", "Maria Lund"), ("MFG", "Ministry of Fish and Game"), ("NBC", "NBC News"), ("Erik Dahl", "Erik J. Dahl")],
)
def test_short_forms_name_whom_the_long_forms_name(names: Names, left: str, right: str) -> None:
    assert names.key(left) == names.key(right)


def test_different_people_stay_different(names: Names) -> None:
    assert names.key("Lund") != names.key("Dahl")


@pytest.mark.parametrize(
    ("name", "country"),
    [("us", "united states"), ("americans", "united states"), ("peruvian", "peru"), ("maria lund", "")],
)
def test_countries_by_their_adjectives_and_abbreviations(name: str, country: str) -> None:
    assert country_of(name) == country


@pytest.mark.parametrize(("name", "plain"), [("The U.S.’s", "us"), ("López", "lopez"), ("Abdul-Mahdi", "abdul mahdi")])
def test_the_normal_form_drops_accents_full_stops_and_possessives(name: str, plain: str) -> None:
    assert normal(name) == plain


def test_a_title_is_no_part_of_the_name(language: LanguageReader) -> None:
    (sentence,) = language.parse_text("President Maria Lund met Mr. Dahl.")
    assert [mention.text for mention in find_mentions(sentence.tokens)] == ["Maria Lund", "Dahl"]
