"""Let a language model phrase an answer that is already made. It gets the rows, and nothing that it adds passes.

When the model fails, or nothing of its text passes the guard, the extractive answer stands, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.draft import label_of
from assistant.answers.material import Material
from assistant.chat_models import ChatModel, bounded_stream
from assistant.errors import ModelFailed
from assistant.guard import Grounds, Guard
from assistant.guard_clauses import Told, told_in, told_of_text
from assistant.language.numbers import SCALES, TENS, UNITS
from assistant.listener import NOBODY, Listener
from assistant.types import Answer, AnswerStatus, Statement
from index import Span
from prompts import load

SAID = 0.4  # of a statement's words, from which the model has said it: it may say it in fewer and in others
_WORD = re.compile(r"\w{4,}|\d+")  # the longer ones, which tell sentences of one row apart
_MARKED = re.compile(r"“([^”]*)”")
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_NAME = re.compile(r"(?<=[a-z,;’'] )[A-Z]\w+")  # a capital that opens no sentence
_IN_WORDS = {word: value for word, value in (UNITS | TENS).items() if word != "one"}  # "one" is most often no number
_VERDICT = re.compile(r"(?:Yes|No)\b")
NOTHING_PASSED = "Nothing that the model wrote passed the checks, the answer is extractive."


def phrase(answer: Answer, material: Material, model: ChatModel, listener: Listener = NOBODY) -> Answer:
    """The same answer in the model's words: status, citations, rows and flags stay what the evidence made them.

    A refusal is never phrased, nor sent: there is nothing that a model could add to it. ``models`` of the result says
    whom question and rows were sent to, and (``chat``) whose words it holds.
    """
    if answer.status is AnswerStatus.REFUSED or not answer.citations:
        return replace(answer, models={**answer.models, "sent_to": None})
    names = {header.article_id: label_of(header, material.headers) for header in material.headers}
    rows = "\n".join(
        f"[{citation.n}] {names[citation.span.article_id]}, {citation.section.value}: "
        + " ".join(citation.span.quote.split())
        for citation in answer.citations
    )
    prompt = load("answer")
    filled = prompt.fill(question=answer.reading.question, rows=rows)
    grounds = Grounds(
        answer.citations, names, material.verifier, material.reader, lambda span: _in_article(span, material)
    )
    guard = Guard(grounds)
    failed = _heard(model, filled, guard, listener)
    sent = {**answer.models, "sent_to": model.name, "prompt": prompt.version}
    if not guard.statements:
        why = f"The model failed, the answer is extractive: {failed}" if failed else NOTHING_PASSED
        return replace(answer, models=sent, dropped=(*guard.dropped, why))
    dropped = (*guard.dropped, f"The model broke off: {failed}") if failed else guard.dropped
    # What a source says, and what they all leave open, is said by the evidence, where the model left it out.
    left_out = tuple(part for part in answer.statements if not said_by(part, guard.statements))
    statements = (*guard.statements, *left_out)
    return replace(answer, statements=statements, dropped=dropped, models={**sent, "chat": model.name})


def _in_article(span: Span, material: Material) -> Told:
    """The clauses of a row, read in its article: a list item has its lead-in, a quotation its speaker."""
    read = material.parses(span.article_id)
    parsed = [sentence for sentence in read if sentence.start < span.end and span.start < sentence.end]
    starts = {sentence.start for sentence in parsed}
    frames = [frame for frame in material.frames(span.article_id) if frame.sentence_start in starts]
    return told_in(parsed, frames) if parsed else told_of_text(span.quote, material.reader)


def said_by(part: Statement, told: Sequence[Statement]) -> bool:
    """Whether the model said a good part of this of every row that it cites: another sentence of a row is no answer.

    Every number and name that it quotes is of that part: "many watched" does not say that 900 people did.
    What cites nothing is the product's own, and what opens with a yes or a no cannot be said by a row.
    """
    if any(part.text == statement.text for statement in told):
        return True
    if not part.citations or _VERDICT.match(part.text):
        return False
    same = [statement for statement in told if set(statement.citations) & set(part.citations)]
    if not set(part.citations) <= {number for statement in same for number in statement.citations}:
        return False
    words = set(_WORD.findall(part.text.lower()))
    theirs = {word for statement in same for word in _WORD.findall(statement.text.lower())}
    if len(words & theirs) < SAID * len(words):
        return False
    quoted = " ".join(_MARKED.findall(part.text)) or part.text
    text = " ".join(statement.text for statement in same)
    names = {name.lower() for name in _NAME.findall(quoted)}
    return names <= set(re.findall(r"\w+", text.lower())) and _numbers(quoted) <= _numbers(text)


def _numbers(text: str) -> set[str]:
    """The numbers and scales of ``text``, written alike: {"2", "million"} of "two million" and of "2 million"."""
    found = set()
    for word in _NUMERAL.findall(text.lower()):
        if word[0].isdigit():
            found.add(word.replace(",", ""))
        elif word in _IN_WORDS:
            found.add(str(_IN_WORDS[word]))
        elif word in SCALES:
            found.add(word)
    return found


def _heard(model: ChatModel, prompt: str, guard: Guard, listener: Listener) -> str:
    """Let the guard read what the model says, and tell what passes. Why the model did not come to an end, or ""."""
    try:
        for piece in bounded_stream(model, prompt, gone=listener.gone):
            for statement in guard.feed(piece):
                listener.tell(statement)
    except ModelFailed as failure:
        return failure.message
    for statement in guard.end():
        listener.tell(statement)
    return ""
