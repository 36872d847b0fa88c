"""Who says so: whom a source names for a statement, and whether it credits somebody with it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.asked import bare_question
from assistant.answers.clauses import clause_around, subtree
from assistant.answers.draft import Draft
from assistant.answers.independence import all_credits
from assistant.answers.matching import Match, rank, terms_of
from assistant.answers.material import Material
from assistant.answers.said import credits_in, speakers_in
from assistant.answers.single import flag_single
from assistant.answers.stated import PRONOUNS
from assistant.language.quantities import find_quantities
from assistant.language.types import Frame, Speaker, SpeakerKind, Token
from assistant.question_kinds import TAKEN_FROM
from assistant.types import Answer, AnswerStatus, FlagKind, FlagSide, Stance
from assistant.wording.words import means_person
from index import SectionKind

ENOUGH = 0.45
SHOWN = 2  # sentences shown for one source
NEAR_BEST = 0.85  # of what the best sentence has of the question's words, what another must have to state the same
_CREDITED = re.compile(r"\battribut\w*\s+(?P<what>.+?)\s+to\s+(?P<whom>[^?]+)", re.IGNORECASE)
_COMES_FROM = re.compile(
    r"\bwhere\b.*\b(?:come|comes|came|stem|stems|originate|originates|is|are|was|were)(?: from)?\W*$|" + TAKEN_FROM,
    re.IGNORECASE,
)
_FIGURE = {"figure", "number", "estimate", "statistic", "percentage", "amount", "total", "count", "toll"}
_DOCUMENT = {
    "report", "statement", "data", "study", "survey", "poll", "filing", "document", "release", "memo", "letter",
    "testimony", "record", "transcript", "statistic", "census", "audit", "review", "estimate", "analysis",
}  # fmt: skip
_NOT_MATTER = {
    "article", "come", "take", "get", "have", "obtain", "draw", "stem", "originate", "estimate", "warn", "predict",
    "suggest", "attribute", "attribution", "credit", "say", "claim", "state", "report", "quote", "cite", "source",
    "according",
}  # fmt: skip


def answer_attribution(material: Material) -> Answer:
    question = material.reading.question
    credited = _CREDITED.search(question)
    if credited:
        return _answer_credited(material, credited.group("what"), credited.group("whom").strip(" .?"))
    if _COMES_FROM.search(bare_question(material)):
        return _answer_origin(material)
    if material.reading.words:
        return _answer_candidates(material)
    return _answer_who_says(material)


def _tokens(material: Material, text: str = "") -> list[Token]:
    parses = material.reader.parse_text(text) if text else material.parsed
    return [token for parse in parses for token in parse.tokens]


def _answer_credited(material: Material, what: str, whom: str) -> Answer:
    """Does the source attribute WHAT to WHOM? Only the sentence that says it counts, never its neighbours."""
    draft = Draft(material)
    ranked = rank(material, terms_of(_tokens(material, what)), what)
    told = False
    for header in material.headers:
        best = next((m for m in ranked if m.sentence.article_id == header.article_id and m.coverage >= ENOUGH), None)
        if best is None:
            draft.say(f"{draft.label(header.article_id)} does not speak of it.")
            continue
        told = True
        _say_credit(draft, best, whom)
    if not told:
        return draft.answer(AnswerStatus.REFUSED, missing=(material.reading.question,), score=0.0)
    return draft.answer(AnswerStatus.ANSWERED, score=1.0)


def _answer_origin(material: Material) -> Answer:
    """Where each source says something comes from: the sentences that state it with a speaker or a document."""
    draft = Draft(material)
    tokens = _tokens(material, bare_question(material))
    figure = any(token.lemma.lower() in _FIGURE for token in tokens)
    terms = [t for t in terms_of(tokens) if t.lemma not in _NOT_MATTER | _FIGURE]
    ranked = [m for m in rank(material, terms, material.reading.question) if m.alone >= ENOUGH]
    outlets = all_credits(material)
    credited = 0
    relayed: list[FlagSide] = []
    for header in material.headers:
        ours = [m for m in ranked if m.sentence.article_id == header.article_id]
        ours = [m for m in ours if not figure or any(not q.ordinal for q in find_quantities(m.sentence.text))]
        ours = [m for m in ours if m.alone >= NEAR_BEST * ours[0].alone]
        sourced = [m for m in ours if m.sentence.section is SectionKind.BODY and _names_origin(m)]
        name = draft.label(header.article_id)
        for match in sorted(sourced, key=lambda m: m.sentence.start)[:SHOWN]:
            sentence = match.sentence
            number = draft.cite(header.article_id, sentence.start, sentence.end)
            draft.say(f"{name} says {draft.quoted(header.article_id, sentence.start, sentence.end)}.", number)
            if any(credit.sentence.start == sentence.start for credit in outlets[header.article_id]):
                relayed.append(draft.side(header.article_id, sentence.start, sentence.end))
        credited += bool(sourced)
        if not sourced:
            draft.say(f"{name} {'names no source for it' if ours else 'does not speak of it'}.")
    if not credited:
        return draft.answer(AnswerStatus.REFUSED, missing=(material.reading.question,), score=0.0)
    if relayed:
        draft.flag(FlagKind.SECONDHAND, "It is relayed, not first-hand.", *relayed[:2])
    status = AnswerStatus.ANSWERED if credited == len(material.headers) else AnswerStatus.PARTIAL
    return draft.answer(status, score=0.7)


def _names_origin(match: Match) -> bool:
    """Whether a sentence names somebody who says it, or an organisation with its document."""
    if any(s.text and s.kind is not SpeakerKind.OWN_VOICE for s in speakers_in(match.parse)):
        return True
    tokens = match.parse.tokens
    return any(t.entity == "ORG" for t in tokens) and any(t.lemma.lower() in _DOCUMENT for t in tokens)


def _say_credit(draft: Draft, best: Match, whom: str) -> None:
    sentence, name = best.sentence, draft.label(best.sentence.article_id)
    start, end = clause_around(best.parse, sentence.start, sentence.end)
    number = draft.cite(sentence.article_id, start, end)
    clause = draft.quoted(sentence.article_id, start, end)
    speakers = speakers_in(best.parse)
    if any(_answers_to(speaker, whom) for speaker in speakers):
        draft.stance(sentence.article_id, Stance.SUPPORTS)
        draft.say(f"Yes: {name} says {clause}.", number)
    else:
        draft.stance(sentence.article_id, Stance.REFUTES)
        voice = "in its own voice" if not speakers else "of somebody else"
        draft.say(f"No: {name} says this {voice}: {clause}.", number)
    side = draft.side(sentence.article_id, start, end)
    elsewhere = [c for c in credits_in(draft.material, sentence.article_id) if c.sentence.start != sentence.start]
    ours = [c for c in elsewhere if set(c.outlet.split()) & set(whom.lower().split())]
    for credit in ours[:3]:
        other = draft.cite(sentence.article_id, credit.start, credit.end)
        parse = draft.material.reader.parse([credit.sentence])[0]
        words = draft.quoted(sentence.article_id, *clause_around(parse, credit.start, credit.end))
        draft.say(f"{name} credits it elsewhere, for something else: {words}.", other)
    theirs = draft.side(sentence.article_id, ours[0].sentence.start, ours[0].sentence.end) if ours else None
    draft.flag(
        FlagKind.ATTRIBUTION, "Attribution is read from the sentence itself, not from its neighbours.", side, theirs
    )


def _answers_to(speaker: Speaker, whom: str) -> bool:
    wanted = {word for word in re.findall(r"\w+", whom.lower()) if word not in ("the", "a", "an", "s")}
    given = set(re.findall(r"\w+", f"{speaker.name} {speaker.text} {speaker.relayed_by}".lower()))
    return bool(wanted & given)


def _answer_candidates(material: Material) -> Answer:
    """Who is doing it: A, B or C? Where each source makes which of them the one who acts or asks."""
    draft = Draft(material)
    names = [word.lower() for word in material.reading.words]
    own = {piece for name in names for piece in name.split()}
    terms = [t for t in terms_of(_tokens(material)) if t.lemma not in own and t.text.lower() not in own]
    heard: dict[str, set[str]] = {}
    for header in material.headers:
        for name in names:
            others = [other for other in names if other != name]
            for frame in _acting(material, header.article_id, name, others, [t.lemma for t in terms])[:2]:
                number = draft.cite(header.article_id, frame.start, frame.end)
                where = "in its headline says" if frame.section.value == "headline" else "says"
                draft.say(f"{draft.label(header.article_id)} {where} {_clause_of(draft, frame)}.", number)
                heard.setdefault(header.article_id, set()).add(name)
                draft.flag(
                    FlagKind.ATTRIBUTION,
                    "Who acts is named differently from place to place.",
                    _frame_side(draft, frame),
                )
    if not heard:
        draft.say("The sources consulted name none of these for it.")
        return draft.answer(AnswerStatus.REFUSED, missing=(material.reading.question,), score=0.0)
    return draft.answer(AnswerStatus.ANSWERED, score=1.0)


def _clause_of(draft: Draft, frame: Frame) -> str:
    sentence = draft.material.sentence_at(frame.article_id, frame.start)
    if sentence is not None and len(sentence.text.split()) <= 25:
        return draft.quoted(frame.article_id, sentence.start, sentence.end)
    return draft.quoted(frame.article_id, frame.start, frame.end)


def _frame_side(draft: Draft, frame: Frame) -> FlagSide:
    return draft.side(frame.article_id, frame.start, frame.end)


def _acting(material: Material, article_id: str, name: str, others: Sequence[str], about: Sequence[str]) -> list[Frame]:
    """Frames of which ``name`` is the subject, requester or speaker, those that ask or demand something first.

    One that speaks of another of those offered is on the matter, too.
    """
    found: list[tuple[int, Frame]] = []
    for frame in material.frames(article_id):
        subject = frame.subject.text.lower() if frame.subject else ""
        asker = frame.requester.text.lower() if frame.requester else ""
        speaker = frame.speaker.text.lower()
        acts = any(_contains(text, name) for text in (subject, asker, speaker))
        if not acts:
            continue
        matter = sum(lemma == frame.predicate or lemma in frame.content for lemma in about)
        matter += any(_contains(text, other) for other in others for text in (subject, speaker))
        asks = bool(frame.request_verb) or frame.modality.value == "wanted"
        if matter or asks:
            found.append((2 * asks + matter, frame))
    found.sort(key=lambda pair: (-pair[0], pair[1].start))
    kept: list[Frame] = []
    for _, frame in found:
        if all(frame.sentence_start != other.sentence_start for other in kept):
            kept.append(frame)
    return kept


def _contains(text: str, name: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _answer_who_says(material: Material) -> Answer:
    """Who says T: for each source the sentence that says it, with its speaker, or its own voice."""
    draft = Draft(material)
    terms = [term for term in terms_of(_tokens(material)) if term.lemma not in _NOT_MATTER]
    ranked = rank(material, terms, material.reading.question)
    found = False
    for header in material.headers:
        ours = [m for m in ranked if m.sentence.article_id == header.article_id and m.alone >= 0.6]
        if not ours:
            continue
        spoken = [m for m in ours if any(s.kind is not SpeakerKind.OUTLET for s in speakers_in(m.parse))]
        best = (spoken or ours)[0]
        found = True
        _say_speaker(draft, best)
    if not found:
        draft.say("The sources consulted do not say this.")
        return draft.answer(AnswerStatus.REFUSED, missing=(material.reading.question,), score=0.0)
    flag_single(draft, "reports it")
    return draft.answer(AnswerStatus.ANSWERED, score=1.0)


def _holder(match: Match) -> tuple[int, int] | None:
    """Who has it as a thought or a word of their own: the person of "Ann Lee fretted that …", whatever the verb."""
    tokens = match.parse.tokens
    for position, token in enumerate(tokens):
        verb = tokens[token.head]
        someone = token.entity in ("PERSON", "ORG") or token.pos == "PROPN" or means_person(token.lemma.lower())
        if token.dep != "nsubj" or verb.pos != "VERB" or not someone:
            continue
        if any(t.dep == "ccomp" and t.head == token.head for t in tokens):
            inside = [tokens[i] for i in subtree(tokens, position)]
            while len(inside) > 1 and inside[-1].pos == "PUNCT":
                inside.pop()
            return inside[0].start, inside[-1].end
    return None


def _say_speaker(draft: Draft, best: Match) -> None:
    sentence = best.sentence
    start, end = clause_around(best.parse, sentence.start, sentence.end)
    number = draft.cite(sentence.article_id, start, end)
    speakers = [s for s in speakers_in(best.parse) if s.text and s.kind is not SpeakerKind.OWN_VOICE]
    name = draft.label(sentence.article_id)
    clause = draft.quoted(sentence.article_id, sentence.start, sentence.end)
    if speakers and speakers[-1].text.lower() in PRONOUNS:
        _say_antecedent(draft, best, clause, number)
    elif speakers:
        who = draft.quoted(sentence.article_id, speakers[-1].start, speakers[-1].end)
        draft.say(f"In {name} it is said by {who}: {clause}.", number)
    elif (holder := _holder(best)) is not None:
        draft.say(f"In {name} it is said by {draft.quoted(sentence.article_id, *holder)}: {clause}.", number)
    else:
        draft.say(f"{name} says it in its own voice: {clause}.", number)


def _say_antecedent(draft: Draft, best: Match, clause: str, number: int) -> None:
    """ "It said …": whoever is meant stands in the sentence before, which is quoted, too; nobody is guessed."""
    sentence, name = best.sentence, draft.label(best.sentence.article_id)
    before = [row for row in draft.material.sentences[sentence.article_id] if row.end <= sentence.start]
    if not before or before[-1].section is not sentence.section:
        draft.say(f"In {name} it is said by somebody whom the sentence does not name: {clause}.", number)
        return
    whom = draft.cite(sentence.article_id, before[-1].start, before[-1].end)
    words = draft.quoted(sentence.article_id, before[-1].start, before[-1].end)
    draft.say(f"In {name} it is said by the one whom the sentence before names: {words} {clause}.", whom, number)
