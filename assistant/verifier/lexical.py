"""A verifier without a model: shared words, numbers and negations. Honest about how little that tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.errors import BadConfig
from assistant.types import Evidence
from assistant.verifier.checks import check_pair, function_words
from assistant.verifier.probabilities import Probabilities, evidence_of
from index import Span

_WORD = re.compile(r"[^\W\d_]+|\d[\d.,]*")
_NEGATION = re.compile(r"\b(?:no|not|never|neither|nor|none|without|cannot)\b|n['’]t\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_STEM = 5  # letters that two forms of a word usually share


class LexicalVerifier:
    """Entailment is the square of the share of the claim's content words that one or two sentences of evidence hold.

    Differing numbers or negations in otherwise matching sentences count as contradiction. Its probabilities rank;
    they are not calibrated.
    """

    verifier_id = "lexical-1"
    threshold = 0.5

    def judge(self, claim: str, spans: Sequence[Span]) -> list[Evidence]:
        """See Verifier."""
        return evidence_of(spans, self.judge_pairs([(claim, span.quote) for span in spans]), self.verifier_id)

    def judge_pairs(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        """One result for each (claim, evidence), same order. Raises NotJudged."""
        return [self._judge(claim, evidence) for claim, evidence in pairs]

    def _judge(self, claim: str, evidence: str) -> Probabilities:
        check_pair(claim, evidence)
        sentences = [sentence for sentence in _SENTENCE.split(evidence) if sentence.strip()]
        stretches = sentences + [" ".join(pair) for pair in pairwise(sentences)]
        wanted = _content(claim)
        best = max(stretches, key=lambda stretch: (_share(wanted, stretch), -len(stretch)))
        covered = _share(wanted, best) ** 2
        against = bool(_NEGATION.search(claim)) != bool(_NEGATION.search(best)) or _numbers_differ(claim, best)
        said = 0.9 * covered
        return Probabilities(0.1 * said, said, 1 - 1.1 * said) if against else Probabilities(said, 0.0, 1 - said)


def _content(text: str) -> set[str]:
    """Stems of the words that are not function words; all of them when there are no others."""
    words = [word.lower() for word in _WORD.findall(text)]
    english, _ = function_words()
    return {word[:_STEM] for word in words if word not in english} or {word[:_STEM] for word in words}


def _share(wanted: set[str], stretch: str) -> float:
    held = {word.lower()[:_STEM] for word in _WORD.findall(stretch)}
    return len(wanted & held) / len(wanted) if wanted else 0.0


def _numbers_differ(claim: str, stretch: str) -> bool:
    """True when both hold numbers and the claim has one that the stretch has not."""
    ours, theirs = _numbers(claim), _numbers(stretch)
    return bool(ours and theirs and ours - theirs)


def _numbers(text: str) -> set[str]:
    return {number.rstrip(".,").replace(",", "") for number in re.findall(r"\d[\d.,]*", text)}


def open_lexical(rest: str) -> LexicalVerifier:
    """The verifier without a model; it takes no further name. Raises BadConfig."""
    if rest:
        raise BadConfig(f"lexical takes no model, not {rest!r}", "write lexical")
    return LexicalVerifier()
