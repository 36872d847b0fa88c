"""Flag what is named or counted differently: by two sources, or by a headline and the text below it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.draft import Draft
from assistant.answers.mentions import Mention, mentions_near
from assistant.language.types import Qualifier
from assistant.types import FlagKind


def headline_against_body(draft: Draft, article_id: str, spans: Sequence[tuple[int, int]]) -> None:
    """Flag a headline that counts or words the thing at these places otherwise than the body does."""
    mentions = mentions_near(draft.material, article_id, spans)
    by_value: dict[float, list[int]] = {}
    for place, mention in enumerate(mentions):
        if mention.quantity is not None:
            by_value.setdefault(mention.quantity.value, []).append(place)
    for places in by_value.values():
        flag_headline(draft, [mentions[place] for place in places])


def differ(ours: Mention, theirs: Mention) -> bool:
    """Whether two mentions of one thing word it differently: another head noun, or other modifiers."""
    return ours.signature != theirs.signature or ours.phrase.complements[:1] != theirs.phrase.complements[:1]


def flag_headline(draft: Draft, mentions: Sequence[Mention]) -> None:
    """Flag a source whose headline words or counts a thing otherwise than its body does."""
    body = [mention for mention in mentions if not mention.headline]
    for mention in mentions:
        other = next((b for b in body if b.article_id == mention.article_id), None)
        if not mention.headline or other is None or mention.phrase.name:
            continue
        if mention.signature != other.signature or _hedge(mention) != _hedge(other):
            sides = (
                draft.side(mention.article_id, mention.start, mention.end),
                draft.side(other.article_id, other.start, other.end),
            )
            draft.flag(FlagKind.HEADLINE_BODY, "The headline words it otherwise than the text below it.", *sides)


def _hedge(mention: Mention) -> Qualifier:
    return mention.quantity.qualifier if mention.quantity else Qualifier.NONE


def flag_qualifiers(draft: Draft, mentions: Sequence[Mention]) -> None:
    """Flag two mentions with one number, of which only one says "at least", "about" and the like."""
    counted = [mention for mention in mentions if mention.quantity is not None]
    for mention in counted:
        for other in counted:
            if _hedge(mention) is Qualifier.NONE and _hedge(other) is not Qualifier.NONE:
                note = (
                    f"One says {other.quantity.qualifier_text or 'a hedge'}, the other gives the number flatly."
                    if other.quantity
                    else ""
                )
                draft.flag(
                    FlagKind.QUALIFIER,
                    note,
                    draft.side(mention.article_id, mention.start, mention.end),
                    draft.side(other.article_id, other.start, other.end),
                )
                return


def flag_wording(draft: Draft, by_source: dict[str, list[Mention]]) -> None:
    """Flag each pair of sources whose best mentions word the thing differently."""
    tops = [next((m for m in mentions if not m.headline), mentions[0]) for mentions in by_source.values() if mentions]
    for place, ours in enumerate(tops):
        for theirs in tops[place + 1 :]:
            if differ(ours, theirs):
                sides = (
                    draft.side(ours.article_id, ours.start, ours.end),
                    draft.side(theirs.article_id, theirs.start, theirs.end),
                )
                names = f"{draft.label(ours.article_id)} and {draft.label(theirs.article_id)}"
                draft.flag(FlagKind.WORDING, f"{names} word it differently.", *sides)
