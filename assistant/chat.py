"""One message of a conversation → one reply: a question is answered, /verify, /compare and /quotes do what they say.

Every door that talks (terminal, page, OpenAI-compatible API) replies through here, so all give the same answer object.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.assistant import Assistant
from assistant.errors import BadInput
from assistant.markdown import (
    answer_markdown,
    citation_links,
    comparison_markdown,
    quotations_markdown,
    verification_markdown,
)
from assistant.types import Scope, Turn
from assistant.wire import answer_json, comparison_json, quotations_json, verification_json

COMMANDS = ("ask", "verify", "compare", "quotes")


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a message: the command, its JSON as ``--json`` prints it, and Markdown for those who show text."""

    command: str
    result: Mapping[str, Any]
    markdown: str
    links: Mapping[int, str]  # citation number → where it can be read


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
) -> Reply:
    """Answer one message. ``base`` is the address of the page that shows articles, "" when there is none.

    Raises BadInput for an empty message, and whatever the verbs raise.
    """
    command, words = read_command(message)
    if not words:
        raise BadInput("the message is empty", "ask a question, or /verify a claim")
    if command == "verify":
        verification = assistant.verify(words, scope=scope)
        result = verification_json(verification, assistant.known(), assistant.models())
        return Reply(command, result, verification_markdown(result, assistant.known()), {})
    if command == "compare":
        comparison = assistant.compare(words, scope=scope)
        result = comparison_json(comparison, assistant.known(), assistant.models())
        return Reply(command, result, comparison_markdown(result, assistant.known()), {})
    if command == "quotes":
        result = quotations_json(assistant.audit_quotes(words))
        return Reply(command, result, quotations_markdown(result, assistant.known()), {})
    answer = assistant.ask(words, scope=scope, history=history, model=model)
    result = answer_json(words, answer, assistant.known(), assistant.models(chat=model))
    links = citation_links(result, assistant.known(), assistant.article, base)
    return Reply(command, result, answer_markdown(result, assistant.known(), links), links)
