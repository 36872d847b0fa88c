"""Read a question by rules: its kind, the sources that it names, what it asks about, what it takes for granted.

Pure: from the question's text, its parse and the articles' headers. Unknown kinds are content. Nothing is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language.types import ParsedSentence, Token
from assistant.naming import NamedSources, find_named_sources
from assistant.types import QuestionKind, Reading
from index import ArticleHeader

_QUOTED = re.compile(r"[\"“„«‟]([^\"“”„«»]{1,200})[\"”»]|(?<!\w)[‘'‚`´]([^‘’]{1,200}?)[’'´](?!\w)")
_PUBLICATION = r"(?:articles?|stor(?:y|ies)|pieces?|reports?|texts?|sources?|accounts?|versions?)"
_METADATA = (
    rf"\b(?:when|what (?:year|date|day|month)|which (?:year|date|day|month))\b.*\b{_PUBLICATION}\b.*"
    r"\b(?:published|written|posted|dated|printed|filed|come out|appear(?:ed)?)\b",
    rf"\b(?:publication|publishing) (?:date|day|year)|\bdateline\b|\bwhat (?:is|was) the date of\b.*\b{_PUBLICATION}\b",
    rf"\bwho (?:wrote|authored|published|posted|is the (?:author|writer|reporter|journalist|publisher))\b.*"
    rf"\b(?:{_PUBLICATION}|this|it|headline)\b",
    rf"\b(?:author|byline|writer|journalist|reporter)s?\b.*\bof\b.*\b{_PUBLICATION}\b|\bbylined?\b",
    r"\bwho (?:are|were|is|was) the (?:author|writer|journalist|reporter)s?\b",
    rf"\bhow many {_PUBLICATION}\b(?!.*\b(?:use|say|mention|call|describe|quote|claim|report|state)\b)",
    rf"\b(?:which|what) (?:outlet|publisher|newspaper|publication|paper|site|website)s?\b.*\b"
    rf"(?:published?|ran|run|printed|{_PUBLICATION})\b",
    rf"\bhow (?:long|old|recent) (?:is|are|was)\b.*\b{_PUBLICATION}\b|\bword count\b",
)
_QUOTATION = (
    r"\bexact(?:ly what)? (?:words?|wording|quot\w+|phras\w+)|\bverbatim\b|\bword[- ]for[- ]word\b|\bdirect(?:ly)? quot",
    r"^\s*(?:please\s+)?quote\b|\bin (?:his|her|their|its) own words\b|\bwhat exactly did\b.*\bsay\b|\bprecise words\b",
    r"\bwho (?:quotes|is quoted|was quoted)\b|\bwhich\b.*\bquotes?\b.*\bdirectly\b|\b(?:give|show|find) (?:me )?(?:the|a)"
    r"\b.{0,30}\bquot(?:e|ation)s?\b|\bwhat\b.{0,40}\bquot(?:e|ation)s?\b.*\b(?:contain|from|by|use)",
)
_HEADLINE = (r"\bhead(?:line|ing)s?\b", r"\btitles? (?:match|agree|fit|say|of the (?:article|story))|'s title\b")
_INDEPENDENCE = (
    r"\bindependent(?:ly)?\b.*\b(?:confirm|source|corroborat|report|verif|article|account|stor|each other|one another)",
    r"\b(?:article|source|account|stor|report|outlet|they)\w*\b.*\bindependent(?:ly)?\b|\bcorroborat",
    r"\b(?:original|primary|ultimate|upstream|underlying|common) (?:source|report|reporting|outlet)|\bfirst[- ]?hand\b",
    r"\bsecond[- ]?hand\b|\bsame (?:source|origin|outlet|upstream)\b|\bown (?:reporting|interviews?|journalis)",
    rf"\bwhere (?:did|do|does)\b.*\b(?:get|take|have|obtain)\b.*\b(?:information|facts|claims?|news|details|{_PUBLICATION})",
    r"\bwho (?:first|originally) (?:reported|broke)|\brel(?:y|ies) on\b.*\b(?:source|report|outlet|same)|\becho\w*\b",
    r"\bhow many (?:independent|separate|different) (?:sources|voices|origins)",
)
_ABOUT_SOURCES = (
    r"(?:(?:the |these |those )?(?:two |both |all |three )?(?:articles|stories|sources|accounts|reports|pieces|outlets|"
    r"texts|versions|papers)|both(?: of them)?|they|each other|one another)"
)
_AGREEMENT = (
    rf"\b{_ABOUT_SOURCES}\b.*\b(?:agree|disagree|differ|diverge|contradict|conflict|in common|consistent|overlap|match)",
    rf"\b(?:agree|disagree|differ|diverge|contradict|conflict)\w*\b.*\b{_ABOUT_SOURCES}\b",
    r"\b(?:points?|facts?|things?) (?:of (?:agreement|disagreement|difference)|in common)\b|\bcommon ground\b",
    r"\b(?:differences?|discrepanc\w+|contradictions?|similarit\w+)\b.*\b(?:between|among|across)\b",
)
_WORD_USE = (
    r"\b(?:use[sd]?|using|contains?|employs?|appl(?:y|ies)|avoids?|mentions?|prints?)\b.{0,30}?"
    r"\b(?:words?|terms?|phrases?|expressions?|labels?)\b",
    r"\b(?:words?|terms?|phrases?|expressions?)\b.{0,60}\b(?:appears?|occurs?|used|stands?|found)\b",
)
_WORD_VERB = (
    r"\b(?:use[sd]?|says?|said|contains?|mentions?|appears?|occurs?|writes?|calls?|employs?|includes?|prints?)\b"
)
_NAMING_VERB = (
    r"(?:describe|call|characteri[sz]e|label|term|word|phrase|name|depict|portray|present|frame|refer to|speak of|"
    r"write about|talk about)"
)
_DESCRIBE = (
    rf"^\s*(?:which|what) (?:article|source|story|outlet|report|one)s?\s+{_NAMING_VERB}s?\b",
    rf"\bhow (?:do|does|did|is|are|was|were|has|have)\b.*\b{_NAMING_VERB}(?:s|d|ed)?\b",
    r"\bwhat (?:do|does|did)\b.*\b(?:call|label|name|term|refer to)\b",
    r"\bwhat (?:words?|terms?|wording|language|labels?|phrases?|names?|adjectives?|verbs?)\b.*\b(?:use|used|describe|for)",
    r"\b(?:which|whose) (?:words?|terms?|wording|labels?|phrases?|names?)\b.*\b(?:use|used|describe|for)\b",
    r"\bcompare (?:how|the (?:words|wording|language|terms))\b|\bdifferent (?:words|wording|terms|names) for\b",
)
_LOADED = re.compile(
    r"\b(?:loaded|opinionated|emotive|emotional|evaluative|biased?|slanted?|editorial\w*|charged|judg\w+|partisan|"
    r"inflammatory|subjective|polemical|derogatory|sensational\w*)\b.*"
    r"\b(?:words?|wording|language|terms?|phras\w+|expressions?|verbs?|adjectives?|statements?|passages?|comments?)\b"
    r"|\bauthor'?s (?:own )?(?:opinions?|views?|voice)\b|\bin (?:the (?:author|writer)'s|its) own voice\b",
    re.IGNORECASE,
)
_ATTRIBUTION = (
    r"\battribut(?:e[sd]?|ion)\b|\bcredit(?:s|ed)?\b.*\b(?:to|as)\b",
    r"^\s*(?:according to [^,]{1,60},\s*)?who (?:says?|said|claims?(?= that)|claimed(?= that)|alleges?|argues?|states?|stated|reports?|"
    r"reported|announced|maintains?|told|is (?:making|saying|claiming|demanding)|makes?|made the (?:claim|demand|statement))\b",
    r"\b(?:whose (?:words|claim|view|statement|opinion)|in whose voice|by whom is|who is (?:the )?source (?:of|for))\b",
    r"\bon whose (?:word|authority)\b|\bwho is (?:cited|credited|named as)\b",
)
_AUXILIARY = (
    r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|shall|may|might|must|isn't|aren't|wasn't|"
    r"weren't|don't|doesn't|didn't|hasn't|haven't|won't|wouldn't|can't|couldn't)"
)
_NEXT_PART = re.compile(
    r"[,;]\s*and\s+(?=(?:(?:say|tell|name|state)\s+\w+\s+)?(?:which|who|whom|whose|what|when|where|why|how|did|does|is|are|"
    r"was|were)\b)|\?\s+(?=\S)|\s+and\s+(?=(?:who|whom|when|where|why|how (?:many|much)|which \w+)\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^\W*(?:who|whom|whose|what|which|when|where|why|how|list|name|quote|give|say|tell)\b", re.IGNORECASE
)
_PLACE_HEADS = {
    "city", "country", "state", "nation", "place", "town", "county", "continent", "region", "island", "village", "capital",
    "location", "venue", "street", "port",
}  # fmt: skip
_DATE_HEADS = {"year", "day", "date", "month", "week", "time", "deadline", "hour", "decade", "century"}
_PERSON_HEADS = {
    "person", "man", "woman", "official", "politician", "actor", "actress", "singer", "athlete", "player", "author",
    "senator", "president", "minister", "leader", "candidate", "celebrity", "star", "musician", "rapper", "artist",
    "judge", "justice", "lawmaker", "representative", "writer", "comedian", "director", "king", "queen", "coach", "mp",
    "governor", "mayor", "ceo", "host", "model", "billionaire", "poet", "scientist", "spokesman", "spokeswoman",
}  # fmt: skip
_NUMBER_HEADS = {
    "number", "percentage", "percent", "share", "rate", "price", "cost", "amount", "total", "sum", "score", "rating",
    "age", "figure", "proportion", "temperature", "distance", "speed", "length", "size", "population", "salary", "fee",
}  # fmt: skip
_REASON_HEADS = {"reason", "cause", "motive", "ground", "grounds", "purpose"}


@dataclass(frozen=True, slots=True)
class Part:
    """One of several questions in a question. ``text`` has the names of articles taken out."""

    text: str
    answer_type: str
    asks: bool = True


def read_question(question: str, parsed: Sequence[ParsedSentence], headers: Sequence[ArticleHeader]) -> Reading:
    """The reading of a stand-alone question. ``parsed`` is its parse; ``headers`` are the articles in the collection."""
    named = find_named_sources(question, headers)
    bare = without_names(question, named)
    tokens = [token for sentence in parsed for token in sentence.tokens]
    quoted = quoted_words(question)
    kind = _kind_of(bare, question, quoted, any(not name.everyone for name in named))
    sources = (
        ()
        if any(name.everyone for name in named)
        else tuple(dict.fromkeys(article_id for name in named for article_id in name.article_ids))
    )
    words = quoted if kind is not QuestionKind.ALTERNATIVES else ()
    if kind in (QuestionKind.ALTERNATIVES, QuestionKind.ATTRIBUTION) and not words:
        words = alternatives_of(bare, tokens)
    return Reading(
        kind=kind,
        question=question,
        sources=sources,
        target=_target_of(kind, bare),
        words=words,
        answer_type="loaded" if _LOADED.search(bare) else answer_type_of(bare),
        presuppositions=presuppositions_of(question, parsed),
    )


def quoted_words(text: str) -> tuple[str, ...]:
    """What stands in quotation marks, in order, closing punctuation taken off."""
    return tuple((match.group(1) or match.group(2)).strip(" ,.;:?!") for match in _QUOTED.finditer(text))


def without_names(question: str, named: Sequence[NamedSources]) -> str:
    """The question with the names of articles replaced by "the article" or "the articles": no content words of ours."""
    text, position = "", 0
    for name in named:
        before = re.sub(
            r"\b(?:the\s+)?(?:article|story|piece|report|text|source)\s+$", "", question[position : name.start]
        )
        after = question[name.end :]
        several = name.everyone or len(name.article_ids) > 1
        text += before + ("the articles" if several else "the article")
        skip = re.match(r"\s+(?:article|story|piece|report|text|version|account|one)\b(?!')", after)
        position = name.end + (skip.end() if skip else 0)
    return re.sub(r"\bthe the article", "the article", text + question[position:], flags=re.IGNORECASE)


def parts_of(text: str) -> list[Part]:
    """The questions within a question: "Who said so, and when?" has two. Sentences that ask nothing are no part."""
    found: list[Part] = []
    for sentence in re.split(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ\"“‘'])", text):
        for piece in _NEXT_PART.split(sentence):
            if piece.strip(" ?"):
                asks = sentence.rstrip().endswith(("?", ":")) or bool(_ASKS.search(piece))
                found.append(Part(piece.strip(" ?"), answer_type_of(piece), asks))
    return found


def answer_type_of(text: str) -> str:
    """What would answer: person, number, date, place, reason, manner, yes_no, or thing."""
    lowered = text.lower()
    match = re.search(r"\b(who|whom|whose|when|where|why|how|which|what)\b", lowered)
    if re.match(rf"\s*(?:and |but |so |then )?{_AUXILIARY}\b", lowered) or (
        match is None and re.search(rf"[,.]\s+{_AUXILIARY}\b", lowered)
    ):
        return "yes_no"
    if match is None:
        return "thing"
    word, rest = match.group(1), lowered[match.end() :]
    if word == "how":
        return (
            "number" if re.match(r"\s+(?:many|much|old|long|far|tall|big|large|high|fast|often)\b", rest) else "manner"
        )
    if word in ("which", "what"):
        return _type_of_head(rest)
    return {"who": "person", "whom": "person", "whose": "person", "when": "date", "where": "place", "why": "reason"}[
        word
    ]


def _type_of_head(rest: str) -> str:
    words = re.findall(r"[a-z'’]+", rest)
    if words[:1] and words[0] in ("is", "was", "are", "were", "'s"):
        words = [word for word in words[1:8] if word not in ("the", "a", "an")]
    for word in words[:4]:
        for heads, name in (
            (_PLACE_HEADS, "place"), (_DATE_HEADS, "date"), (_PERSON_HEADS, "person"), (_NUMBER_HEADS, "number"),
            (_REASON_HEADS, "reason"),
        ):  # fmt: skip
            if word in heads or word.rstrip("s") in heads:
                return name
        if word in ("of", "for", "did", "does", "do", "is", "was", "has", "will", "would", "to", "in"):
            break
    return "thing"


def alternatives_of(text: str, tokens: Sequence[Token]) -> tuple[str, ...]:
    """The words offered as "X, Y or Z", each as a phrase, shared words left out. Empty when nothing is offered."""
    listed = re.search(r":\s*([^:?]+?,?\s+or\s+[^:?]+)", text)
    if listed:
        return tuple(
            part.strip(" ?.") for part in re.split(r",\s*(?:or\s+)?|\s+or\s+", listed.group(1)) if part.strip(" ?.")
        )
    found = [(index, token) for index, token in enumerate(tokens) if token.lemma.lower() == "or"]
    if not found:
        return ()
    at = found[-1][0]
    last = _phrase_after(tokens, at)
    size = len(last.split())
    mirrored = [token.text for token in tokens[max(0, at - size) : at]]
    if size > 1 and mirrored[1:] == last.split()[1:]:
        return (" ".join(mirrored), last)  # "later this year or late this year"
    before = _phrases_before(tokens, at, size)
    return (*before, last) if last and before else ()


def _phrase_after(tokens: Sequence[Token], at: int) -> str:
    words: list[str] = []
    for token in tokens[at + 1 :]:
        if token.pos in ("PUNCT",) or (words and token.pos in ("ADP", "PRON", "SCONJ", "CCONJ", "AUX")):
            break
        words.append(token.text)
        if token.pos == "VERB" and len(words) == 1:
            break  # "accept or reject the offer": what follows the verb is shared
    return _without_article(words)


def _phrases_before(tokens: Sequence[Token], at: int, size: int) -> tuple[str, ...]:
    """The alternatives before "or": the comma-separated list that ends there, or the conjunct that "or" joins."""
    head = tokens[at].head
    first = next((t for t in (tokens[head],) if 0 <= head < at), None) if 0 <= head < len(tokens) else None
    listed: list[list[str]] = [[]]
    for token in reversed(tokens[:at]):
        if token.text == "," and listed[0]:
            listed.insert(0, [])
        elif token.pos in ("NOUN", "PROPN", "ADJ", "NUM", "ADV") or (token.pos == "VERB" and not listed[0]):
            listed[0].insert(0, token.text)
        else:
            break
    if first is not None and first.pos == "VERB":
        return (first.text,)
    phrases = [words for words in listed if words]
    if len(phrases) > 1:
        return tuple(_without_article(words) for words in phrases)
    if phrases:
        return (_without_article(phrases[0][-max(size, 1) :]),)
    return (first.text,) if first is not None else ()


def _without_article(words: list[str]) -> str:
    while words and words[0].lower() in ("a", "an", "the", "just", "merely", "only", "rather", "for", "to"):
        words = words[1:]
    return " ".join(words)


def _matches(patterns: Sequence[str], text: str) -> bool:
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)


def _kind_of(bare: str, question: str, quoted: Sequence[str], names_one: bool) -> QuestionKind:
    """First match wins: from the narrowest wording to the widest."""
    kinds = (
        (QuestionKind.DESCRIBE, bool(_LOADED.search(bare))),
        (QuestionKind.METADATA, _matches(_METADATA, bare)),
        (QuestionKind.QUOTATION, _matches(_QUOTATION, bare)),
        (QuestionKind.INDEPENDENCE, _matches(_INDEPENDENCE, bare)),
        (QuestionKind.HEADLINE_BODY, _matches(_HEADLINE, question)),
        (QuestionKind.WORD_USE, bool(quoted) and (_matches(_WORD_USE, bare) or _matches((_WORD_VERB,), bare))),
        (QuestionKind.ATTRIBUTION, _matches(_ATTRIBUTION, bare)),
        (QuestionKind.DESCRIBE, _matches(_DESCRIBE, bare)),
        (QuestionKind.WORD_USE, _matches(_WORD_USE, bare) and bool(re.search(r"\barticles?\b|\bwhich\b", bare))),
        (QuestionKind.AGREEMENT, _matches(_AGREEMENT, bare)),
        (QuestionKind.ALTERNATIVES, _offers_alternatives(bare)),
    )
    return next((kind for kind, holds in kinds if holds), QuestionKind.CONTENT)


def _offers_alternatives(text: str) -> bool:
    if re.search(r"\bor not\b", text, re.IGNORECASE) or not re.search(r"\bor\b", text, re.IGNORECASE):
        return False
    asks_choice = re.match(rf"\s*(?:and |but |according to [^,]{{1,60}},\s*)?{_AUXILIARY}\b", text, re.IGNORECASE)
    return bool(asks_choice or re.search(r":[^:?]+\bor\b[^:?]+\?", text))


_AFTER_NAMING_VERB = re.compile(rf"\b{_NAMING_VERB}(?:s|d|ed)?\s+(?P<target>[^?]+)", re.IGNORECASE)
_BEFORE_NAMING_VERB = re.compile(
    rf"\bhow (?:is|are|was|were|has|have)\s+(?P<target>[^?]+?)\s+(?:been\s+)?{_NAMING_VERB}(?:d|ed)?\b", re.IGNORECASE
)
_ABOUT = re.compile(r"\b(?:about|regarding|concerning|over|on|for|of)\s+(?P<target>[^?]+)", re.IGNORECASE)
_LATE_ADDITION = re.compile(
    r"(?:,\s*and\s.*|\s+(?:in|by|across|between)\s+(?:the|both|each)\s+(?:articles?|two articles|sources?|stor(?:y|ies))\b.*)$",
    re.IGNORECASE,
)


def _target_of(kind: QuestionKind, bare: str) -> str:
    """The thing asked about, in the question's words: "the people who may stay"."""
    patterns: tuple[re.Pattern[str], ...] = (_ABOUT,)
    if kind is QuestionKind.DESCRIBE:
        patterns = (_BEFORE_NAMING_VERB, _AFTER_NAMING_VERB, _ABOUT)
    elif kind is QuestionKind.CONTENT:
        return _LATE_ADDITION.sub("", bare).strip(" ?.")
    for pattern in patterns:
        match = pattern.search(bare)
        if match:
            return _LATE_ADDITION.sub("", match.group("target")).strip(" ?.,")
    return ""


