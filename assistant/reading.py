"""Read a question by rules: its kind, the sources that it names, what it asks about, what it takes for granted.

Pure: from the question's text, its parse and the articles' headers. Unknown kinds are content. Nothing is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.lexicon.wordnet import known
from assistant.language.types import ParsedSentence, Token
from assistant.naming import NamedSources, find_named_sources
from assistant.question_kinds import LOADED, kind_of, target_of
from assistant.question_parts import AUXILIARY, answer_type_of, parts_of
from assistant.types import QuestionKind, Reading
from index import ArticleHeader

_SAYS = re.compile(
    r"^\W*(?:and\s+|but\s+|so\s+)?(?:why|when|where|how)\s+(?:do|does|did)\s+(?:both\s+|the\s+)?"
    r"(?:article\s+\S+|articles?|stor(?:y|ies)|reports?|sources?|they|it)\s+(?:say|state|claim|report|write)s?\s+(?:that\s+)?"
    r"(?P<what>\w+\s+\w.+)",
    re.IGNORECASE,
)
_WHICH_OF = re.compile(
    rf"^\W*which (?:one )?(?P<rest>of (?:the|these|those) (?!(?:two |three )?(?:articles?|sources?|stor(?:y|ies)|"
    rf"outlets?|reports?|accounts?)\b)(?!.*\b{AUXILIARY} (?:the|a|an|he|she|it|they)\b).+)",
    re.IGNORECASE,
)
_DOES = re.compile(r"\b(?:do|does|did|would)\s+(?:the\s+)?$", re.IGNORECASE)
_REPORT = re.compile(r"\s+report(?=\s+(?:on|about|of|that)\b|\W*$)", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“„«‟]([^\"“”„«»]{1,200})[\"”»]|(?<!\w)[‘'‚`´]([^‘’]{1,200}?)[’'´](?!\w)")


def read_question(question: str, parsed: Sequence[ParsedSentence], headers: Sequence[ArticleHeader]) -> Reading:
    """The reading of a stand-alone question. ``parsed``: its parse; ``headers``: the articles of the collection."""
    named = find_named_sources(question, headers)
    bare = without_names(question, named)
    tokens = [token for sentence in parsed for token in sentence.tokens]
    quoted = quoted_words(question)
    kind = kind_of(bare, question, quoted)
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
        target=_resolved(target_of(kind, bare), bare),
        words=words,
        answer_type="loaded" if LOADED.search(bare) else answer_type_of(bare),
        presuppositions=presuppositions_of(parsed),
    )


def _resolved(target: str, bare: str) -> str:
    """ "them" in a later part of the question means what its first part is about."""
    parts = parts_of(bare)
    if target.lower() not in ("them", "it", "this", "that", "these", "those") or len(parts) < 2:
        return target
    return re.sub(
        r"^\W*(?:how (?:many|much)|who|what|which|when|where|why|how)\s+", "", parts[0].text, flags=re.IGNORECASE
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
        told = _DOES.search(before) and _REPORT.match(after)  # "does the Herald report on …": what it does, not a noun
        position = name.end + (skip.end() if skip and not told else 0)
    text = re.sub(r"\bthe the article", "the article", text + question[position:], flags=re.IGNORECASE)
    return re.sub(r"\bthe article(?:(?:,| and|, and| or) the article\b)+", "the articles", text)


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
    determined = False
    for token in reversed(tokens[:at]):
        if token.text == "," and listed[0]:
            listed.insert(0, [])
            determined = False
        elif token.pos == "DET" and listed[0] and not determined:
            determined = True  # "a raid, a search or …": what stands before the article is no part of it
        elif determined:
            break
        elif token.pos in ("NOUN", "PROPN", "ADJ", "NUM", "ADV") or (token.pos == "VERB" and not listed[0]):
            listed[0].insert(0, token.text)
        else:
            break
    if first is not None and first.pos == "VERB":
        return tuple(token.text for token in _conjuncts_before(tokens, at, head))
    phrases = [words for words in listed if words]
    if len(phrases) > 1:
        return tuple(_without_article(words) for words in phrases)
    if phrases:
        return (_without_article(phrases[0][-max(size, 1) :]),)
    return (first.text,) if first is not None else ()


def _conjuncts_before(tokens: Sequence[Token], at: int, last: int) -> list[Token]:
    """The verbs that a list joins, in order: "clarify, tighten or drop" has two before its "or"."""
    chain = [last]
    while tokens[chain[0]].dep == "conj" and tokens[tokens[chain[0]].head].pos == "VERB":
        chain.insert(0, tokens[chain[0]].head)
    if chain[0] > 1 and tokens[chain[0] - 1].text == "," and tokens[chain[0] - 2].pos in ("VERB", "NOUN"):
        chain.insert(0, chain[0] - 2)  # a verb that the parser took for a noun of the subject
    further = [i for i in range(last + 1, at) if tokens[i].pos == "VERB" and tokens[i].dep == "conj"]
    return [tokens[i] for i in [*chain, *further]]


def _without_article(words: list[str]) -> str:
    while words and words[0].lower() in ("a", "an", "the", "just", "merely", "only", "rather", "for", "to"):
        words = words[1:]
    return " ".join(words)


def presuppositions_of(parsed: Sequence[ParsedSentence]) -> tuple[str, ...]:
    """What a why, when, where or how question takes for granted, as a statement; the last sentence that asks counts.

    "Why did the council block the plan?" takes for granted "the council did block the plan".
    """
    asking = [sentence for sentence in parsed if sentence.text.rstrip().endswith("?")] or list(parsed[-1:])
    some = _WHICH_OF.match(asking[-1].text) if asking else None
    if some:
        return (f"one {some.group('rest').strip(' ?.')}",)
    if not asking or not re.match(
        r"\s*(?:and\s+|but\s+|so\s+)?(?:why|when|where|how (?:did|do|does|was|were|is|are|has|have))\b",
        asking[-1].text,
        re.IGNORECASE,
    ):
        return ()
    told = _SAYS.search(asking[-1].text)
    statement = told.group("what").strip(" ?.") if told else as_statement(asking[-1])
    return (statement,) if statement else ()


def as_statement(sentence: ParsedSentence) -> str:
    """A question turned back: the auxiliary goes behind its subject, the question word goes. "" when there is none.

    "Did the mayor accept the offer?" → "the mayor did accept the offer".
    """
    tokens = sentence.tokens
    at = next((i for i, token in enumerate(tokens) if _is_auxiliary(token)), None)
    if at is None:
        return ""
    subject = next(
        (i for i, token in enumerate(tokens) if i > at and token.dep in ("nsubj", "nsubjpass", "expl", "csubj")), None
    )
    if subject is None:  # "Will the ferry sail?" with "Will" taken for a name: the first noun is meant
        subject = next((i for i, t in enumerate(tokens) if i > at and t.pos in ("NOUN", "PROPN", "PRON")), None)
    if subject is None:
        return ""
    span = [i for i in range(at + 1, len(tokens)) if _within(tokens, i, subject)]
    end = _bare_verb(tokens, at) or max(span) + 1
    text = sentence.text
    offset = sentence.start

    def cut(first: int, last: int) -> str:
        return text[tokens[first].start - offset : tokens[last - 1].end - offset] if first < last else ""

    rest = cut(end, len(tokens)).strip(" ?!.")
    if not rest and subject + 1 < end:  # "Is the road safe?": the parser took "safe" into the subject
        end = subject + 1
        rest = cut(end, len(tokens)).strip(" ?!.")
    return " ".join(piece for piece in (cut(at + 1, end), tokens[at].text.lower(), rest) if piece)


def _bare_verb(tokens: Sequence[Token], at: int) -> int | None:
    """Of "did the judge vote when …" the place of "vote", where the parser took it for a noun; None when it did not."""
    if tokens[at].lemma.lower() != "do":
        return None
    for i in range(at + 2, min(at + 9, len(tokens))):
        before, token = tokens[i - 1], tokens[i]
        word = token.text.lower()
        if token.pos in ("VERB", "AUX"):
            return i if word == token.lemma.lower() and before.pos not in ("AUX", "ADV", "DET", "PART") else None
        if token.pos in ("ADP", "SCONJ", "CCONJ", "PUNCT"):
            return None
        follows = i + 1 == len(tokens) or tokens[i + 1].pos in ("DET", "PRON", "PROPN", "ADP", "SCONJ", "PUNCT", "ADV")
        if token.pos == "NOUN" and before.pos in ("PROPN", "PRON", "NOUN") and follows and known(word, "v"):
            return i
    return None


def _is_auxiliary(token: Token) -> bool:
    return (
        token.pos == "AUX" or token.lemma in ("be", "do", "have") or bool(re.fullmatch(AUXILIARY, token.text.lower()))
    )


def _within(tokens: Sequence[Token], index: int, ancestor: int) -> bool:
    for _ in range(len(tokens)):
        if index == ancestor:
            return True
        if tokens[index].head == index:
            return False
        index = tokens[index].head
    return False
