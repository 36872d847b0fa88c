"""How each source words a thing, source by source; and which loaded words a source uses in its own voice."""

from __future__ import annotations

from assistant.answers.clauses import clause_around
from assistant.answers.draft import Draft
from assistant.answers.loaded import answer_loaded
from assistant.answers.material import Material
from assistant.answers.mentions import Mention, find_mentions, flag_headline, flag_wording, target_of
from assistant.types import Answer, AnswerStatus, FlagKind, Stance

SHOWN = 4  # wordings shown for one source


def answer_describe(material: Material) -> Answer:
    if material.reading.answer_type == "loaded":
        return answer_loaded(material)
    draft = Draft(material)
    target = target_of(material, material.reading.target)
    by_source = find_mentions(material, target) if target else {}
    heard = [article_id for article_id, mentions in by_source.items() if mentions]
    if not heard:
        draft.say("The sources consulted do not speak of this.")
        return draft.answer(AnswerStatus.REFUSED, missing=(material.reading.question,), score=0.0)
    for article_id in heard:
        _say_wordings(draft, article_id, by_source[article_id])
        flag_headline(draft, by_source[article_id])
    silent = [header.article_id for header in material.headers if header.article_id not in heard]
    for article_id in silent[:6]:
        draft.stance(article_id, Stance.SILENT)
        draft.say(f"{draft.label(article_id)} does not speak of it.")
    flag_wording(draft, by_source)
    if len(heard) == 1 and silent:
        draft.flag(FlagKind.SINGLE_SOURCE, f"Only {draft.label(heard[0])} speaks of it.")
    return draft.answer(AnswerStatus.ANSWERED, score=1.0)


def _say_wordings(draft: Draft, article_id: str, mentions: list[Mention]) -> None:
    """One statement for each distinct wording of a source: the body's first, its headline's last."""
    seen: set[str] = set()
    for mention in sorted(mentions, key=lambda m: (m.headline, -m.score)):
        wording = draft.span(article_id, mention.start, mention.end).quote
        if wording.lower() in seen and not mention.headline:
            draft.cite(article_id, mention.start, mention.end)
            continue
        if len(seen) >= SHOWN:
            break
        seen.add(wording.lower())
        clause = draft.quoted(article_id, *clause_around(mention.parse, mention.start, mention.end))
        number = draft.cite(article_id, mention.start, mention.end)
        where = "says in its headline" if mention.headline else "says"
        draft.say(f"{draft.label(article_id)} {where} “{wording}”: {clause}.", number)
