"""What a chat client asks of its model beside the conversation: a title, tags, follow-ups. Nothing is searched for it.

Told by the request's own form: Open WebUI begins with "### Task:" and names the key of the JSON that it wants;
LibreChat asks for "a concise … title for the conversation" in plain words and lets the conversation follow. Only the
instructions are looked at, never what was said in the conversation: that may speak of titles and tags too.
"""

from __future__ import annotations

import json
import re

INSTRUCTIONS = 4_000  # characters at the head of a request in which a client says what it wants
LONGEST = 6  # words of a title
UNTITLED = "Claims and sources"
_TASK = re.compile(r"\s*#{1,4}\s*Task:")
_TITLE = re.compile(
    r"\s*(?:please\s+)?(?:provide|generate|write|create)\b[^\n]{0,80}\btitle\b[^\n]{0,80}\bconversation\b",
    re.IGNORECASE,
)
_SAID = re.compile(r"^[ \t]*(?:<\w+>)?[ \t]*(?:user|human):", re.IGNORECASE | re.MULTILINE)
_TURN = re.compile(r"</|\n[ \t]*(?:assistant|ai):", re.IGNORECASE)  # where the first question ends
_ANSWERS: dict[str, list[str] | str] = {"follow_ups": [], "tags": ["News"], "queries": [], "text": ""}


def is_chore(prompt: str) -> bool:
    """Whether a client asks for itself, not its user: a user's own text has no key of an answer, or no conversation."""
    wanted, said = _parts(prompt)
    return _key(wanted) is not None if _TASK.match(wanted) else bool(said and _TITLE.match(wanted))


def do_chore(prompt: str) -> str:
    """A cheap answer, in JSON where that was asked for.

    >>> do_chore("Provide a concise title for the conversation.\\n\\nUser: Who pays for the plan?\\nAI: The city.")
    'Who pays for the plan?'
    """
    wanted, said = _parts(prompt)
    key = _key(wanted) if _TASK.match(wanted) else None
    if key in _ANSWERS:
        return json.dumps({key: _ANSWERS[key]})
    first = _TURN.split(said, maxsplit=1)[0].strip().partition("\n")[0]
    title = " ".join(first.split()[:LONGEST]) or UNTITLED
    return title if key is None else json.dumps({key: title}, ensure_ascii=False)


def _parts(prompt: str) -> tuple[str, str]:
    """The instructions, and the conversation from the first thing that its user said."""
    head = prompt[:INSTRUCTIONS]
    begins = _SAID.search(head)
    return (head[: begins.start()], head[begins.end() :]) if begins else (head, "")


def _key(wanted: str) -> str | None:
    """The key of the JSON that is asked for."""
    return next((key for key in (*_ANSWERS, "title") if f'"{key}"' in wanted), None)
