"""Whose words a question asks for, on what, and whether a sentence gives them: "what did the minister say about …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.matching import Match, met, terms_of, words_of
from assistant.answers.material import Material
from assistant.answers.said import is_said_by, speakers_in
from assistant.language.lexicon.verbs import is_speech_verb
from assistant.language.lexicon.wordnet import entry, supersense_of
from assistant.language.types import ParsedSentence, Speaker, SpeakerKind, Token

_SAYING = "say tell claim argue think comment respond reply warn announce write tweet state note add call post"
SAYING = frozenset(_SAYING.split())
PRONOUNS = frozenset({"he", "she", "they"})
RELATED = 0.5
LOOKED_BACK = 2  # sentences in which whom "she" means may stand
SENSES = 3  # of a verb, that may be meant
_ABOUT = re.compile(r"\b(?:about|regarding|concerning|on)\s+(?P<what>[^?]+)", re.IGNORECASE)


def asked_speaker(tokens: Sequence[Token]) -> str:
    """Of "what did the minister say about …" the speaker, lower case, a name in full; "" when nobody's words are."""
    for position, token in enumerate(tokens):
        governor = tokens[token.head] if token.head < len(tokens) else token
        if token.dep == "nsubj" and governor.lemma.lower() in SAYING and governor.dep in ("ROOT", "ccomp", "conj"):
            if token.pos == "PROPN":
                start = position
                while start and tokens[start - 1].dep == "compound" and tokens[start - 1].pos == "PROPN":
                    start -= 1
                return " ".join(t.text.lower() for t in tokens[start : position + 1])
            if token.pos == "NOUN" and token.lemma.lower() not in ("article", "headline"):
                return token.lemma.lower()
            return ""
        if position > 30:
            break
    return ""


def speaks(material: Material, match: Match, speaker: str) -> bool:
    """Whether the sentence gives this speaker's words: by name, or by a pronoun when the name stands just before."""
    speakers = [*speakers_in(match.parse), *_judging(match.parse)]
    sentence = match.sentence
    speakers += [
        frame.speaker
        for frame in material.frames(sentence.article_id)
        if sentence.start <= frame.predicate_start < sentence.end and frame.speaker.text
    ]
    last = speaker.split()[-1]
    if is_said_by(speakers, [last] if len(speaker.split()) < 3 else [last, speaker]):
        return _is_the_same(material, match, speakers, speaker)
    if not any(s.text.lower() in PRONOUNS for s in speakers):
        return False
    rows = material.sentences[sentence.article_id]
    place = next((i for i, row in enumerate(rows) if row.start == sentence.start), 0)
    return any(_has_name(row.text, speaker) for row in rows[max(0, place - LOOKED_BACK) : place])


def _has_name(text: str, speaker: str) -> bool:
    """Whether a text names somebody, not only somebody of theirs ("Lee's lawyer")."""
    return bool(re.search(rf"\b{re.escape(speaker.split()[-1])}(?!\w|['’]s\b)", text, re.IGNORECASE))


def _is_the_same(material: Material, match: Match, speakers: Sequence[Speaker], speaker: str) -> bool:
    """Whether a person asked for by full name is meant, and no other of the same family name."""
    given = speaker.split()[:-1]
    if not given:
        return True
    last = speaker.split()[-1]
    ours = [s for s in speakers if last in f"{s.text} {s.name}".lower().split()]
    if any(given[0] in f"{s.text} {s.name}".lower().split() for s in ours):
        return True
    text = material.sources.article(match.sentence.article_id).text[: match.sentence.end]
    called = re.findall(rf"\b([A-ZÀ-Þ]\w+)\s+{re.escape(last)}\b", text, re.IGNORECASE)
    full = [first.lower() for first in called if first[:1].isupper()]
    return not full or full[-1] == given[0] or given[0] in ("mr", "mrs", "ms", "dr", "president", "minister", "mayor")


def _judging(parse: ParsedSentence) -> list[Speaker]:
    """The subject of a verb that tells what somebody says or thinks of a thing: "Lee dismissed the plan as …"."""
    found = []
    for token in parse.tokens:
        verb = parse.tokens[token.head]
        if token.dep == "nsubj" and verb.pos == "VERB" and token.pos in ("PROPN", "NOUN", "PRON"):
            lemma = verb.lemma.lower()
            kinds = {supersense_of(sense, "v") for sense, _ in entry(lemma, "v").senses[:SENSES]}
            if is_speech_verb(lemma) or kinds & {"verb.communication", "verb.cognition"}:
                name = token.text.lower()
                found.append(Speaker(SpeakerKind.NAMED, token.text, token.start, token.end, name))
    return found


def is_about(material: Material, match: Match, question: str) -> bool:
    """Whether what "about …" asks of stands in the sentence, or in the one before where words run on."""
    about = _ABOUT.search(question)
    tokens = [t for p in material.reader.parse_text(about.group("what")) for t in p.tokens] if about else []
    terms = terms_of(tokens)
    if not terms:
        return True
    parses = list(material.parses(match.sentence.article_id))
    place = next((i for i, parse in enumerate(parses) if parse.start == match.sentence.start), 0)
    runs_on = match.parse.text[:1] in '"“' or any(t.text.lower() in (*PRONOUNS, "it") for t in match.parse.tokens)
    near = parses[max(0, place - 1) : place + 1] if runs_on else [match.parse]
    words = words_of(near, material.names)
    return any(met(term, words, material.names) >= RELATED for term in terms)
