"""A sentence that another source repeats with some words changed: what was changed may be the answer itself.

A copy in which a number or a name was changed is how a corrected or a forged article looks. To show one of the two and
pass over the other would settle what the sources leave open, so both are told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import combinations

from assistant.answers.matching import CONTENT, Match, kinship
from assistant.answers.values import Value
from assistant.answers.values import changed as changed_values
from assistant.language.lexicon.verbs import is_speech_verb
from assistant.language.types import Token
from assistant.wording.names import find_mentions, normal
from assistant.wording.words import PARTS

Values = Callable[[Match], Sequence[Value]]

COPIED = 0.65  # share of the longer sentence's words that both have
SHORTEST = 4  # words in common: shorter sentences are alike by chance
SENTENCES_KEPT = 1000  # whose words are kept counted
ONE_THING = 0.8  # kinship from which two words are one in other form: "physician", "doctor"
ON_IT = 0.3  # cosine to the question, from which a pair is told of which neither sentence was chosen


def altered_copies(kept: Sequence[Match], typed: Sequence[Match], values: Values) -> list[Match]:
    """What else is to be told: copies that give another value, of kept sentences or of each other.

    ``typed``: the sentences that hold something of the type asked for, best first. A copy of a kept sentence speaks of
    the same matter; two others must have all that the question names in or right before them.
    """
    shown = {match.sentence for match in kept}
    on_it = [match for match in typed if match.sentence not in shown and match.similarity >= ON_IT]
    pairs = [(one, other) for one in kept for other in on_it]
    pairs += [pair for pair in combinations([*kept, *(m for m in on_it if m.names == 1.0)], 2) if pair not in pairs]
    found: list[Match] = []
    for one, other in pairs:
        if one.sentence.article_id != other.sentence.article_id and is_altered(one, other, values):
            found += [match for match in (one, other) if match.sentence not in shown]
            shown |= {one.sentence, other.sentence}
    return found


def is_altered(one: Match, other: Match, values: Values) -> bool:
    """Whether one sentence is the other with content words changed; a name of several words counts as one."""
    ours, theirs = _units(one.parse.tokens), _units(other.parse.tokens)
    common = (ours & theirs).total()
    if common < max(SHORTEST, COPIED * max(ours.total(), theirs.total())):
        return False
    changed = (ours - theirs).keys() | (theirs - ours).keys()
    if changed_values(values(one), values(other)):
        return True
    content = {token.text.lower() for m in (one, other) for token in m.parse.tokens if token.pos in CONTENT}
    names = {unit for unit in changed if " " in unit}
    return bool(content & changed or names)


def swapped(one: Match, other: Match) -> tuple[Value, Value] | None:
    """The words that two copies have in each other's place, "drama" and "comedy"; None where they may be one thing.

    Who says it is no part of what is said: another speaker is passed over.
    """
    ours, theirs = _of_its_own(one.parse.tokens, other.parse.tokens), _of_its_own(other.parse.tokens, one.parse.tokens)
    if ours is None or theirs is None or (ours.dep, ours.pos) != (theirs.dep, theirs.pos):
        return None
    if (
        kinship(ours.lemma.lower(), PARTS.get(ours.pos, "n"), theirs.lemma.lower(), PARTS.get(theirs.pos, "n"))
        >= ONE_THING
    ):
        return None
    return Value(ours.start, ours.end, ours.text), Value(theirs.start, theirs.end, theirs.text)


def _of_its_own(tokens: Sequence[Token], others: Sequence[Token]) -> Token | None:
    """The first noun or adjective that the others lack."""
    known = {token.lemma.lower() for token in others}
    own = (t for t in tokens if t.pos in ("NOUN", "PROPN", "ADJ") and t.lemma.lower() not in known)
    heads = ((t, tokens[t.head]) for t in own)
    return next((t for t, head in heads if head.pos != "VERB" or not is_speech_verb(head.lemma.lower())), None)


@lru_cache(maxsize=SENTENCES_KEPT)
def _units(tokens: tuple[Token, ...]) -> Counter[str]:
    """The words of a sentence, each of its names as one."""
    mentions = find_mentions(tokens)
    inside = {place for mention in mentions for place in range(mention.first, mention.last + 1)}
    words = [t.text.lower() for place, t in enumerate(tokens) if place not in inside and t.pos != "PUNCT"]
    return Counter([*words, *(normal(mention.text) for mention in mentions)])
