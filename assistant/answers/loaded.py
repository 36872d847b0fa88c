"""Loaded or opinionated wording that a source uses in its own voice: listed as opinion, never as fact."""

from __future__ import annotations

from assistant.answers.clauses import clause_around
from assistant.answers.draft import Draft
from assistant.answers.material import Material
from assistant.answers.said import speakers_in
from assistant.language.quotations import quoted_spans
from assistant.language.types import Frame, ParsedSentence, SpeakerKind
from assistant.types import Answer, AnswerStatus, FlagKind
from index import SectionKind, Sentence

SHOWN = 12  # places shown for one source
NORMS = frozenset({"should", "ought", "must"})  # what ought to be: deontic modals
FIRST_PERSON = frozenset({"i", "we"})
WISHES = frozenset({"would", "wish", "hope", "think", "believe", "feel", "bet", "fear", "doubt", "prefer"})


def answer_loaded(material: Material) -> Answer:
    draft = Draft(material)
    found = 0
    for header in material.headers:
        places = loaded_places(material, header.article_id)
        found += len(places)
        name = draft.label(header.article_id)
        for _, start, end in places[:SHOWN]:
            number = draft.cite(header.article_id, start, end)
            clause = draft.quoted(header.article_id, start, end)
            draft.say(f"{name} says in its own voice: {clause}.", number)
            draft.flag(
                FlagKind.OPINION, "The source's own voice, not a finding.", draft.side(header.article_id, start, end)
            )
        if not places:
            draft.say(f"In {name} no loaded word in its own voice was recognised.")
    if not found:
        return draft.answer(AnswerStatus.ANSWERED, score=0.5)
    return draft.answer(AnswerStatus.ANSWERED, score=1.0)


def loaded_places(material: Material, article_id: str) -> list[tuple[Sentence, int, int]]:
    """Clauses with a loaded word, and short exclamations, in the article's own voice, in order."""
    frames = material.frames(article_id)
    found: dict[tuple[int, int], Sentence] = {}
    for sentence, parse in zip(material.sentences[article_id], material.parses(article_id), strict=True):
        ours = [
            f
            for f in frames
            if f.sentence_start <= sentence.start < f.sentence_end or sentence.start <= f.start < sentence.end
        ]
        for start, end in sorted({span for frame in ours for span in frame.evaluative if _own_voice(frame, span)}):
            found.setdefault(clause_around(parse, start, end), sentence)
        for frame in ours:
            if sentence.section is SectionKind.BODY and _judges(frame, parse):
                found.setdefault((sentence.start, sentence.end), sentence)
        exclaims = sentence.text.rstrip().endswith("!") and sentence.section is SectionKind.BODY
        if exclaims and not quoted_spans(sentence.text) and not speakers_in(parse):
            found.setdefault((sentence.start, sentence.end), sentence)
    return [(sentence, start, end) for (start, end), sentence in sorted(found.items())]


def _judges(frame: Frame, parse: ParsedSentence) -> bool:
    """Whether the article itself says what ought to be, or what "we" wish, in a sentence without quotation."""
    if frame.speaker.kind is not SpeakerKind.OWN_VOICE or frame.quoted or quoted_spans(parse.text):
        return False
    if speakers_in(parse):
        return False
    inside = [t for t in parse.tokens if frame.start <= t.start and t.end <= frame.end]
    ought = any(t.lemma.lower() in NORMS and t.pos == "AUX" for t in inside)
    first = any(t.text.lower() in FIRST_PERSON and t.dep == "nsubj" for t in inside)
    return ought or (first and any(t.lemma.lower() in WISHES for t in inside))


def _own_voice(frame: Frame, span: tuple[int, int]) -> bool:
    """Whether the frame, which holds the span, is said by the article itself."""
    inside = frame.start <= span[0] and span[1] <= frame.end
    return inside and frame.speaker.kind is SpeakerKind.OWN_VOICE and not frame.quoted
