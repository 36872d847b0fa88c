"""What kind of question is it, and what is it about: patterns of English questions, narrowest first. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question_parts import AUXILIARY
from assistant.types import QuestionKind

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
    r"\b(?:which|what) (?:outlet|publisher|newspaper|publication|paper|site|website)s?\b.*\b"
    rf"(?:published?|ran|run|printed|(?:the|this|these|those|each|both|every) (?:two |three )?{_PUBLICATION})\b",
    rf"\bhow (?:long|old|recent) (?:is|are|was)\b.*\b{_PUBLICATION}\b|\bword count\b",
)
_QUOTATION = (
    r"\bexact(?:ly what)? (?:words?|wording|quot\w+|phras\w+)|\bverbatim\b|\bword[- ]for[- ]word\b|"
    r"\bdirect(?:ly)? quot",
    r"^\s*(?:please\s+)?quote\b|\bin (?:his|her|their|its) own words\b|"
    r"\bwhat exactly (?:did|does|do)\b.*\b(?:say|tell|write|call)\b|\bprecise words\b",
    r"\bquot(?:e|es|ed|ing)\b.*\b(?:directly|paraphras\w+)\b|\bparaphras\w+\b.*\bquot(?:e|es|ed|ing)\b",
    r"\bwho (?:quotes|is quoted|was quoted)\b|\bwhich\b.*\bquotes?\b.*\bdirectly\b|\b(?:give|show|"
    r"find) (?:me )?(?:the|a)"
    r"\b.{0,30}\bquot(?:e|ation)s?\b|\bwhat\b.{0,40}\bquot(?:e|ation)s?\b.*\b(?:contain|from|by|use)",
)
_HEADLINE = (r"\bhead(?:line|ing)s?\b", r"\btitles? (?:match|agree|fit|say|of the (?:article|story))|'s title\b")
_INDEPENDENCE = (
    r"\bindependent(?:ly)?\b.*\b(?:confirm|source|corroborat|report|verif|article|account|stor|each other|one another)",
    r"\b(?:article|source|account|stor|report|outlet|they)\w*\b.*\bindependent(?:ly)?\b|\bcorroborat",
    r"\b(?:original|primary|ultimate|upstream|underlying|common) (?:source|report|reporting|outlet)|\bfirst[- ]?hand\b",
    r"\bsecond[- ]?hand\b|\bsame (?:source|origin|outlet|upstream)\b|\bown (?:reporting|interviews?|journalis)",
    r"\bwhere (?:did|do|does)\b.*\b(?:get|take|have|obtain)\b(?:\s+(?:all|its|their|the|this|that|these|those))*\s+"
    rf"(?:information|facts|claims?|news|details|figures?|numbers?|estimates?|quotes?|{_PUBLICATION})(?:\s+from)?\W*$",
    r"\bwho (?:first|originally) (?:reported|broke)|\brel(?:y|ies) on\b.*\b(?:source|report|outlet|same)|\becho\w*\b",
    r"\bhow many (?:independent|separate|different) (?:sources|voices|origins)",
)
_ABOUT_SOURCES = (
    r"(?:(?:the |these |those )?(?:two |both |all |three )?(?:articles|stories|sources|accounts|reports|pieces|outlets|"
    r"texts|versions|papers)|both(?: of them)?|they|each other|one another)"
)
_AGREEMENT = (
    rf"\b{_ABOUT_SOURCES}\b.*\b(?:agree|disagree|differ|diverge|contradict|conflict|in common|consistent|"
    rf"overlap|match)",
    rf"\b(?:agree|disagree|differ|diverge|contradict|conflict)\w*\b.*\b{_ABOUT_SOURCES}\b",
    rf"\b{_ABOUT_SOURCES}\b.*\bthe same\b(?! (?:source|origin|outlet|report|person|people|day|time)\b)",
    rf"\b{_PUBLICATION}\b.*\bdiffers? from\b|\bthe article['’].*\bdiffers? from\b",
    r"\b(?:points?|facts?|things?) (?:of (?:agreement|disagreement|difference)|in common)\b|\bcommon ground\b",
    r"\b(?:differences?|discrepanc\w+|contradictions?|similarit\w+)\b.*\b(?:between|among|across)\b",
)
_WORD_USE = (
    r"\b(?:use[sd]?|using|contains?|employs?|appl(?:y|ies)|avoids?|mentions?|prints?)\b.{0,30}?"
    r"\b(?:words?|terms?|phrases?|expressions?|labels?)\b",
    r"\b(?:words?|terms?|phrases?|expressions?)\b.{0,60}\b(?:appears?|occurs?|used|stands?|found)\b",
    r"\b(?:own|its|their) (?:words?|terms?|phrases?|wording|voice)\b",
)
_WHOSE_WORDS = r"\b(?:whose|who) (?:words|phrase|wording|term|expression|language|said|says|called|calls)\b"
_WORD_VERB = (
    r"\b(?:use[sd]?|says?|said|contains?|mentions?|appears?|occurs?|writes?|calls?|employs?|includes?|prints?|"
    r"(?:speaks?|spoke|talks?|talked|writes?|wrote) (?:of|about)|refers? to|referred to|describes?)\b"
)
_NAMING_VERB = (
    r"(?:describe|call|characteri[sz]e|label|term|word|phrase|name|depict|portray|present|frame|refer to|speak of|put|"
    r"write about|talk about)"
)
_THOSE_WHO_TELL = (  # the names of articles are taken out: what "Tom Hage" calls a thing is not how an article words it
    rf"(?:the|these|those|both|each|every|all|two|three|others?|one|they|it|of|them|and|or|,|{_PUBLICATION}|"
    r"outlets?|papers?|newspapers?|sites?)"
)
_DESCRIBE = (
    rf"^\s*(?:which|what) (?:article|source|story|outlet|report|one)s?\s+{_NAMING_VERB}s?\b",
    rf"\bhow (?:do|does|did|is|are|was|were|has|have)\b.*\b{_NAMING_VERB}(?:s|d|ed)?\b",
    rf"\bhow (?:the |these |both |each |two )*(?:{_PUBLICATION}|outlets?|they)\s+{_NAMING_VERB}s?\b",
    rf"^\s*which {_PUBLICATION} (?:is|sounds|puts?|makes?) .*\b(?:more|less|stronger|weaker|softer|firmer|cautious)\b",
    rf"\bwhat (?:do|does|did)\b(?:\s+{_THOSE_WHO_TELL})*\s+(?:call|label|name|term|refer to)\b",
    r"\bwhat (?:words?|terms?|wording|language|labels?|phrases?|names?|adjectives?|verbs?)\b.*\b(?:use|used|"
    r"describe|for)",
    r"\b(?:which|whose) (?:words?|terms?|wording|labels?|phrases?|names?)\b.*\b(?:use|used|describe|for)\b",
    r"\bcompare (?:how|the (?:words|wording|language|terms))\b|\bdifferent (?:words|wording|terms|names) for\b",
)
LOADED = re.compile(
    r"\b(?:loaded|opinionated|emotive|emotional|evaluative|biased?|slanted?|editorial\w*|charged|judg\w+|partisan|"
    r"inflammatory|subjective|polemical|derogatory|sensational\w*)\b.*"
    r"\b(?:words?|wording|language|terms?|phras\w+|expressions?|verbs?|adjectives?|statements?|passages?|comments?)\b"
    r"|\b(?:words?|wording|language|terms?|phras\w+|sentences?|statements?|passages?|parts)\b.*\bopinions?\b"
    r"|\bauthor'?s (?:own )?(?:opinions?|views?|voice)\b|\bin (?:the (?:author|writer)'s|its) own voice\b",
    re.IGNORECASE,
)
# Names of articles are taken out: "Where does [the Post] take its toll from?", not where a town takes its water.
TAKEN_FROM = (
    rf"\bwhere (?:did|do|does)(?:\s+(?:the|these|those|both|{_PUBLICATION}|outlets?|papers?))*\s+"
    r"(?:(?:get|take|obtain|draw)\s+(?:its|their|the|this|that|these|those)\s|have\s+(?:its|their|the|this|that)\s.+\sfrom\W*$)"
)
_ATTRIBUTION = (
    r"\battribut(?:e[sd]?|ion)\b|\bcredit(?:s|ed)?\b.*\b(?:to|as)\b",
    r"^\s*(?:according to [^,]{1,60},\s*)?who (?:says?|said|claims?(?= that)|claimed(?= that)|alleges?|argues?|"
    r"states?|stated|reports?|"
    r"estimates?|estimated|warns?|warned|predicts?|predicted|thinks?|believes?|expects?|suggests?|suggested|insists?|"
    r"insisted|calculates?|calculated|reported|announced|maintains?|told|"
    r"is (?:making|saying|claiming|demanding)|makes?|made the (?:claim|demand|statement))\b",
    r"\b(?:whose (?:words|claim|view|statement|opinion)|in whose voice|by whom is|who is (?:the )?source (?:of|for))\b",
    r"\bwhere (?:do|does|did)\b.*\b(?:come|comes|came|stem|stems|originate|originates)(?: from)?\W*$|"
    r"\bwhere (?:is|are|was|were)\b.*\bfrom\W*$",
    TAKEN_FROM,
    r"\bon whose (?:word|authority)\b|\bwho is (?:cited|credited|named as)\b",
)


def _matches(patterns: Sequence[str], text: str) -> bool:
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)


def kind_of(bare: str, question: str, quoted: Sequence[str]) -> QuestionKind:
    """The kind of a question whose article names are taken out: first match wins, the narrowest wording first."""
    kinds = (
        (QuestionKind.DESCRIBE, bool(LOADED.search(bare))),
        (QuestionKind.METADATA, _matches(_METADATA, bare)),
        (QuestionKind.QUOTATION, _matches(_QUOTATION, bare)),
        (QuestionKind.INDEPENDENCE, _matches(_INDEPENDENCE, bare)),
        (QuestionKind.HEADLINE_BODY, _matches(_HEADLINE, question)),
        (QuestionKind.WORD_USE, bool(quoted) and _matches((*_WORD_USE, _WORD_VERB, _WHOSE_WORDS), bare)),
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
    asks_choice = re.match(rf"\s*(?:and |but |according to [^,]{{1,60}},\s*)?{AUXILIARY}\b", text, re.IGNORECASE)
    return bool(asks_choice or re.search(r":[^:?]+\bor\b[^:?]+\?", text))


_AFTER_NAMING_VERB = re.compile(rf"\b{_NAMING_VERB}(?:s|d|ed)?\s+(?P<target>[^?]+)", re.IGNORECASE)
_BEFORE_NAMING_VERB = re.compile(
    rf"\bhow (?:is|are|was|were|has|have)\s+(?P<target>[^?]+?)\s+(?:been\s+)?{_NAMING_VERB}(?:d|ed)?\b", re.IGNORECASE
)
_ABOUT = re.compile(r"\b(?:about|regarding|concerning|over|on|for|of)\s+(?P<target>[^?]+)", re.IGNORECASE)
_LATE_ADDITION = re.compile(
    r"(?:,\s*and\s.*|\s+that the articles?\b.*|\s+differs? from\b.*|"
    r"\s+(?:in|by|across|between)\s+(?:the|both|each)\s+(?:articles?|two articles|sources?|stor(?:y|ies))\b.*)$",
    re.IGNORECASE,
)


_WORDS_FOR = re.compile(
    r"\b(?:what|which|whose)\s+(?:\w+\s+)?(?:words?|terms?|wording|language|labels?|phrases?|names?|adjectives?)\b[^?]*?"
    r"\b(?:for|about|of|describe)\s+(?P<target>[^?]+)",
    re.IGNORECASE,
)
_THE_SAME = re.compile(
    r"\bthe same (?P<target>(?:number|figure|date|time|reason|cause|amount|total|name|place|age|toll)\b[^?]*)",
    re.IGNORECASE,
)
_HEADLINE_SAYS = re.compile(
    r"\bheadlines?\s+(?:says?|said|claims?|states?|suggests?|reads?|tells?|declares?|announces?|reports?|calls?|implies)\s+"
    r"(?:that\s+)?(?P<target>[^?.]+)",
    re.IGNORECASE,
)
_HEADLINE_CLAIMS = re.compile(
    r"\bheadlines?['’]?s?\s+(?:claim|statement|assertion|suggestion) that (?P<target>[^?.]+)", re.IGNORECASE
)
_HEADLINE_HAS = re.compile(
    r"\bheadlines?['’]?s?\s+(?:number|figure|count|total|claim|word|wording|use|description|statement)\s+"
    r"(?:of|for|about|on|that)\s+(?P<target>[^?.]+?)\s+(?:match|fit|agree|square|differ|hold|borne|supported|backed)",
    re.IGNORECASE,
)


def target_of(kind: QuestionKind, bare: str) -> str:
    """The thing asked about, in the question's words: "the people who may stay"."""
    patterns: tuple[re.Pattern[str], ...] = (_ABOUT,)
    if kind is QuestionKind.AGREEMENT:
        patterns = (_THE_SAME, _ABOUT)
    elif kind is QuestionKind.DESCRIBE:
        patterns = (_WORDS_FOR, _BEFORE_NAMING_VERB, _AFTER_NAMING_VERB, _ABOUT)
    elif kind is QuestionKind.HEADLINE_BODY:
        patterns = (_HEADLINE_SAYS, _HEADLINE_CLAIMS, _HEADLINE_HAS, _ABOUT)
    elif kind is QuestionKind.CONTENT:
        return _LATE_ADDITION.sub("", bare).strip(" ?.")
    for pattern in patterns:
        match = pattern.search(bare)
        if match:
            return _LATE_ADDITION.sub("", match.group("target")).strip(" ?.,")
    return ""
