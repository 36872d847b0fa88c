"""News-shaped rows from openly licensed text: minimal edits, matched positives, and both directions of each.

A row's evidence is the sentence in its surroundings. For every edit that is taken, the same edit is often made to the
evidence instead, so that neither wording of the claim gives its label away.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.verifier.training.edits import Edit, Neighbours, edits_of
from assistant.verifier.training.rewording import rewordings_of
from assistant.verifier.training.rows import PairRow

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

FEWEST_WORDS, MOST_WORDS = 7, 42  # of a sentence that becomes a claim
COMMON = frozenset(("group", "name", "negation"))  # edits that nearly every sentence offers
MOST_CONTEXT = 90  # words of evidence


@dataclass(frozen=True, slots=True)
class Source:
    """One openly licensed text. ``headline`` is a claim that its body supports; empty when there is none."""

    name: str
    text: str
    headline: str = ""


def rows_of(sources: Sequence[Source], language: Language, claims_each: int, seed: int) -> Iterator[PairRow]:
    """Rows from each text, at most ``claims_each`` sentences of it, all choices drawn by ``seed``."""
    generator = random.Random(seed)
    for source, doc in zip(sources, language.pipe((source.text for source in sources), batch_size=64), strict=True):
        sentences = [sentence for sentence in doc.sents if sentence.text.strip()]
        usable = [number for number, sentence in enumerate(sentences) if is_usable(sentence)]
        neighbours = neighbours_of(doc)
        for number in generator.sample(usable, min(claims_each, len(usable))):
            yield from rows_of_sentence(sentences, number, neighbours, generator)
        if source.headline and len(sentences) > 3:
            body = " ".join(sentence.text for sentence in sentences[:4])
            yield PairRow(source.headline, body, "supported", "synthetic:headline")


def is_usable(sentence: Span) -> bool:
    """A whole sentence: a verb, a full stop, no line break, no question, of middling length."""
    text = sentence.text.strip()
    words = len(text.split())
    return (
        FEWEST_WORDS <= words <= MOST_WORDS
        and text[:1].isupper()
        and text.endswith((".", '."', ".”"))
        and "\n" not in text
        and sentence.root.pos_ in ("VERB", "AUX")
    )


def neighbours_of(doc: Doc) -> Neighbours:
    """Names, nouns and adjectives of a document."""
    entities, nouns = defaultdict(list), defaultdict(list)
    for entity in doc.ents:
        entities[entity.label_].append(entity.text)
    for token in doc:
        if token.pos_ == "NOUN" and not token.ent_type_ and len(token.text) > 3:
            nouns[token.tag_].append(token.lower_)
    adjectives = sorted(
        {token.lower_ for token in doc if token.dep_ == "amod" and token.pos_ == "ADJ" and token.is_alpha}
    )
    return Neighbours(entities, nouns, adjectives)


def context_of(sentences: Sequence[Span], number: int, generator: random.Random) -> tuple[str, str]:
    """The text before and after sentence ``number``: none for one sentence in three, else up to MOST_CONTEXT words."""
    if generator.random() < 0.35:
        return "", ""
    before, after = number, number + 1
    room = generator.randint(20, MOST_CONTEXT) - len(sentences[number].text.split())
    while room > 0 and (before > 0 or after < len(sentences)):
        step = before - 1 if before > 0 and (after >= len(sentences) or generator.random() < 0.5) else after
        room -= len(sentences[step].text.split())
        if room < 0:
            break
        before, after = min(before, step), max(after, step + 1)
    joined = " ".join(sentence.text.strip() for sentence in sentences[before:number])
    return joined, " ".join(sentence.text.strip() for sentence in sentences[number + 1 : after])


def rows_of_sentence(
    sentences: Sequence[Span], number: int, neighbours: Neighbours, generator: random.Random
) -> Iterator[PairRow]:
    """The rows of one sentence: quoted, reworded, edited, reworded and edited, and the other way round."""
    sentence = sentences[number]
    before, after = context_of(sentences, number, generator)
    true = sentence.text.strip()

    def held(middle: str) -> str:
        return re.sub(r"\s+", " ", f"{before} {middle} {after}").strip()

    rewordings = rewordings_of(sentence, generator)[:2]
    edits = varied(edits_of(sentence, neighbours, generator), 3, generator)
    if generator.random() < 0.5:
        yield PairRow(true, held(true), "supported", "synthetic:quoted")
    for reworded in rewordings:
        yield PairRow(reworded, held(true), "supported", "synthetic:reworded")
    for edit in edits[:2]:
        yield PairRow(edit.text, held(true), edit.label, f"synthetic:{edit.kind}")
    if edits:
        yield PairRow(edits[0].text, held(edits[0].text), "supported", "synthetic:quoted")
    if len(edits) > 2:
        yield PairRow(true, held(edits[2].text), "unsupported", f"synthetic:{edits[2].kind}")
    if rewordings and edits:
        yield (
            PairRow(rewordings[-1], held(edits[-1].text), "unsupported", f"synthetic:{edits[-1].kind}")
            if kept(sentence, edits[-1], rewordings[-1])
            else PairRow(rewordings[-1], held(true), "supported", "synthetic:reworded")
        )
    others = [other.text.strip() for other in sentences if is_usable(other) and other.text.strip() not in held(true)]
    if others and generator.random() < 0.5:
        yield PairRow(generator.choice(others), held(true), "unsupported", "synthetic:elsewhere")


def kept(sentence: Span, edit: Edit, reworded: str) -> bool:
    """True when the words that the edit took out of the sentence are still in the rewording."""
    old, new = re.findall(r"\w+", sentence.text.lower()), set(re.findall(r"\w+", edit.text.lower()))
    lost = {word for word in old if word not in new}
    return bool(lost) and lost <= set(re.findall(r"\w+", reworded.lower()))


def varied(edits: Iterable[Edit], most: int, generator: random.Random) -> list[Edit]:
    """At most ``most`` edits, of different kinds as far as there are; the rarer kinds come first, mostly."""
    first: dict[str, Edit] = {}
    rest = []
    for edit in edits:
        if edit.kind in first:
            rest.append(edit)
        else:
            first[edit.kind] = edit
    kinds = sorted(first, key=lambda kind: generator.random() + (0.5 if kind in COMMON else 0.0))
    return [*(first[kind] for kind in kinds), *rest][:most]
