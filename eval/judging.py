"""How one result is scored against one case. Pure: JSON of the contract in, scores out.

Results are read in the wire's form, so that what is measured is what users and programs get.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant import Stance
from eval.cases import Case, ExpectedQuote
from eval.metrics import Score
from index import Article, SectionKind, Sentence

COVERED = 0.8  # of an expected span
MOST_SENTENCES = 2  # of a quotation that counts as having found it
ALL_STANCES = frozenset(Stance)
MOST_DECIDING = 4  # sentences that a report shows of one case

Result = Mapping[str, Any]  # the JSON of ask, verify, compare or quotes
_NEGATED = re.compile(r"\b(?:not|never|no|nor|neither|without|nowhere|none|cannot)\b|n[’']t\b", re.IGNORECASE)
_QUOTED = re.compile(r"“([^”]*)”|\"([^\"]*)\"|‘([^’]*)’")


class Shelf:
    """The articles of a run, by every name that a case may use; read-only."""

    def __init__(self, articles: Mapping[str, Article], sentences: Mapping[str, Sequence[Sentence]]) -> None:
        self._articles = articles  # by article_id
        self._sentences = sentences
        self._ids: dict[str, str] = {}  # name in a case → article_id

    def learn(self, name: str, article_id: str) -> None:
        self._ids[name] = article_id

    def id_of(self, name: str) -> str:
        return self._ids[name]

    def text(self, article_id: str) -> str:
        return self._articles[article_id].text

    def source(self, article_id: str) -> str:
        return self._articles[article_id].source

    def named(self, case: Case) -> list[str]:
        """The articles that a case names: those of its expected passages, stances and forbidden words."""
        expect = case.expect
        names = [wanted.source for wanted in expect.quotes] + [item.source for item in expect.forbidden]
        return list(dict.fromkeys(self._ids[name] for name in (*names, *expect.stance)))

    def leads(self, article_id: str) -> list[tuple[int, int]]:
        """Where an article's headline and the first sentence of its body stand."""
        first: dict[SectionKind, tuple[int, int]] = {}
        for part in self._sentences[article_id]:
            first.setdefault(part.section, (part.start, part.end))
        return [first[kind] for kind in (SectionKind.HEADLINE, SectionKind.BODY) if kind in first]

    def sentences_touched(self, article_id: str, start: int, end: int) -> int:
        """How many sentences ``[start:end)`` has words of."""
        return sum(1 for part in self._sentences[article_id] if part.start < end and start < part.end)


def cited_quotes(mode: str, result: Result) -> Iterator[Mapping[str, Any]]:
    """Every citation, evidence, row or match of a result: what counts as having been shown as a source's words."""
    if mode == "ask":
        yield from result["citations"]
    elif mode == "compare":
        yield from result["rows"]
        for difference in result["differences"]:
            yield from (difference["left"], difference["right"])
    elif mode == "verify":
        for claim in result["claims"]:
            for source in claim["sources"]:
                for evidence in source["evidence"]:
                    yield {**evidence, "article_id": source["article_id"]}
    else:
        for quotation in result["quotations"]:
            yield from quotation["matches"]
            if "match" in quotation:
                yield quotation["match"]


def all_flags(mode: str, result: Result) -> list[Mapping[str, Any]]:
    if mode == "verify":
        return [flag for claim in result["claims"] for flag in claim["flags"]]
    if mode == "quotes":
        return [flag for quotation in result["quotations"] for flag in quotation["flags"]]
    return [*result["flags"], *result.get("differences", ())]


def _every_quote(mode: str, result: Result) -> Iterator[Mapping[str, Any]]:
    """Whatever claims to be an article's words: cited, nearest, or in a flag."""
    yield from cited_quotes(mode, result)
    if mode == "verify":
        for claim in result["claims"]:
            for source in claim["sources"]:
                for nearest in source["nearest"]:
                    yield {**nearest, "article_id": source["article_id"]}
    for flag in all_flags(mode, result):
        for side in (flag.get("ours"), flag.get("theirs")):
            if side and side.get("article_id"):
                yield side


def score_exactness(case: Case, result: Result, shelf: Shelf) -> list[Score]:
    """One score a quotation shown: is it the article's text at its offsets?"""
    scores = []
    for quote in _every_quote(case.mode, result):
        held = shelf.text(quote["article_id"])[quote.get("start") or 0 : quote.get("end") or 0]
        why = "" if held == quote["quote"] else f"shown {quote['quote']!r}, the article holds {held!r}"
        scores.append(Score(case.id, "quote_exact", float(held == quote["quote"]), why, case.kind))
    return scores


def score_found(case: Case, result: Result, shelf: Shelf) -> list[Score]:
    """One score an expected quotation: is at least 80 % of it cited, by at most two sentences?"""
    scores = []
    for wanted in case.expect.quotes:
        article_id = shelf.id_of(wanted.source)
        start, end = place_of(wanted, shelf.text(article_id))
        found = any(
            quote["article_id"] == article_id
            and min(end, quote["end"]) - max(start, quote["start"]) >= COVERED * (end - start)
            and shelf.sentences_touched(article_id, quote["start"], quote["end"]) <= MOST_SENTENCES
            for quote in cited_quotes(case.mode, result)
        )
        why = "" if found else f"not cited: {wanted.source} {start}–{end} {wanted.text!r}"
        scores.append(Score(case.id, "quote_found", float(found), why, case.kind))
    return scores


def place_of(wanted: ExpectedQuote, text: str) -> tuple[int, int]:
    """Where an expected quotation stands: as the case says, else its first occurrence."""
    if wanted.start is not None and wanted.end is not None:
        return wanted.start, wanted.end
    start = text.index(wanted.text)
    return start, start + len(wanted.text)