def presuppositions_of(question: str, parsed: Sequence[ParsedSentence]) -> tuple[str, ...]:
    """What a why, when, where or how question takes for granted, as a statement; the last sentence that asks counts.

    "Why did the council block the plan?" takes for granted "the council did block the plan".
    """
    asking = [sentence for sentence in parsed if sentence.text.rstrip().endswith("?")] or list(parsed[-1:])
    if not asking or not re.match(
        r"\s*(?:and\s+|but\s+|so\s+)?(?:why|when|where|how (?:did|do|does|was|were|is|are|has|have))\b",
        asking[-1].text,
        re.IGNORECASE,
    ):
        return ()
    statement = as_statement(asking[-1])
    return (statement,) if statement else ()


def as_statement(sentence: ParsedSentence) -> str:
    """A question turned back: the auxiliary goes behind its subject, the question word goes. "" when there is none.

    "Did the mayor accept the offer?" → "the mayor did accept the offer".
    """
    tokens = sentence.tokens
    at = next((i for i, token in enumerate(tokens) if token.pos == "AUX" or token.lemma in ("be", "do", "have")), None)
    if at is None:
        return ""
    subject = next(
        (i for i, token in enumerate(tokens) if i > at and token.dep in ("nsubj", "nsubjpass", "expl", "csubj")), None
    )
    if subject is None:
        return ""
    span = [i for i in range(at + 1, len(tokens)) if _within(tokens, i, subject)]
    end = max(span) + 1
    text = sentence.text
    offset = sentence.start

    def cut(first: int, last: int) -> str:
        return text[tokens[first].start - offset : tokens[last - 1].end - offset] if first < last else ""

    rest = cut(end, len(tokens)).strip(" ?!.")
    if not rest and subject + 1 < end:  # "Is the road safe?": the parser took "safe" into the subject
        end = subject + 1
        rest = cut(end, len(tokens)).strip(" ?!.")
    return " ".join(piece for piece in (cut(at + 1, end), tokens[at].text.lower(), rest) if piece)


def _within(tokens: Sequence[Token], index: int, ancestor: int) -> bool:
    for _ in range(len(tokens)):
        if index == ancestor:
            return True
        if tokens[index].head == index:
            return False
        index = tokens[index].head
    return False
