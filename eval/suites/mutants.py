"""The ``mutants`` suite: true sentences, altered in one place, must not pass as quotations or as supported claims.

Sentences come from the quarter of the bundled Wikinews articles that the verifier's training keeps out by hash.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise

from assistant import Assistant, AssistantError, QuoteStatus, Scope, VerdictLabel
from eval.metrics import Figure, Score, mean_of
from eval.mutators import Mutant, names_in, quotation_mutants
from eval.results import SuiteResult
from index import IndexingError, SectionKind, Sentence

METRICS = ("altered_quotes_accepted", "altered_claims_supported", "true_claims_supported")
SENTENCES = 40
HELD_OUT = 0.25  # of the articles, by the last 32 bits of their id's SHA-256: never trained on
FEWEST, MOST = 8, 32  # words: shorter ones say little, longer ones are rarely quoted whole


@dataclass(frozen=True, slots=True)
class TrueSentence:
    """A sentence, another of the same article to splice it with, and the names of that article."""

    sentence: Sentence
    other: str
    names: tuple[str, ...]


def run_mutants(assistant: Assistant, count: int = SENTENCES) -> SuiteResult:
    """Put ``count`` sentences and all their mutants to ``quotes`` and ``verify``, each within its own article."""
    scores: list[Score] = []
    seconds: list[float] = []
    texts: dict[str, str] = {}
    for number, taken in enumerate(choose(assistant, count)):
        began = time.perf_counter()
        scores.append(_true(assistant, f"{number:03}", taken))
        texts[f"{number:03}"] = taken.sentence.text
        for place, mutant in enumerate(quotation_mutants(taken.sentence.text, taken.other, taken.names)):
            case = f"{number:03}.{place:02}"
            texts[case] = mutant.text
            scores.extend(_altered(assistant, case, taken, mutant))
        seconds.append(round(time.perf_counter() - began, 4))
    return SuiteResult("mutants", figures(scores), tuple(scores), tuple(seconds), texts=texts)


def choose(assistant: Assistant, count: int) -> list[TrueSentence]:
    """``count`` body sentences in the order of their hashes, two an article at most."""
    found = []
    for header in assistant.headers():
        if not held_out(header.source):
            continue
        sentences = [part for part in assistant.sentences(header.article_id) if _usable(part)]
        ordered = sorted(sentences, key=lambda part: sha256(part.text.encode()).hexdigest())
        names = tuple(names_in(assistant.article(header.article_id).text))
        found += [TrueSentence(one, other.text, names) for one, other in pairwise(ordered[:3])]
    found.sort(key=lambda taken: sha256(taken.sentence.text.encode()).hexdigest())
    return found[:count]


def held_out(source: str) -> bool:
    """Whether the training recipe keeps this article's sentences for measuring; ``source`` is "wikinews/topic/id"."""
    document = source.replace("wikinews/", "corpus_", 1)
    return int(sha256(document.encode()).hexdigest()[-8:], 16) / 2**32 < HELD_OUT


def _usable(sentence: Sentence) -> bool:
    plain = not any(mark in sentence.text for mark in "\"“”‘'\n")
    whole = sentence.text[:1].isupper() and sentence.text.endswith(".")
    return sentence.section is SectionKind.BODY and plain and whole and FEWEST <= len(sentence.text.split()) <= MOST


def _true(assistant: Assistant, case: str, taken: TrueSentence) -> Score:
    label = _verdict(assistant, taken.sentence.text, taken.sentence.article_id)
    why = "" if label == VerdictLabel.SUPPORTED else f"verbatim, but {label}"
    return Score(case, "true_claims_supported", float(label == VerdictLabel.SUPPORTED), why, "verbatim")


def _altered(assistant: Assistant, case: str, taken: TrueSentence, mutant: Mutant) -> Iterator[Score]:
    """Scores of 1 for what was rejected. A mutant that the article holds elsewhere is no alteration."""
    if mutant.text.rstrip(".") in assistant.article(taken.sentence.article_id).text:
        return
    told = f"“{mutant.old}” became “{mutant.new}”"
    audited = assistant.audit_quotes(f"“{mutant.text}”")
    accepted = any(part.status in (QuoteStatus.EXACT, QuoteStatus.TYPOGRAPHY) for part in audited)
    yield Score(case, "altered_quotes_rejected", float(not accepted), told if accepted else "", mutant.kind)
    if mutant.kind not in ("splice", "one_character"):
        supported = _verdict(assistant, mutant.text, taken.sentence.article_id) == VerdictLabel.SUPPORTED
        yield Score(case, "altered_claims_rejected", float(not supported), told if supported else "", mutant.kind)


def _verdict(assistant: Assistant, claim: str, article_id: str) -> str:
    """The label of a one-sentence claim; what was not judged, or why not, where there is none."""
    try:
        verification = assistant.verify(claim, scope=Scope(names=(article_id,)))
    except (AssistantError, IndexingError) as error:
        return f"not judged ({error.kind})"
    labels = {verdict.label for verdict in verification.verdicts}
    if verification.unchecked or verification.errors or not labels:
        return "not judged"
    return str(
        VerdictLabel.SUPPORTED if labels == {VerdictLabel.SUPPORTED} else (labels - {VerdictLabel.SUPPORTED}).pop()
    )


def figures(scores: Sequence[Score]) -> dict[str, Figure]:
    """The three figures of the contract, then the claims' by kind of change. The altered ones count what passed."""

    def passed(metric: str, kind: str | None = None) -> Figure:
        chosen = [score for score in scores if score.metric == metric and kind in (None, score.kind)]
        return mean_of([replace(score, value=1 - score.value) for score in chosen])

    found = {
        "altered_quotes_accepted": passed("altered_quotes_rejected"),
        "altered_claims_supported": passed("altered_claims_rejected"),
        "true_claims_supported": mean_of([s for s in scores if s.metric == "true_claims_supported"]),
    }
    for kind in sorted({score.kind for score in scores if score.metric == "altered_claims_rejected"}):
        found[f"altered_claims_supported/{kind}"] = passed("altered_claims_rejected", kind)
    return found
