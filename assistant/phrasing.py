"""Let a language model phrase an answer that is already made. It gets the rows, and nothing that it adds passes.

When the model fails, or nothing of its text passes the guard, the extractive answer stands, and says so.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.answers.draft import label_of
from assistant.answers.material import Material
from assistant.chat_models import ChatModel, bounded_text
from assistant.errors import ModelFailed
from assistant.guard import guard
from assistant.types import Answer, AnswerStatus
from prompts import load


def phrase(answer: Answer, material: Material, model: ChatModel) -> Answer:
    """The same answer in the model's words: status, citations, rows and flags stay what the evidence made them.

    A refusal is never phrased: there is nothing that a model could add to it.
    """
    named = replace(answer, models={**answer.models, "chat": model.name})
    if answer.status is AnswerStatus.REFUSED or not answer.citations:
        return named
    names = {header.article_id: label_of(header, material.headers) for header in material.headers}
    rows = "\n".join(
        f"[{citation.n}] {names[citation.span.article_id]}, {citation.section.value}: "
        + " ".join(citation.span.quote.split())
        for citation in answer.citations
    )
    prompt = load("answer")
    filled = prompt.fill(question=answer.reading.question, rows=rows)
    try:
        text = bounded_text(model, filled)
    except ModelFailed as failure:
        return replace(named, dropped=(f"The model failed, the answer is extractive: {failure.message}",))
    checked = guard(text, answer.citations, names, material.verifier)
    if not any(statement.citations for statement in checked.statements):
        why = "Nothing that the model wrote passed the checks, the answer is extractive."
        return replace(named, dropped=(*checked.dropped, why))
    # What the sources leave open is said by the evidence, whatever the model left out.
    silent = tuple(statement for statement in answer.statements if not statement.citations)
    said = {statement.text for statement in checked.statements}
    statements = (*checked.statements, *(statement for statement in silent if statement.text not in said))
    return replace(
        named,
        statements=statements,
        dropped=checked.dropped,
        models={**named.models, "prompt": prompt.version},
    )
