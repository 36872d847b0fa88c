"""The ``mutants`` suite: true sentences, altered in one place, must not pass as quotations or as supported claims.

Claims are made of each sentence as it stands, and of rewordings of it by rule. Sentences come from the Wikinews
articles that the verifier's training keeps out by hash, or from any other articles.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise

from assistant import Assistant, AssistantError, QuoteStatus, Scope, VerdictLabel
from eval.metrics import Figure, Score, mean_of
from eval.mutators import Mutant, claim_mutants, names_in, quotation_mutants
from eval.results import SuiteResult
from eval.rewordings import Rewording, rewordings
from index import IndexingError, SectionKind, Sentence

SENTENCES = 100
EACH = 3  # sentences of an article, at most
REWORDED = 2  # rewordings of a sentence that are altered in turn
HELD_OUT = 0.25  # of the articles, by the last 32 bits of their id's SHA-256: never trained on
FEWEST, MOST = 8, 32  # words: shorter ones say little, longer ones are rarely quoted whole
OVERLAP = 0.9  # of a text's words: the trivial rule accepts what has so many of them in the article
RULE = "nine words in ten stand in the article"


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
    overlapping: dict[str, bool] = {}
    for number, taken in enumerate(choose(assistant, count)):
        words = words_of(assistant.article(taken.sentence.article_id).text)
        began = time.perf_counter()
        for case, made, given in _put(assistant, f"{number:03}", taken):
            texts[case] = made
            overlapping[case] = overlaps(made, words)
            scores.extend(given)
        seconds.append(round(time.perf_counter() - began, 4))
    found = figures(scores, overlapping)
    unwanted = frozenset(name for name in found if name.startswith("altered_"))
    return SuiteResult("mutants", found, tuple(scores), tuple(seconds), texts=texts, unwanted=unwanted)


def _put(assistant: Assistant, case: str, taken: TrueSentence) -> Iterator[tuple[str, str, list[Score]]]:
    """Case, text and scores of the sentence, its mutants, its rewordings and theirs."""
    text = taken.sentence.text
    yield case, text, [_true(assistant, case, taken, Rewording("verbatim", text))]
    for place, mutant in enumerate(quotation_mutants(text, taken.other, taken.names)):
        yield f"{case}.{place:02}", mutant.text, list(_altered(assistant, f"{case}.{place:02}", taken, mutant))
    for number, reworded in enumerate(rewordings(text)):
        name = f"{case}.r{number}"
        yield name, reworded.text, [_true(assistant, name, taken, reworded)]
        for place, mutant in enumerate(claim_mutants(reworded.text, taken.names) if number < REWORDED else ()):
            if not _held(assistant, taken, mutant):
                found = _altered_claim(assistant, f"{name}.{place:02}", taken, mutant, "altered_rewordings_rejected")
                yield f"{name}.{place:02}", mutant.text, [found]


def choose(assistant: Assistant, count: int) -> list[TrueSentence]:
    """``count`` body sentences in the order of their hashes, EACH of an article at most."""
    found = []
    for header in assistant.headers():
        if not held_out(header.source):
            continue
        sentences = [part for part in assistant.sentences(header.article_id) if _usable(part)]
        ordered = sorted(sentences, key=lambda part: sha256(part.text.encode()).hexdigest())
        names = tuple(names_in(assistant.article(header.article_id).text))
        found += [TrueSentence(one, other.text, names) for one, other in pairwise(ordered[: EACH + 1])]
    found.sort(key=lambda taken: sha256(taken.sentence.text.encode()).hexdigest())
    return found[:count]


def held_out(source: str) -> bool:
    """Whether the verifier was never trained on this article: ``source`` is "wikinews/topic/id", or anything else."""
    if not source.startswith("wikinews/"):
        return True
    document = source.replace("wikinews/", "corpus_", 1)
    return int(sha256(document.encode()).hexdigest()[-8:], 16) / 2**32 < HELD_OUT


def words_of(text: str) -> frozenset[str]:
    """The words and numbers of ``text``, in lower case."""
    return frozenset(re.findall(r"\w+", text.lower()))


def overlaps(text: str, words: frozenset[str]) -> bool:
    """The trivial rule: nine in ten of the words of ``text`` are among ``words``."""
    asked = words_of(text)
    return len(asked & words) >= OVERLAP * len(asked)


def _usable(sentence: Sentence) -> bool:
    plain = not any(mark in sentence.text for mark in "\"“”‘'\n")
    whole = sentence.text[:1].isupper() and sentence.text.endswith(".")
    return sentence.section is SectionKind.BODY and plain and whole and FEWEST <= len(sentence.text.split()) <= MOST


def _true(assistant: Assistant, case: str, taken: TrueSentence, claim: Rewording) -> Score:
    label = _verdict(assistant, claim.text, taken.sentence.article_id)
    metric = "true_claims_supported" if claim.rule == "verbatim" else "true_rewordings_supported"
    right = label == VerdictLabel.SUPPORTED
    return Score(case, metric, float(right), "" if right else f"{claim.rule}, but {label}", claim.rule)


def _held(assistant: Assistant, taken: TrueSentence, mutant: Mutant) -> bool:
    """A mutant that the article holds elsewhere is no alteration."""
    return mutant.text.rstrip(".") in assistant.article(taken.sentence.article_id).text


def _altered(assistant: Assistant, case: str, taken: TrueSentence, mutant: Mutant) -> Iterator[Score]:
    """Scores of 1 for what was rejected: as a quotation, and as a claim."""
    if _held(assistant, taken, mutant):
        return
    audited = assistant.audit_quotes(f"“{mutant.text}”")
    accepted = any(part.status in (QuoteStatus.EXACT, QuoteStatus.TYPOGRAPHY) for part in audited)
    yield Score(case, "altered_quotes_rejected", float(not accepted), _told(mutant) if accepted else "", mutant.kind)
    if mutant.kind not in ("splice", "one_character"):
        yield _altered_claim(assistant, case, taken, mutant, "altered_claims_rejected")


def _altered_claim(assistant: Assistant, case: str, taken: TrueSentence, mutant: Mutant, metric: str) -> Score:
    supported = _verdict(assistant, mutant.text, taken.sentence.article_id) == VerdictLabel.SUPPORTED
    return Score(case, metric, float(not supported), _told(mutant) if supported else "", mutant.kind)


def _told(mutant: Mutant) -> str:
    return f"“{mutant.old}” became “{mutant.new}”"


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


PASSED = {  # what should not happen → the metric of whose scores it is the rest
    "altered_quotes_accepted": "altered_quotes_rejected",
    "altered_claims_supported": "altered_claims_rejected",
    "altered_rewordings_supported": "altered_rewordings_rejected",
}
KEPT = ("true_claims_supported", "true_rewordings_supported")


def figures(scores: Sequence[Score], overlapping: Mapping[str, bool]) -> dict[str, Figure]:
    """First the figures over all kinds, then the claims' by kind of change and the rewordings' by rule.

    ``overlapping``: case → whether the trivial rule accepts its text.
    """

    def figure(chosen: Sequence[Score]) -> Figure:
        lazy = mean_of([replace(score, value=float(overlapping[score.case])) for score in chosen])
        return replace(mean_of(chosen), baseline=lazy.value, rule=RULE if chosen else "")

    held = {name: [replace(s, value=1 - s.value) for s in scores if s.metric == old] for name, old in PASSED.items()}
    held |= {name: [score for score in scores if score.metric == name] for name in KEPT}
    found = {name: figure(chosen) for name, chosen in held.items()}
    for name in ("altered_claims_supported", "altered_rewordings_supported", "true_rewordings_supported"):
        for kind in sorted({score.kind for score in held[name]}):
            found[f"{name}/{kind}"] = figure([score for score in held[name] if score.kind == kind])
    return found
