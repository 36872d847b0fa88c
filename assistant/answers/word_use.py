"""Who uses which word, and for whom: every place of a word, with the clause that it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answers.clauses import clause_around
from assistant.answers.draft import Draft
from assistant.answers.matching import rank, terms_of
from assistant.answers.material import Material
from assistant.answers.naming_words import headline_against_body
from assistant.answers.said import quotations_in
from assistant.answers.single import flag_single
from assistant.answers.whose_words import namers
from assistant.language.types import Speaker, SpeakerKind
from assistant.quote import fold
from assistant.types import Answer, AnswerStatus, FlagKind, Stance
from index import SectionKind, Sentence

SILENT_SHOWN = 3  # sources without the word whose own way of putting it is shown
FEWEST_WORDS = 5  # of a sentence that can put a matter
ON_MATTER = 0.6  # cosine to the sentence that uses it, and coverage of the question's other words, summed
SHORTEST_STEM = 5  # letters
LEAD_IN = 3  # sentences
_VIA = re.compile(r"\b(?:via|from|per|according to|reports?|writes?|wrote|as)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:others?|instead|else|elsewhere|what (?:verb|word|term|phrase|wording)|how does|how do)\b", re.IGNORECASE
)
_DOUBTS_OWN = re.compile(r"\bown (?:voice|words?|view|opinion|judg)|\bare (?:those|these|they) ", re.IGNORECASE)
SHOWN = 4  # places shown for one source; the rest is counted


_WHOSE = re.compile(
    r"\bwhose\b|\b(?:is|are|was|were) (?:it|this|that|those|these|they)\b.*\bwords?\b|\bown (?:voice|words?)\b|"
    r"\bwho (?:says?|said|speaks?|spoke|calls?|called|describes?|described|labell?ed)\b|"
    r"\b(?:quoting|quoted from) (?:whom|who|any\w+)\b",
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
    used: list[Use] = []
    for header in material.headers:
        uses = [use for word in words for use in uses_of(material, header.article_id, word)]
        if uses:
            users.append(header.article_id)
            used += uses
            _say_uses(draft, header.article_id, uses)
            if _WHOSE.search(material.reading.question):
                _say_voices(draft, uses)
            headline_against_body(draft, header.article_id, [(use.start, use.end) for use in uses])
        draft.stance(header.article_id, Stance.SUPPORTS if uses else Stance.SILENT)
    _say_silence(draft, users)
    others = bool(_OTHERS.search(material.reading.question))
    if len(users) == 1 and not others:
        flag_single(draft, "uses this wording")
    if not users or others:
        silent = [header.article_id for header in material.headers if header.article_id not in users]
        for article_id in silent[:SILENT_SHOWN]:
            _say_otherwise(draft, article_id, used)
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


def _say_otherwise(draft: Draft, article_id: str, used: list[Use]) -> None:
    """How a source without the word puts the matter: its sentence with a word of the same stem, or the most alike."""
    material = draft.material
    body = [s for s in material.sentences[article_id] if len(s.text.split()) >= FEWEST_WORDS]
    if not body:
        return
    stems = [_stem(word) for word in material.reading.words if " " not in word.strip()]
    kindred = [s for s in body if any(re.search(rf"\b{re.escape(t)}\w{{0,4}}\b", s.text, re.I) for t in stems if t)]
    asked = {word for phrase in material.reading.words for word in phrase.lower().split()}
    terms = [t for t in terms_of(token for parse in material.parsed for token in parse.tokens) if t.lemma not in asked]
    covered = {
        m.sentence.start: m.coverage
        for m in rank(material, terms, material.reading.question)
        if m.sentence.article_id == article_id
    }
    alike = material.similarities(used[0].sentence.text if used else material.reading.question, body)
    worth = [value + covered.get(s.start, 0.0) for value, s in zip(alike, body, strict=True)]
    best = max(range(len(body)), key=lambda place: worth[place])
    near = [body[best]] if worth[best] >= ON_MATTER else []
    for sentence in (kindred[:1] + [s for s in near if s not in kindred[:1]])[:SHOWN]:
        number = draft.cite(article_id, sentence.start, sentence.end)
        words = draft.quoted(article_id, sentence.start, sentence.end)
        draft.say(f"On the same matter {draft.label(article_id)} says {words}.", number)
        if used and _OTHERS.search(material.reading.question):
            sides = (draft.side(s.article_id, s.start, s.end) for s in (used[0].sentence, sentence))
            draft.flag(FlagKind.WORDING, "The same matter, in other words.", *sides)


def _stem(word: str) -> str:
    """A word without its ending, "" when too little is left of it."""
    found = re.sub(r"(?:ed|ing|er|ers|s|es|ly|ment|ion|ions)$", "", fold(word).text.strip(" .,;:!?'").lower())
    return found if len(found) >= SHORTEST_STEM else ""


def _say_voices(draft: Draft, uses: list[Use]) -> None:
    """Whose words they are: a speaker's, or the article's own; a wording in its own voice is its opinion."""
    for use in uses[:SHOWN]:
        frames = [f for f in draft.material.frames(use.article_id) if f.start <= use.start and use.end <= f.end]
        frame = min(frames, key=lambda f: f.end - f.start) if frames else None
        speaker = _quoted_speaker(draft.material, use) or (frame.speaker if frame is not None else None)
        sentence = use.sentence
        number = draft.cite(use.article_id, sentence.start, sentence.end)
        name = draft.label(use.article_id)
        if speaker is not None and speaker.kind is not SpeakerKind.OWN_VOICE and speaker.text:
            who = draft.quoted(use.article_id, speaker.start, speaker.end)
            draft.say(f"In {name} they are given to {who}.", number)
            continue
        if _say_relayed(draft, use):
            continue
        if _is_quoted(draft.material, use):
            draft.say(f"In {name} they stand in quotation marks, and the sentence does not say whose they are.", number)
            continue
        draft.say(f"They are {name}'s own words, credited to nobody.", number)
        side = draft.side(use.article_id, sentence.start, sentence.end)
        loaded = any(start < use.end and use.start < end for frame in frames for start, end in frame.evaluative)
        if loaded or _DOUBTS_OWN.search(draft.material.reading.question):
            draft.flag(FlagKind.OPINION, "The source's own voice, not a speaker's.", side)


def _quoted_speaker(material: Material, use: Use) -> Speaker | None:
    """Who speaks, when the place stands inside quotation marks."""
    for quoted in quotations_in(material, use.article_id, shortest=1):
        if quoted.start <= use.start and use.end <= quoted.end:
            named = next((speaker for speaker in quoted.speakers if speaker.text), None)
            parse = material.reader.parse([use.sentence])[0]
            return named or next(iter(namers(parse, quoted.start)), None)
    return None


def _is_quoted(material: Material, use: Use) -> bool:
    quotations = quotations_in(material, use.article_id, shortest=1)
    return any(quoted.start <= use.start and use.end <= quoted.end for quoted in quotations)


def _say_relayed(draft: Draft, use: Use) -> bool:
    """Whether the words stand under a line that hands over to somebody else: "Strikers go free (via the Post):"."""
    text = draft.material.sources.article(use.article_id).text
    before = [s for s in draft.material.sentences[use.article_id] if s.end <= use.sentence.start][-LEAD_IN:]
    lead = next((s for s in reversed(before) if text[s.start : s.end].rstrip().endswith(":")), None)
    if lead is None or not _VIA.search(lead.text):
        return False
    number = draft.cite(use.article_id, lead.start, lead.end)
    words = draft.quoted(use.article_id, lead.start, lead.end)
    draft.say(f"In {draft.label(use.article_id)} they stand under {words}: they are relayed.", number)
    draft.flag(FlagKind.SECONDHAND, "Words relayed from elsewhere.", draft.side(use.article_id, lead.start, lead.end))
    return True


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
