"""What a chat client asks of its model beside the conversation: a title, tags, follow-ups. Nothing is searched for it.

Told by the request's own form, as Open WebUI ("### Task:", an answer in JSON) and LibreChat ("Provide a concise … title
for the conversation", an answer in plain words) send it.
"""

from __future__ import annotations

import json
import re

LONGEST = 6  # words of a title
UNTITLED = "Claims and sources"
_TASK = re.compile(r"\A\s*#{1,4}\s*Task:")  # at the head of the message: a draft may have such a heading inside
_SAID = r"^(?:<\w+>)?\s*(?:user|human):"  # how the conversation that comes with the request begins
_TITLE = re.compile(
    r"\A\s*(?:please\s+)?(?:provide|generate|write|create)\b[^\n]{0,80}\btitle\b[^\n]*\bconversation\b|"
    r"\A\s*analyze this conversation\b[^\n]*\s(?:[^\n]*\n){0,3}[^\n]*\btitle\b",
    re.IGNORECASE,
)
_FIRST_QUESTION = re.compile(
    _SAID + r"\s*(?P<words>.+?)\s*(?=</|\b(?:assistant|ai):|$)",
    re.IGNORECASE | re.MULTILINE,
)


def is_chore(prompt: str) -> bool:
    """Whether a client asks for itself, not its user. A user's own wish for a title comes without a conversation."""
    return bool(_TASK.search(prompt) or (_TITLE.search(prompt) and _FIRST_QUESTION.search(prompt)))


def do_chore(prompt: str) -> str:
    """A cheap answer, in JSON where that was asked for.

    >>> do_chore("Provide a concise title for the conversation.\\n\\nUser: Who pays for the plan?\\nAI: The city.")
    'Who pays for the plan?'
    """
    if '"follow_ups"' in prompt:
        return json.dumps({"follow_ups": []})
    if '"tags"' in prompt:
        return json.dumps({"tags": ["News"]})
    if '"queries"' in prompt:
        return json.dumps({"queries": []})
    first = _FIRST_QUESTION.search(prompt)
    title = " ".join((first["words"] if first else UNTITLED).split()[:LONGEST])
    return title if _TITLE.search(prompt) else json.dumps({"title": title}, ensure_ascii=False)
