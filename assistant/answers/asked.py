"""The parts of a question that ask for facts."""

from __future__ import annotations

from assistant.answers.material import Material
from assistant.naming import find_named_sources
from assistant.question_parts import Part, parts_of
from assistant.reading import without_names

_ABOUT_SOURCES = (
    "which article", "which source", "which outlet", "which of the", "which one", "say which", "which story",
    "which report",
)  # fmt: skip


def bare_question(material: Material) -> str:
    """The question with the names of articles replaced by "the article"."""
    question = material.reading.question
    return without_names(question, find_named_sources(question, material.headers))


def asked_parts(material: Material) -> list[Part]:
    """The parts of the question that ask for facts: "which article says so" is answered by naming the articles."""
    parts = parts_of(bare_question(material))
    asking = [part for part in parts if not part.text.lower().startswith(_ABOUT_SOURCES)]
    questions = [part for part in asking if part.asks]
    return questions or asking or parts
