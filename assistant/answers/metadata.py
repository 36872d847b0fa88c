"""Dates, authors, outlets and counts: what is stored or stated of an article, never inferred from its text."""

from __future__ import annotations

import re

from assistant.answers.draft import Draft
from assistant.answers.material import Material
from assistant.types import Answer, AnswerStatus, FlagKind
from index import ArticleHeader, SectionKind

_DATE = r"\b(?:when|year|date|dated|day|month|old|recent|dateline)\b"
_AUTHOR = r"\b(?:who|author\w*|wrote|written by|byline\w*|writer\w*|journalist\w*|reporter\w*)\b"
_OUTLET = r"\b(?:outlet\w*|publisher\w*|newspaper\w*|publication|paper|site|website|published by)\b"
_COUNT = r"\bhow many\b"
_LENGTH = r"\b(?:how long|word count|length|how many words)\b"


def answer_metadata(material: Material) -> Answer:
    draft = Draft(material)
    question = material.reading.question.lower()
    if re.search(_LENGTH, question):
        for header in material.headers:
            draft.say(f"{draft.label(header.article_id)} has {header.words} words.")
        return draft.answer(AnswerStatus.ANSWERED, score=1.0)
    if re.search(_COUNT, question):
        total = len(material.headers) + material.not_consulted
        draft.say(f"{total} {'article is' if total == 1 else 'articles are'} in the collection for this question.")
        return draft.answer(AnswerStatus.ANSWERED, score=1.0)
    wanted = next(
        (
            name
            for name, pattern in (("outlet", _OUTLET), ("date", _DATE), ("author", _AUTHOR))
            if re.search(pattern, question)
        ),
        "date",
    )
    known = [header for header in material.headers if _say_known(draft, header, wanted)]
    unknown = [header for header in material.headers if header not in known]
    missing = []
    for header in unknown:
        name = draft.label(header.article_id)
        missing.append(f"the {wanted} of {name}")
        draft.say(f"{name} states no {_plain(wanted)}, and none is stored for it.")
    if unknown and wanted == "date":
        draft.flag(FlagKind.TIME, "No date of publication is stated; dates inside the text are not it.")
    if not unknown:
        return draft.answer(AnswerStatus.ANSWERED, score=1.0)
    status = AnswerStatus.PARTIAL if known else AnswerStatus.REFUSED
    return draft.answer(status, missing=missing, score=0.5 if known else 0.0)


def _plain(wanted: str) -> str:
    return {"date": "date of publication", "author": "author", "outlet": "publisher"}[wanted]


def _say_known(draft: Draft, header: ArticleHeader, wanted: str) -> bool:
    """Say what is known of one article, with a citation where its own text states it. False when nothing is."""
    name = draft.label(header.article_id)
    byline = next(
        (s for s in draft.material.sources.sections(header.article_id) if s.section is SectionKind.BYLINE), None
    )
    if wanted == "date":
        if header.published is None:
            return False
        draft.say(f"{name} was published on {header.published.isoformat()}, by the date stored for it.")
        return True
    if wanted == "outlet" and header.publisher:
        draft.say(f"{name} was published by {header.publisher}, by what is stored for it.")
        return True
    if byline is not None:
        number = draft.cite(header.article_id, byline.start, byline.end)
        draft.say(f"{name} carries the byline {draft.quoted(header.article_id, byline.start, byline.end)}.", number)
        return True
    if wanted == "author" and header.byline:
        draft.say(f"{name} is by {header.byline}, by what is stored for it.")
        return True
    return False
