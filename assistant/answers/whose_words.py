"""Whose words a question asks for, and whether a quotation is theirs: by name, title, family name or pronoun."""

from __future__ import annotations

import re

from assistant.answers.clauses import subtree
from assistant.answers.material import Material
from assistant.answers.said import Quoted, is_said_by
from assistant.language.types import ParsedSentence, Speaker, SpeakerKind, Token
from assistant.wording.words import means_person

SPOKEN = frozenset({"word", "quote", "quotation", "statement", "phrase", "wording"})
SAYING = frozenset({"say", "use", "tell", "put", "call", "write", "state"})
LOOK_BACK = 6  # sentences
PRONOUNS = frozenset({"he", "she", "they", "it"})
NAMING = re.compile(r"\b(?:call|describe|label|term|characteri[sz]e|name|brand|refer to)(?:s|d|ed)?\b", re.IGNORECASE)


def speakers_asked_for(tokens: list[Token]) -> list[str]:
    """Whose words are asked for, lower case: the owner of "words", the subject of "say" or "use"."""
    names: list[str] = []
    for position, token in enumerate(tokens):
        head = tokens[token.head] if token.head < len(tokens) else token
        owns = token.dep == "poss" and head.lemma.lower() in SPOKEN
        says = token.dep in ("nsubj", "nsubjpass") and head.lemma.lower() in SAYING
        quoted = token.dep in ("dobj", "nsubjpass") and head.lemma.lower() == "quote"
        if (
            (owns or says or quoted)
            and token.pos in ("NOUN", "PROPN")
            and token.lemma.lower() not in ("article", "source", "story", "report")
        ):
            start = position
            while start and tokens[start - 1].dep == "compound":
                start -= 1
            names.append(
                " ".join(t.text.lower() if t.pos == "PROPN" else t.lemma.lower() for t in tokens[start : position + 1])
            )
    return names


def round_speakers(tokens: list[Token]) -> set[int]:
    """The places of the words that say whose words are asked for, and to whom they were told: no matter of theirs."""
    found: set[int] = set()
    for position, token in enumerate(tokens):
        head = tokens[token.head] if token.head < len(tokens) else token
        told = token.dep in ("nsubj", "dobj", "dative") and head.lemma.lower() in SAYING
        if (told or (token.dep == "poss" and head.lemma.lower() in SPOKEN)) and token.tag not in ("WP", "WDT"):
            found |= set(subtree(tuple(tokens), position))
    return found


def is_theirs(material: Material, quoted: Quoted, speakers: list[str]) -> bool:
    """Whether one of ``speakers`` says it: by name, by title, by the family name, or as "he" just after the name."""
    known = [*speakers, *_titles(material, quoted.article_id, speakers)]
    known += [name.split()[-1] for name in speakers if _is_person_name(material, name)]
    if is_said_by(quoted.speakers, known):
        return True
    if not quoted.speakers or any(s.text and s.text.lower() not in PRONOUNS for s in quoted.speakers):
        return False
    return any(name in _person_before(material, quoted) for name in known)


def _person_before(material: Material, quoted: Quoted) -> str:
    """Who "he" is: the person, lower case, who was last the subject of a sentence before; "" when nobody was."""
    rows = [p for p in material.parses(quoted.article_id) if p.start < quoted.sentence.start][-LOOK_BACK:]
    for parse in reversed(rows):
        for token in parse.tokens:
            if token.dep in ("nsubj", "nsubjpass") and (token.entity == "PERSON" or token.pos == "PROPN"):
                inside = [t.text.lower() for t in parse.tokens if t.head == parse.tokens.index(token) or t is token]
                return " ".join(inside)
    return ""


def _is_person_name(material: Material, name: str) -> bool:
    """Whether a lower-case name stands in the question with capitals, as several words."""
    return " " in name and bool(re.search(rf"\b{re.escape(name.title())}", material.reading.question))


def _titles(material: Material, article_id: str, speakers: list[str]) -> list[str]:
    """What else an article calls a speaker: "mayor" for "Ann Lee", "lee" for "the mayor", by "Mayor Ann Lee"."""
    text = material.sources.article(article_id).text
    found = []
    for match in re.finditer(r"\b(?=(\w+),?\s+((?:[A-ZÀ-Þ][\w’'.-]+\s+){0,2}[A-ZÀ-Þ][\w’'-]+))", text):
        title, name = match.group(1).lower(), match.group(2).lower().removesuffix("'s").removesuffix("’s")
        if not means_person(title):
            continue
        if any(speaker.split()[-1] == name.split()[-1] for speaker in speakers):
            found.append(title)
        elif title in speakers:
            found.append(name.split()[-1])
    return found


def namers(parse: ParsedSentence, start: int) -> tuple[Speaker, ...]:
    """The subject of the verb of naming before position ``start``: "Ann Lee called it “…”"."""
    tokens = parse.tokens
    for position, token in enumerate(tokens):
        verb = tokens[token.head]
        if token.dep == "nsubj" and verb.start < start and NAMING.fullmatch(verb.lemma):
            inside = [tokens[i] for i in subtree(tokens, position)]
            first, last = inside[0].start, inside[-1].end
            text = parse.text[first - parse.start : last - parse.start]
            return (Speaker(SpeakerKind.NAMED, text, first, last, text.lower()),)
    return ()
