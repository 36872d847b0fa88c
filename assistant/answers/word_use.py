"""Who uses which word, and for whom: every place of a word, with the clause that it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answers.clauses import clause_around
from assistant.answers.draft import Draft
from assistant.answers.material import Material
from assistant.answers.naming_words import headline_against_body
from assistant.language.types import SpeakerKind
from assistant.quote import fold
from assistant.types import Answer, AnswerStatus, FlagKind, Stance
from index import SectionKind, Sentence

SHOWN = 4  # places shown for one source; the rest is counted


_WHOSE = re.compile(
    r"\bwhose\b|\b(?:is|are|was|were) (?:it|this|that|those|these|they)\b.*\bwords?\b|\bown (?:voice|words?)\b|"
    r"\bwho (?:says?|said|speaks?|spoke)\b|\b(?:quoting|quoted from) (?:whom|who|any\w+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Use:
    """One place of a word: ``[start, end)`` in an article, in its sentence."""

    article_id: str
    start: int
    end: int
    sentence: Sentence


def answer_word_use(material: Material) -> Answer:
    draft = Draft(material)
    words = material.reading.words
    if not words:
        draft.say("The question names no word in quotation marks to look for.")
        return draft.answer(AnswerStatus.REFUSED, missing=(material.reading.question,))
    users: list[str] = []
    for header in material.headers:
        uses = [use for word in words for use in uses_of(material, header.article_id, word)]
        if uses:
            users.append(header.article_id)
            _say_uses(draft, header.article_id, uses)
            if _WHOSE.search(material.reading.question):
                _say_voices(draft, uses)
            headline_against_body(draft, header.article_id, [(use.start, use.end) for use in uses])
        draft.stance(header.article_id, Stance.SUPPORTS if uses else Stance.SILENT)
    _say_silence(draft, users)
    if len(users) == 1 and len(material.headers) > 1:
        draft.flag(FlagKind.SINGLE_SOURCE, f"Only {draft.label(users[0])} uses this wording.")
    return draft.answer(AnswerStatus.ANSWERED, score=1.0)


def uses_of(material: Material, article_id: str, word: str) -> list[Use]:
    """All places of a word or phrase in an article, whatever its case; inflected when it never stands as asked."""
    folded = fold(material.sources.article(article_id).text)
    wanted = r"\s+".join(re.escape(piece) for piece in fold(word).text.strip(" .,;:!?'").split())
    if not wanted:
        return []
    sentences = material.sources.sentences(article_id)
    for ending in ("", r"(?:'s|s|es|d|ed|ing|ly)"):
        pattern = re.compile(rf"(?<![\w]){wanted}{ending}(?![\w]|-\w)", re.IGNORECASE)
        found = []
        for match in pattern.finditer(folded.text):
            start, end = folded.source_start(match.start()), folded.source_end(match.end())
            sentence = next((s for s in sentences if s.start <= start < s.end), None)
            if sentence is not None:
                found.append(Use(article_id, start, end, sentence))
        if found:
            return found
    return []


def _say_uses(draft: Draft, article_id: str, uses: list[Use]) -> None:
    word = draft.quoted(article_id, uses[0].start, uses[0].end)
    times = {1: "once", 2: "twice"}.get(len(uses), f"{len(uses)} times")
    draft.say(f"{draft.label(article_id)} uses {word} {times}.", draft.cite(article_id, uses[0].start, uses[0].end))
    for use in uses[:SHOWN]:
        parse = draft.material.reader.parse([use.sentence])[0]
        where = "In its headline" if use.sentence.section is SectionKind.HEADLINE else "In its text"
        clause = draft.quoted(article_id, *clause_around(parse, use.start, use.end))
        draft.say(f"{where} ({draft.label(article_id)}): {clause}.", draft.cite(article_id, use.start, use.end))


def _say_voices(draft: Draft, uses: list[Use]) -> None:
    """Whose words they are: a speaker's, or the article's own; a wording in its own voice is its opinion."""
    for use in uses[:SHOWN]:
        frames = [f for f in draft.material.frames(use.article_id) if f.start <= use.start and use.end <= f.end]
        frame = min(frames, key=lambda f: f.end - f.start) if frames else None
        sentence = use.sentence
        number = draft.cite(use.article_id, sentence.start, sentence.end)
        name = draft.label(use.article_id)
        if frame is not None and frame.speaker.kind is not SpeakerKind.OWN_VOICE and frame.speaker.text:
            who = draft.quoted(use.article_id, frame.speaker.start, frame.speaker.end)
            draft.say(f"In {name} they are given to {who}.", number)
            draft.flag(FlagKind.ATTRIBUTION, "Whose words they are.", draft.side(use.article_id, use.start, use.end))
            continue
        draft.say(f"They are {name}'s own words, credited to nobody.", number)
        side = draft.side(use.article_id, sentence.start, sentence.end)
        draft.flag(FlagKind.OPINION, "The source's own voice, not a speaker's.", side)


def _say_silence(draft: Draft, users: list[str]) -> None:
    material = draft.material
    silent = [draft.label(header.article_id) for header in material.headers if header.article_id not in users]
    if not silent:
        return
    if not users:
        draft.say(f"No: {_listed(silent)} never {'use' if len(silent) > 1 else 'uses'} it.")
    elif len(silent) <= 6:
        draft.say(f"{_listed(silent)} never {'use' if len(silent) > 1 else 'uses'} it.")
    else:
        draft.say(f"The other {len(silent)} articles consulted never use it.")


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
