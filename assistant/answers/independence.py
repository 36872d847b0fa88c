"""Do several articles rest on one upstream source? Whom each credits, and for what."""

from __future__ import annotations

from assistant.answers.clauses import clause_around
from assistant.answers.draft import Draft
from assistant.answers.material import Material
from assistant.answers.said import Credit, credits_in
from assistant.types import Answer, AnswerStatus, FlagKind

SHOWN = 3  # credits shown for one source


def answer_independence(material: Material) -> Answer:
    draft = Draft(material)
    found = {header.article_id: credits_in(material, header.article_id) for header in material.headers}
    copies = _copies(material)
    shared = _shared_outlets(found)
    if copies:
        draft.say("No: some of these articles have the same text, and count as one voice.")
    elif shared and len(material.headers) > 1:
        draft.say(
            "No: they rest on the same reporting by another outlet, and count as one origin for what it told them."
        )
    elif any(found.values()):
        draft.say(
            "They credit other outlets, not the same one."
            if len(material.headers) > 1
            else "It credits another outlet."
        )
    else:
        draft.say("None of them credits another outlet; that alone does not show where they have their facts.")
    for article_id, rows in found.items():
        _say_credits(draft, article_id, rows)
    if not any(found.values()) and not copies:
        return draft.answer(AnswerStatus.PARTIAL, missing=("where the articles have their facts from",), score=0.3)
    if any(found.values()):
        _flag(draft, found, shared)
    return draft.answer(AnswerStatus.ANSWERED, score=1.0)


def _copies(material: Material) -> bool:
    hashes = [header.text_sha256 for header in material.headers if header.text_sha256]
    return len(hashes) != len(set(hashes))


def _shared_outlets(found: dict[str, list[Credit]]) -> set[str]:
    """Outlets that at least two articles credit: "nbc" and "nbc news" are one."""
    shared = set()
    rows = list(found.items())
    for place, (_, ours) in enumerate(rows):
        for _, theirs in rows[place + 1 :]:
            shared |= {a.outlet for a in ours for b in theirs if same_outlet(a.outlet, b.outlet)}
    return shared


def same_outlet(ours: str, theirs: str) -> bool:
    shorter, longer = sorted((ours.lower().split(), theirs.lower().split()), key=len)
    return bool(shorter) and longer[: len(shorter)] == shorter


def _say_credits(draft: Draft, article_id: str, rows: list[Credit]) -> None:
    name = draft.label(article_id)
    if not rows:
        draft.say(f"{name} credits no other outlet.")
    for credit in rows[:SHOWN]:
        parse = draft.material.reader.parse([credit.sentence])[0]
        start, end = clause_around(parse, credit.start, credit.end)
        number = draft.cite(article_id, credit.start, credit.end)
        draft.say(f"{name} credits another outlet: {draft.quoted(article_id, start, end)}.", number)
    for credit in rows[SHOWN:]:
        draft.cite(article_id, credit.start, credit.end)


def _flag(draft: Draft, found: dict[str, list[Credit]], shared: set[str]) -> None:
    sides = [
        draft.side(article_id, credit.sentence.start, credit.sentence.end)
        for article_id, rows in found.items()
        for credit in rows
        if not shared or any(same_outlet(credit.outlet, outlet) for outlet in shared)
    ]
    firsts = list({side.article_id: side for side in reversed(sides)}.values())[::-1]
    draft.flag(FlagKind.SECONDHAND, "The facts come through another outlet.", *firsts[:2])
