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
            "forbidden": [{"source": "ferry", "wording": "explosion"}],
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


README = """# Your evaluation

1. Put your articles into `articles/` (text, Markdown, HTML, JSONL). `ferry.txt` may go.
2. Write your cases into `cases.jsonl`, one JSON object a line.
3. Run, and open `report/report.html`:

       claimdesk eval --articles articles --data cases.jsonl --report report

| field | what it holds |
| --- | --- |
| `id` | any name, once a file |
| `mode` | `ask` a question, `verify` a claim, `compare` a topic, or check the `quotes` of a draft |
| `text` | the question, claim, topic or draft |
| `kind` | a word of yours; the report groups cases by it |
| `expect.status` | of a question: `answered`, `partial` or `refused` |
| `expect.verdict` | of a claim: `supported`, `refuted`, `conflicting` or `not_enough_evidence` |
| `expect.stance` | of a claim, by source: `supports`, `refutes`, `differs` or `silent` |
| `expect.quote_status` | of a draft's first quotation: `exact`, `typography`, `altered`, `spliced` or `not_found` |
| `expect.quotes` | passages that should be cited: `source` and `text`, copied from the article |
| `expect.forbidden` | words that must not be put in a source's mouth: `source` and `wording` |
| `expect.flags` | the warnings that should be raised, such as `wording` or `quantity`; `[]`: none |
| `expect.flags_allowed` | warnings that may be raised besides: neither right nor wrong |
| `expect.differences` | words to be set side by side: `left`, `right`, each `source` and `text` (suite `wording`) |
| `history`, `sources` | of a question: what was said before (`role`, `content`), and the only articles to ask |
| `note` | for people |

A source is named by its file, with or without the ending. Where one label stands, a list may stand: any of its
values is right. What you leave out of `expect` is not scored. A wrong line stops the run and is named.

More suites run on the same articles and cases: `claimdesk eval seeds citations retrieval refusal hostile wording
--articles … --data …`. To fail a build when figures fall, keep a run (`--json > baseline.json`) and give it back with
`--baseline baseline.json`.
"""


def write_starter(folder: Path) -> list[Path]:
    """Write an article, cases about it and a page on how to go on into ``folder``; returns what was written.

    Raises BadInput when one of them is there already: nothing of the user's is written over.
    """
    article, cases, readme = folder / "articles" / "ferry.txt", folder / "cases.jsonl", folder / "README.md"
    for path in (article, cases, readme):
        if path.exists():
            raise BadInput(f"{path} is there already", "go to an empty folder, or give one: claimdesk eval init FOLDER")
    try:
        article.parent.mkdir(parents=True, exist_ok=True)
        article.write_text(ARTICLE, encoding="utf-8")
        readme.write_text(README, encoding="utf-8")
        cases.write_text("".join(json.dumps(case, ensure_ascii=False) + "\n" for case in _CASES), encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{folder} cannot be written: {error.strerror}", "claimdesk eval init FOLDER") from error
    return [article, cases, readme]