def score_forbidden(case: Case, result: Result, shelf: Shelf) -> list[Score]:
    """One score a forbidden wording: is it kept out of that source's mouth?"""
    scores = []
    for item in case.expect.forbidden:
        article_id = shelf.id_of(item.source)
        why = _violation(case, result, article_id, _whole_words(item.wording), shelf)
        told = f"{item.wording!r} is given to {item.source}: {why}" if why else ""
        scores.append(Score(case.id, "forbidden_absent", float(not why), told, case.kind))
    return scores


def _whole_words(wording: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(wording)}(?!\w)", re.IGNORECASE)


def says(wording: str, text: str) -> bool:
    """Whether ``text`` holds ``wording`` in whole words, in any case.

    >>> says("end", "They suspend it."), says("END", "the end")
    (False, True)
    """
    return bool(_whole_words(wording).search(text))


def _violation(case: Case, result: Result, article_id: str, wording: re.Pattern[str], shelf: Shelf) -> str:
    """Where the wording is put in the source's mouth, or "" when it is not."""
    for quote in _every_quote(case.mode, result):
        if quote["article_id"] == article_id and wording.search(quote["quote"]):
            return f"quoted {quote['quote']!r}"
    by_number = {citation["n"]: citation["article_id"] for citation in result.get("citations", ())}
    for statement in result.get("statements", ()):
        cited = {by_number[n] for n in statement["citations"]}
        if cited == {article_id} and _asserted(statement["text"], wording):
            return f"said {statement['text']!r}"
        if article_id in cited and len(cited) > 1:
            for match in _QUOTED.finditer(statement["text"]):
                words = next(group for group in match.groups() if group is not None)
                if wording.search(words) and not any(words in shelf.text(other) for other in cited):
                    return f"said {statement['text']!r}"
    return ""


def _asserted(text: str, wording: re.Pattern[str]) -> bool:
    """Whether ``text`` uses the wording other than to say that it is not used."""
    return any(not _NEGATED.search(text[: match.start()]) for match in wording.finditer(text))


def score_labels(case: Case, result: Result, shelf: Shelf) -> list[Score]:
    """Verdict, status, stances and quotation status: one score for each that the case expects."""
    expect = case.expect
    scores = []
    if expect.status:
        scores.append(_label(case, "status_accuracy", [*expect.status], result["status"]))
    if expect.verdict:
        scores.append(_label(case, "verdict_accuracy", [*expect.verdict], verdict_of(result)))
    if expect.stance:
        rows = {row["article_id"]: row["stance"] for claim in result["claims"][:1] for row in claim["sources"]}
        for name, right in expect.stance.items():
            given = rows.get(shelf.id_of(name), Stance.SILENT if result["claims"] else "nothing judged")
            scores.append(_label(case, "stance_accuracy", [*right], given, f"{name}: "))
    if expect.quote_status:
        given = result["quotations"][0]["status"] if result["quotations"] else "no quotation seen"
        scores.append(_label(case, "quotes_status", [*expect.quote_status], given))
    return scores


def verdict_of(result: Result) -> str:
    """The verdict on the first claim."""
    return str(result["claims"][0]["verdict"]) if result["claims"] else "nothing judged"


def _label(case: Case, metric: str, right: Sequence[str], given: str, about: str = "") -> Score:
    why = "" if given in right else f"{about}{given}, expected {' or '.join(right)}"
    return Score(case.id, metric, float(given in right), why, case.kind)


def score_flags(case: Case, result: Result) -> list[Score]:
    """Recall: one score an expected kind. Precision: one score a kind raised; what is allowed counts for neither."""
    if case.expect.flags is None:
        return []
    raised = {flag["kind"] for flag in all_flags(case.mode, result)}
    expected = set(case.expect.flags)
    found = [
        ("flag_recall", kind in raised, "" if kind in raised else f"missing: {kind}") for kind in sorted(expected)
    ] + [
        ("flag_precision", kind in expected, "" if kind in expected else f"raised: {kind}")
        for kind in sorted(raised - set(case.expect.flags_allowed))
    ]
    return [Score(case.id, metric, float(right), why, case.kind) for metric, right, why in found]


def deciding(case: Case, result: Result, shelf: Shelf) -> str:
    """The articles' sentences that decided a result, a line each with its source: evidence, else what came nearest.

    Of a claim those sources first whose stance is not the expected one, then those that say something.
    """
    if case.mode == "verify":
        right = {shelf.id_of(name): labels for name, labels in case.expect.stance.items()}
        rows = [row for claim in result["claims"][:1] for row in claim["sources"]]
        rows.sort(
            key=lambda row: (row["stance"] in right.get(row["article_id"], ALL_STANCES), row["stance"] == Stance.SILENT)
        )
        lines = [f"{_file(row['source'])} ({row['stance']}): “{one['quote']}”" for row in rows for one in _first(row)]
    else:
        lines = [
            f"{_file(one.get('source') or shelf.source(one['article_id']))}: “{one['quote']}”"
            for one in cited_quotes(case.mode, result)
        ]
    return "\n".join(dict.fromkeys(lines[:MOST_DECIDING]))


def _file(source: str) -> str:
    """The last part of a path or URL."""
    return source.rstrip("/").rsplit("/", 1)[-1]


def _first(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*row["evidence"][:1], *row["nearest"][:1]][:1]


def score_case(case: Case, result: Result, shelf: Shelf) -> list[Score]:
    """All scores of one case."""
    return [
        *score_exactness(case, result, shelf),
        *score_found(case, result, shelf),
        *score_forbidden(case, result, shelf),
        *score_labels(case, result, shelf),
        *score_flags(case, result),
    ]
