"""Make a follow-up question stand alone, from the turns before it, by rules. Pure.

"And what does the other one call them?" → the other article, and the thing that was asked about last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.lexicon.wordnet import FUNCTION_WORDS
from assistant.naming import find_named_sources, names_of
from assistant.question_parts import AUXILIARY
from assistant.types import Turn
from index import ArticleHeader

_OTHER = re.compile(
    r"\b(?:the\s+)?other\s+(?:(?:one|article|story|piece|report|source|outlet|account|version)(?P<own>['’]s)?)\b|"
    r"\bthe other(?P<own2>['’]s)?(?=\s*(?:[?.,]|$|say|call|use|describe|report|write|put|mention|quote))",
    re.IGNORECASE,
)
_SAME = re.compile(r"\b(?:the same|that|this) (?:article|story|piece|report|source)\b", re.IGNORECASE)
_PRONOUN = re.compile(
    r"\b(?:them|they|those people|these people|it|that|this|he|she|him|her|his|its|their|theirs)\b", re.IGNORECASE
)
_LEAD_IN = re.compile(r"^\s*(?:and|but|so|ok(?:ay)?|then|also|now|well)\b[\s,]*", re.IGNORECASE)
_BARE_FOLLOW_UP = re.compile(
    r"^\s*(?:and\s+)?(?:(?:what|how) about\s+(?P<thing>[^?]+)|(?P<other>(?:in )?the other(?: (?:one|article|"
    r"story))?))\s*\??\s*$",
    re.IGNORECASE,
)
_THAT_TERM = re.compile(
    r"\b(?:that|this|the same)\s+(?P<noun>term|word|phrase|expression|wording|label|name|description)\b", re.IGNORECASE
)
_QUOTED = re.compile(r"[\"“]([^\"“”]{2,80}?)[,.]?[\"”]")
_HOW_MANY_BARE = re.compile(rf"\s*(?P<how>how many)\s+(?={AUXILIARY}\b)", re.IGNORECASE)
_HOW_MANY = re.compile(rf".*?\bhow many\s+(?P<noun>(?!{AUXILIARY}\b)[^?,]+?)\s+{AUXILIARY}\b", re.IGNORECASE)
_LIGHT = frozenset(  # words that ask for a detail of the last question, and add no matter
    re.findall(
        r"\w+",
        "time date day year hour month number figure amount total count sum name reason cause place word wording "
        "version account give gives say says tell tells state states report reports offer offers mention mentions put "
        "puts explain explains describe describes answer anything something different same detail details too also",
    )
)
_NAME = re.compile(r"\b(?:[A-ZÀ-Þ][\w’'.-]+)(?:\s+(?:(?:de|la|van|von|bin|al)\s+)?[A-ZÀ-Þ][\w’'.-]+)*")
_QUESTION_WORDS = frozenset(
    [
        "what",
        "who",
        "which",
        "when",
        "where",
        "why",
        "how",
        "did",
        "does",
        "do",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "can",
        "could",
        "will",
    ]
)
_ASKED_ABOUT = (
    re.compile(
        r"\b(?:describe|call|label|term|name|portray|refer to|characteri[sz]e)s?d?\s+(?P<thing>(?:[^?,]|,(?=\d))+)",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:about|regarding|concerning|on|for)\s+(?P<thing>(?:[^?,]|,(?=\d))+)", re.IGNORECASE),
    re.compile(r"\b(?:did|does|do|is|are|was|were|has|have|will)\s+(?P<thing>(?:the|a|an|his|her|their)\s+(?:[^?,]|,(?=\d))+?)"
               r"(?=\s+\w+ed\b|\s+(?:happen|say|do|cost|get|use|become|take|go|be)\b|\?|$)", re.IGNORECASE),
)  # fmt: skip


MOST_OTHERS = 4  # articles that "the other one" may mean: each of them is heard


def stand_alone(question: str, history: Sequence[Turn], headers: Sequence[ArticleHeader]) -> str:
    """The question with what it borrows from earlier turns written out; unchanged when it borrows nothing."""
    earlier = [turn.content for turn in history if turn.role == "user" and turn.content.strip()]
    if not earlier:
        return question
    last = earlier[-1]
    text = _LEAD_IN.sub("", question)
    about = _BARE_FOLLOW_UP.match(text)
    if about:
        return _asked_of_another(last, (about.group("thing") or "the other one").strip(), headers)
    if _OTHER.search(text) and _adds_nothing(text) and _other_name([last], headers):
        return _asked_of_another(last, "the other one", headers)
    text = _with_noun(_with_term(text, history), last)
    text = _with_sources(text, earlier, headers)
    text = _with_thing(text, earlier, headers)
    return text[:1].upper() + text[1:] if text != question else question


def _asked_of_another(last: str, thing: str, headers: Sequence[ArticleHeader]) -> str:
    """ "What about article 7?" asks the last question of article 7; "what about the fire?" asks it of the fire."""
    resolved = _OTHER.sub(lambda match: _other_name([last], headers) or match.group(), thing)
    named_now, named_then = find_named_sources(resolved, headers), find_named_sources(last, headers)
    if named_now and named_then:
        first = named_then[0]
        before = re.sub(r"\b(?:article|story|piece|report)\s+$", "", last[: first.start])
        return before + resolved + last[first.end :]
    if named_now:
        return f"According to {resolved}, {last[:1].lower() + last[1:]}"
    things = (_people(last, headers) if _NAME.fullmatch(resolved) else []) or _things(last, headers)
    return last.replace(things[0], resolved, 1) if things else f"{last.rstrip(' ?')}: {resolved}?"


def _adds_nothing(text: str) -> bool:
    """Whether a follow-up has no matter of its own: "What time does the other one give?" repeats the last question."""
    words = re.findall(r"[a-z]+", _OTHER.sub(" ", text).lower())
    if {"them", "they", "he", "she", "him", "her", "his", "their"} & set(words):
        return False
    own = [word for word in words if word not in _LIGHT and word not in FUNCTION_WORDS]
    return not own or (len(own) == 1 and own[0] in words[1:3] and words[0] in ("whose", "which", "what"))


def _with_term(text: str, history: Sequence[Turn]) -> str:
    """ "that term" → the term "…" that the last answer quoted."""
    match = _THAT_TERM.search(text)
    told = next((turn.content for turn in reversed(history) if turn.role != "user" and turn.content.strip()), "")
    quoted = _QUOTED.findall(told)
    if match is None or not quoted:
        return text
    return f'{text[: match.start()]}the {match.group("noun")} "{quoted[0]}"{text[match.end() :]}'


def _with_noun(text: str, last: str) -> str:
    """ "How many did the other team have?" counts what the last question counted."""
    elliptic = _HOW_MANY_BARE.match(text)
    counted = _HOW_MANY.match(last)
    if elliptic is None or counted is None:
        return text
    return f"{elliptic.group('how')} {counted.group('noun')} {text[elliptic.end('how') :].lstrip()}"


def _with_sources(text: str, earlier: Sequence[str], headers: Sequence[ArticleHeader]) -> str:
    other = _other_name(earlier, headers)
    if other:
        text = _OTHER.sub(lambda match: other + ("'s" if match.group("own") or match.group("own2") else ""), text)
    named = next(
        (n for turn in reversed(earlier) for n in reversed(find_named_sources(turn, headers)) if not n.everyone), None
    )
    if named is not None:
        name = _name_of(named.article_ids[0], headers)
        text = _SAME.sub(name, text)
    return text


def _other_name(earlier: Sequence[str], headers: Sequence[ArticleHeader]) -> str:
    """The article that was not named last; of several the one never named, or else all: "" when nothing tells."""
    spoken_of = [
        {i for n in find_named_sources(turn, headers) if not n.everyone for i in n.article_ids} for turn in earlier
    ]
    named = next((ids for ids in reversed(spoken_of) if ids), set())
    others = [header.article_id for header in headers if header.article_id not in named]
    if not named or len(others) > MOST_OTHERS:
        return ""
    never = [article_id for article_id in others if not any(article_id in ids for ids in spoken_of)]
    meant = never if len(others) > 1 and never else others
    return " and ".join(_name_of(article_id, headers) for article_id in meant)


def _name_of(article_id: str, headers: Sequence[ArticleHeader]) -> str:
    """A name that finds this article and no other: its shortest unshared one, else its id."""
    ours = next(header for header in headers if header.article_id == article_id)
    taken = {name for header in headers if header.article_id != article_id for name in names_of(header)}
    free = sorted(names_of(ours) - taken, key=lambda name: (len(name), name))
    return f"article {free[0] if free else article_id}"


def _with_thing(text: str, earlier: Sequence[str], headers: Sequence[ArticleHeader]) -> str:
    """The last pronoun without a noun of its own → the thing asked about last; he and she → the person named last."""
    pronouns = [match for match in _PRONOUN.finditer(text) if not _has_own_noun(text, match)]
    if not pronouns:
        return text
    pronoun = pronouns[-1]
    word = pronoun.group().lower()
    things = [thing for turn in reversed(earlier) for thing in _things(turn, headers)]
    people = [name for turn in reversed(earlier) for name in _people(turn, headers)]
    if word in ("he", "she", "him", "her", "his"):
        things = people or things
    if not things:
        return text
    owner = (
        "'s"
        if word in ("his", "its", "their", "theirs") or (word == "her" and pronoun.end() < len(text.rstrip(" ?")))
        else ""
    )
    return text[: pronoun.start()] + things[0] + owner + text[pronoun.end() :]


def _has_own_noun(text: str, pronoun: re.Match[str]) -> bool:
    """Whether a pronoun points inside the question: "that the bridge …", "this year", "it" of "does it say"."""
    after = text[pronoun.end() :]
    word = pronoun.group().lower()
    if word in ("that", "this"):
        return bool(re.match(r"\s+\w", after))
    return word == "it" and bool(re.match(r"\s+(?:say|call|use|describe|report|mention|quote|state)s?\b", after))


def _things(turn: str, headers: Sequence[ArticleHeader]) -> list[str]:
    """What a question asked about, in its own words, the names of articles left out."""
    spans = [(named.start, named.end) for named in find_named_sources(turn, headers)]
    for pattern in _ASKED_ABOUT:
        for match in pattern.finditer(turn):
            if not any(start < match.end("thing") and match.start("thing") < end for start, end in spans):
                return [match.group("thing").strip()]
    return []


def _people(turn: str, headers: Sequence[ArticleHeader]) -> list[str]:
    spans = [(named.start, named.end) for named in find_named_sources(turn, headers)]
    return [
        match.group()
        for match in reversed(list(_NAME.finditer(turn)))
        if match.group().lower() not in _QUESTION_WORDS
        and not any(start < match.end() and match.start() < end for start, end in spans)
    ]
