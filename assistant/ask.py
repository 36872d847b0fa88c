"""Question → stand-alone question → reading → material → the kind's answer. The straight line of ``ask``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from unicodedata import category

from assistant.answers import answerers, gather
from assistant.chat_models import ChatModel
from assistant.errors import BadInput
from assistant.language.reader import LanguageReader
from assistant.listener import NOBODY, Listener
from assistant.phrasing import phrase
from assistant.reading import read_question
from assistant.rewrite import stand_alone
from assistant.types import Answer, Reading, Scope, Turn, Verifier
from index import EmptyCollection, Sources, UnknownSource

LONGEST_QUESTION = 2_000  # characters
_NAMED = re.compile(r"\b(?:article|story)\s+(?P<name>\w*\d[\w.-]*)", re.IGNORECASE)


def answer_question(
    question: str,
    *,
    sources: Sources,
    reader: LanguageReader,
    verifier: Verifier,
    scope: Scope,
    history: Sequence[Turn] = (),
    phrase_with: ChatModel | None = None,
    listener: Listener = NOBODY,
) -> Answer:
    """Answer one question from the sources in ``scope``, each heard by itself; refuse what they do not say.

    Raises BadInput for a question without words or of more than 2,000 characters, EmptyCollection when nothing is
    indexed, UnknownSource and AmbiguousSource for an article that is named and cannot be found.
    """
    asked = _clean(question)
    headers = sources.headers()
    if not headers:
        raise EmptyCollection("There are no articles to ask", "claimdesk index PATH")
    asked = stand_alone(asked, history, headers)
    reading = read_question(asked, reader.parse_text(asked), headers)
    _require_named(asked, reading, sources)
    material = gather(reading, reader.parse_text(asked), scope, sources, reader, verifier)
    answer = answerers[reading.kind](material)
    answer = replace(answer, models={**answer.models, "verifier": verifier.verifier_id, "chat": None})
    return phrase(answer, material, phrase_with, listener) if phrase_with is not None else answer


def one_line(text: str, what: str) -> str:
    """``text`` on one line, hidden and control characters taken out. Raises BadInput when more is left than is read."""
    line = " ".join("".join(c if c.isprintable() else "" if category(c) == "Cf" else " " for c in text).split())
    if len(line) > LONGEST_QUESTION:
        raise BadInput(
            f"The {what} has {len(line):,} characters, at most {LONGEST_QUESTION:,} are read",
            f"a shorter {what}, or claimdesk verify FILE",
        )
    return line


def _clean(question: str) -> str:
    """The question on one line. Raises BadInput for one that is too long or has no words."""
    asked = one_line(question, "question")
    if not any(character.isalnum() for character in asked):
        raise BadInput("The question has no words", 'claimdesk ask "Who …?"')
    return asked


def _require_named(question: str, reading: Reading, sources: Sources) -> None:
    """ "article 7" must exist. Raises UnknownSource, AmbiguousSource."""
    for match in _NAMED.finditer(question):
        try:
            sources.find_article(match.group("name"))
        except UnknownSource:
            if not reading.sources:
                raise
