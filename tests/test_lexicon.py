"""What the general lexicons say about words of the news."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.lexicon import (
    antonyms,
    base,
    hypernym_path,
    is_kind_of,
    is_outlet_name,
    is_person_noun,
    is_reporting_verb,
    is_wish,
    opposite,
    place_of,
    request_strength,
    same_meaning,
    similar,
    supersense,
    valence,
    verb_of,
)


@pytest.mark.parametrize(
    ("left", "right", "part"),
    [
        ("begin", "start", "v"),
        ("buy", "purchase", "v"),
        ("injure", "wound", "v"),
        ("end", "stop", "v"),
        ("stay", "remain", "v"),
        ("plan", "program", "n"),
        ("big", "large", "a"),
        ("approve", "approval", ""),
        ("end", "ending", ""),
    ],
)
def test_these_mean_the_same(left: str, right: str, part: str) -> None:
    assert same_meaning(left, right, part)
    assert same_meaning(right, left, part)


@pytest.mark.parametrize(
    ("left", "right", "part"),
    [("end", "suspend", "v"), ("kill", "die", "v"), ("migrant", "refugee", "n"), ("legal", "illegal", "a")],
)
def test_these_do_not_mean_the_same(left: str, right: str, part: str) -> None:
    assert not same_meaning(left, right, part)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("rise", "fall"),
        ("increase", "decrease"),
        ("legal", "illegal"),
        ("accept", "reject"),
        ("win", "lose"),
        ("open", "close"),
    ],
)
def test_opposites_are_known_both_ways(left: str, right: str) -> None:
    assert opposite(left, right)
    assert opposite(right, left)
    assert not opposite(left, left)


def test_derived_nouns_lead_to_their_verbs() -> None:
    assert [verb_of(noun) for noun in ("approval", "suspension", "removal", "investigation", "demand", "end")] == [
        "approve", "suspend", "remove", "investigate", "demand", "end",
    ]  # fmt: skip
    assert verb_of("example") == verb_of("mountain") == ""
    assert base("approval") == "approve"


def test_supersenses_and_people() -> None:
    assert supersense("official") == "noun.person"
    assert supersense("tsunami") == "noun.event"
    assert all(is_person_noun(noun) for noun in ("voter", "migrant", "people", "teacher", "smuggler", "tenant"))
    assert not any(is_person_noun(noun) for noun in ("bridge", "crisis", "law", "xyzzy"))


def test_kinds_and_paths() -> None:
    assert is_kind_of("hurricane", "storm")
    assert not is_kind_of("storm", "hurricane")
    assert "storm" in hypernym_path("storm")[0]
    assert similar("storm", "hurricane") > similar("storm", "teacher")


@pytest.mark.parametrize(
    ("weaker", "stronger"), [("ask", "urge"), ("urge", "demand"), ("request", "order"), ("say", "ask")]
)
def test_requests_have_a_strength(weaker: str, stronger: str) -> None:
    assert request_strength(weaker) < request_strength(stronger)


def test_wishes_and_reports() -> None:
    assert is_wish("want")
    assert not is_wish("build")
    assert all(is_reporting_verb(verb) for verb in ("say", "maintain", "warn", "believe", "deny", "reveal", "claim"))
    assert not any(is_reporting_verb(verb) for verb in ("destroy", "swim", "flood"))


def test_demonyms_lead_to_places() -> None:
    assert (place_of("peruvian"), place_of("germans"), place_of("bridge")) == ("peru", "germany", "")


def test_outlet_names_by_their_shape() -> None:
    outlets = ("reuters", "associated press", "daily courier", "new york times", "bbc", "fox news", "washington post")
    assert all(is_outlet_name(name) for name in outlets)
    assert not any(
        is_outlet_name(name) for name in ("acme", "maria lopez", "peru", "times square", "supreme court", "")
    )


def test_valence_has_a_sign() -> None:
    assert valence("horrible") < 0 < valence("wonderful")
    assert valence("bridge") == 0


@given(st.text(max_size=20), st.text(max_size=20))
def test_unknown_words_are_answered_no(left: str, right: str) -> None:
    assert isinstance(same_meaning(left, right, "n"), bool)
    assert 0 <= similar(left, right) <= 1
    assert left not in antonyms(left)
