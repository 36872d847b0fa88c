"""A starter for a user's own evaluation: one short article, three cases about it, and where to go from there."""

from __future__ import annotations

import json
from pathlib import Path

from assistant import BadInput

ARTICLE = """Ferry to Holm island runs again

The ferry to Holm island sails again from Monday, the harbour office said on Friday. It had been out of service for
about six weeks after a fire in the engine room.

“Nobody was hurt, and that is what counts,” said Ann Bell, the harbour master. The repair cost 2 million
crowns, she said. Who pays for it is not decided.
"""

_CASES: list[dict[str, object]] = [
    {
        "id": "FERRY-1",
        "kind": "content",
        "mode": "ask",
        "text": "When does the ferry sail again?",
        "expect": {
            "status": "answered",
            "quotes": [{"source": "ferry", "text": "The ferry to Holm island sails again from Monday"}],
            "forbidden": [{"source": "ferry", "wording": "Friday at"}],
        },
    },
    {
        "id": "FERRY-2",
        "kind": "unanswerable",
        "mode": "ask",
        "text": "Who pays for the new ferry terminal?",
        "expect": {"status": "refused"},
    },
    {
        "id": "FERRY-3",
        "kind": "number",
        "mode": "verify",
        "text": "The repair cost 20 million crowns.",
        "expect": {"verdict": "refuted", "stance": {"ferry": "refutes"}, "flags": ["quantity"]},
        "note": 'A list means that any of its values is right: "verdict": ["refuted", "conflicting"].',
    },
]


def write_starter(folder: Path) -> list[Path]:
    """Write ``articles/ferry.txt`` and ``cases.jsonl`` into ``folder``; returns what was written.

    Raises BadInput when one of them is there already: nothing of the user's is written over.
    """
    article, cases = folder / "articles" / "ferry.txt", folder / "cases.jsonl"
    for path in (article, cases):
        if path.exists():
            raise BadInput(f"{path} is there already", "go to an empty folder, or give one: claimdesk eval init FOLDER")
    try:
        article.parent.mkdir(parents=True, exist_ok=True)
        article.write_text(ARTICLE, encoding="utf-8")
        cases.write_text("".join(json.dumps(case, ensure_ascii=False) + "\n" for case in _CASES), encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{folder} cannot be written: {error.strerror}", "claimdesk eval init FOLDER") from error
    return [article, cases]
