"""One message of a conversation → one reply: a question is answered, /verify, /compare and /quotes do what they say.

Every door that talks (terminal, page, OpenAI-compatible API) replies through here, so all give the same answer object.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.assistant import Assistant
from assistant.errors import BadInput
from assistant.listener import NOBODY, Listener
from assistant.markdown import (
    answer_markdown,
    citation_links,
    comparison_markdown,
    quotations_markdown,
    verification_markdown,
)
from assistant.types import Answer, AuditedQuote, Comparison, Scope, Turn, Verification
from assistant.wire import answer_json, comparison_json, quotations_json, verification_json

COMMANDS = ("ask", "verify", "compare", "quotes")
NO_MODEL = "extractive"  # the name that asks for no language model, whatever is configured


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a message: the command, its JSON as ``--json`` prints it, and Markdown for those who show text."""

    command: str
    result: Mapping[str, Any]
    markdown: str
    links: Mapping[int, str]  # citation number → where it can be read
    outcome: Answer | Verification | Comparison | list[AuditedQuote] | None = None


def sent_note(model: str) -> str:
    """What a user is told before anything is sent to a language model."""
    return f"Questions, and the passages that answer them, are sent to {model}. Nothing else is."


def read_command(message: str) -> tuple[str, str]:
    """("verify", "the claim") of "/verify the claim"; all that is no command is a question.

    Raises BadInput for a command without words.
    """
    if not message.startswith("/"):
        return "ask", message.strip()
    word, _, rest = message[1:].partition(" ")
    if word not in COMMANDS:
        return "ask", message.strip()
    if not rest.strip():
        raise BadInput(f"/{word} needs something to work on", f"/{word} …")
    return word, rest.strip()


def reply(
    assistant: Assistant,
    message: str,
    *,
    scope: Scope,
    history: Sequence[Turn] = (),
    model: str | None = None,
    base: str = "",
    listener: Listener = NOBODY,
) -> Reply:
    """Answer one message. ``model`` may phrase an answer; None is none. ``base`` is the address of the page that shows
    articles, "" when there is none. ``listener`` hears the model's sentences as they pass.

    Raises BadInput for an empty message, and whatever the verbs raise.
    """
    command, words = read_command(message)
    if not words:
        raise BadInput("the message is empty", "ask a question, or /verify a claim")
    known = assistant.known()
    if command == "verify":
        verification = assistant.verify(words, scope=scope, listener=listener)
        result = verification_json(verification, known, assistant.models())
        return Reply(command, result, verification_markdown(result, known), {}, verification)
    if command == "compare":
        comparison = assistant.compare(words, scope=scope)
        result = comparison_json(comparison, known, assistant.models())
        return Reply(command, result, comparison_markdown(result, known), {}, comparison)
    if command == "quotes":
        audited = assistant.audit_quotes(words)
        result = quotations_json(audited)
        return Reply(command, result, quotations_markdown(result, known), {}, audited)
    answer = assistant.ask(words, scope=scope, history=history, model=model or NO_MODEL, listener=listener)
    result = answer_json(words, answer, known, assistant.models())
    links = citation_links(result, known, assistant.article, base)
    return Reply(command, result, answer_markdown(result, known, links), links, answer)
