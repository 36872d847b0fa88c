"""The JSON contract: the assistant's nouns as plain dictionaries, the same through every door.

Fields may be added; none is renamed or dropped. A field marked ``?`` in the contract is absent when unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from assistant.errors import AssistantError
from assistant.types import (
    Answer,
    AuditedQuote,
    Citation,
    Comparison,
    ComparisonRow,
    Evidence,
    Flag,
    FlagSide,
    SourceRow,
    SourceStance,
    Verdict,
    Verification,
)
from index import Article, ArticleHeader, Diagnosis, Hit, IndexingError, IndexReport, Revision, Section, Span

Json = dict[str, Any]  # what json.dumps takes
Headers = Mapping[str, ArticleHeader]  # by article_id: every article that a result names


def error_json(error: AssistantError | IndexingError) -> Json:
    return {"error": {"kind": error.kind, "message": error.message, "next": error.next_step}}


def span_json(span: Span) -> Json:
    return {"article_id": span.article_id, "start": span.start, "end": span.end, "quote": span.quote}


def header_json(header: ArticleHeader) -> Json:
    """One row of ``sources``."""
    return {
        "article_id": header.article_id,
        "source": header.source,
        "headline": header.headline,
        "byline": header.byline,
        "publisher": header.publisher,
        "published": header.published.isoformat() if header.published else None,
        "url": header.url,
        "passages": header.passages,
        "words": header.words,
        "added_at": header.added_at,
    }


def sources_json(headers: Sequence[ArticleHeader]) -> Json:
    return {"articles": [header_json(header) for header in headers]}


def article_json(article: Article, sections: Sequence[Section]) -> Json:
    return {
        **header_json(article),
        "text": article.text,
        "text_sha256": article.text_sha256,
        "sections": [{"section": part.section, "start": part.start, "end": part.end} for part in sections],
    }


def history_json(versions: Sequence[ArticleHeader], revisions: Sequence[Revision]) -> Json:
    """``show --diff`` and ``history``: all versions, oldest first, and what changed from each to the next."""
    return {
        "versions": [header_json(header) for header in versions],
        "revisions": [
            {
                "older": revision.older.article_id,
                "newer": revision.newer.article_id,
                "changes": [
                    {
                        "kind": change.kind,
                        "before": span_json(change.before) if change.before else None,
                        "after": span_json(change.after) if change.after else None,
                    }
                    for change in revision.changes
                ],
            }
            for revision in revisions
        ],
    }


def report_json(report: IndexReport) -> Json:
    """``index``."""
    return {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "passages": report.passages,
        "failed": [{"source": failure.source, "error": failure.error} for failure in report.failed],
        "stopped": report.stopped,
        "notes": list(report.notes),
    }


def diagnosis_json(diagnosis: Diagnosis) -> Json:
    """``doctor``."""
    return {
        "healthy": diagnosis.healthy,
        "repaired": list(diagnosis.repaired),
        "findings": [
            {"check": part.check, "ok": part.ok, "message": part.message, "next": part.next_step}
            for part in diagnosis.findings
        ],
    }


def hits_json(hits: Sequence[Hit], headers: Headers) -> list[Json]:
    """``ask --explain``: why each passage was found."""
    return [
        {
            "rank": hit.rank,
            "passage_id": hit.passage.passage_id,
            "article_id": hit.passage.article_id,
            "source": headers[hit.passage.article_id].source,
            "section": hit.passage.section,
            "start": hit.passage.start,
            "end": hit.passage.end,
            "text": hit.passage.text,
            "similarity": hit.similarity,
            "keyword_score": hit.keyword_score,
            "score": hit.score,
            "guaranteed": hit.guaranteed,
        }
        for hit in hits
    ]


def _side_json(side: FlagSide | None) -> Json:
    if side is None:  # a flag about one side only
        return {"quote": ""}
    return {name: value for name, value in asdict(side).items() if value is not None}


def flag_json(flag: Flag) -> Json:
    return {"kind": flag.kind, "note": flag.note, "ours": _side_json(flag.ours), "theirs": _side_json(flag.theirs)}


def _citation_json(citation: Citation, header: ArticleHeader) -> Json:
    return {
        "n": citation.n,
        **span_json(citation.span),
        "source": header.source,
        "section": citation.section,
        "headline": header.headline,
        "publisher": header.publisher,
        "published": header.published.isoformat() if header.published else None,
        "url": header.url,
    }


def _row_json(row: SourceRow, header: ArticleHeader) -> Json:
    stance = {} if row.stance is None else {"stance": row.stance}
    return {
        "article_id": row.article_id,
        "source": header.source,
        **stance,
        "citations": list(row.citations),
        "published": header.published.isoformat() if header.published else None,
    }


def answer_json(question: str, answer: Answer, headers: Headers, models: Mapping[str, str | None]) -> Json:
    """``ask``. ``question`` as it was put; ``models`` names embedder, verifier and chat model (None: extractive)."""
    reading = answer.reading
    return {
        "question": question,
        "status": answer.status,
        "answer": answer.text,
        "statements": [{"text": part.text, "citations": list(part.citations)} for part in answer.statements],
        "citations": [_citation_json(part, headers[part.span.article_id]) for part in answer.citations],
        "sources": [_row_json(row, headers[row.article_id]) for row in answer.sources],
        "flags": [flag_json(flag) for flag in answer.flags],
        "reading": {
            "kind": reading.kind,
            "question": reading.question,
            "sources": list(reading.sources),
            "target": reading.target,
            "words": list(reading.words),
            "answer_type": reading.answer_type,
            "presuppositions": list(reading.presuppositions),
        },
        "missing": list(answer.missing),
        "dropped": list(answer.dropped),
        "score": answer.score,
        "not_consulted": answer.not_consulted,
        "degraded": answer.degraded,
        "model": {**models, **answer.models},
    }


def _evidence_json(evidence: Evidence) -> Json:
    return {
        **span_json(evidence.span),
        "section": evidence.section,
        "entailment": evidence.entailment,
        "contradiction": evidence.contradiction,
        "neutral": evidence.neutral,
        "differing": evidence.differing,
        "decided_by": evidence.decided_by,
        "verifier": evidence.verifier_id,
    }


def _stance_json(stance: SourceStance, header: ArticleHeader) -> Json:
    return {
        "article_id": stance.article_id,
        "source": header.source,
        "stance": stance.stance,
        "evidence": [_evidence_json(part) for part in stance.evidence],
        "nearest": [_evidence_json(part) for part in stance.nearest],
        "published": header.published.isoformat() if header.published else None,
    }


def _verdict_json(verdict: Verdict, headers: Headers) -> Json:
    return {
        "text": verdict.claim.text,
        "start": verdict.claim.start,
        "end": verdict.claim.end,
        "verdict": verdict.label,
        "confidence": verdict.confidence,
        "reason": verdict.reason,
        "sources": [_stance_json(stance, headers[stance.article_id]) for stance in verdict.sources],
        "flags": [flag_json(flag) for flag in verdict.flags],
    }


def verification_json(verification: Verification, headers: Headers, models: Mapping[str, str | None]) -> Json:
    """``verify``."""
    return {
        "claims": [_verdict_json(verdict, headers) for verdict in verification.verdicts],
        "unchecked": [{"text": part.text, "why": part.why} for part in verification.unchecked],
        "errors": [{"claim": part.claim, "error": part.error} for part in verification.errors],
        "not_consulted": verification.not_consulted,
        "degraded": verification.degraded,
        "model": dict(models),
    }


def _comparison_row_json(row: ComparisonRow, header: ArticleHeader) -> Json:
    return {
        **span_json(row.span),
        "source": header.source,
        "section": row.section,
        "wording": row.wording,
        "about": row.about,
    }


def comparison_json(comparison: Comparison, headers: Headers, models: Mapping[str, str | None]) -> Json:
    """``compare``."""
    return {
        "topic": comparison.topic,
        "rows": [_comparison_row_json(row, headers[row.span.article_id]) for row in comparison.rows],
        "differences": [
            {"kind": part.kind, "left": span_json(part.left), "right": span_json(part.right), "note": part.note}
            for part in comparison.differences
        ],
        "agreements": [
            {"spans": [span_json(span) for span in part.spans], "note": part.note} for part in comparison.agreements
        ],
        "flags": [flag_json(flag) for flag in comparison.flags],
        "not_consulted": comparison.not_consulted,
        "degraded": comparison.degraded,
        "model": dict(models),
    }


def _quotation_json(quotation: AuditedQuote) -> Json:
    found: Json = {
        "text": quotation.text,
        "start": quotation.start,
        "end": quotation.end,
        "status": quotation.status,
        "matches": [{**span_json(match.span), "relation": match.relation} for match in quotation.matches],
        "flags": [flag_json(flag) for flag in quotation.flags],
        "elided": quotation.elided,
    }
    optional = {
        "attributed_to": quotation.attributed_to,
        "speaker": quotation.speaker,
        "match": span_json(quotation.match) if quotation.match else None,
        "diff": [list(part) for part in quotation.diff] or None,
    }
    return found | {name: value for name, value in optional.items() if value is not None}


def quotations_json(quotations: Sequence[AuditedQuote]) -> Json:
    """``quotes``."""
    return {"quotations": [_quotation_json(quotation) for quotation in quotations]}
