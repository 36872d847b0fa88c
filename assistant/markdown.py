"""Results as Markdown, for chat interfaces that show nothing else. Article text is escaped: it formats nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assistant.render.parts import DEGRADED, short_name
from assistant.report.write import escape_markdown
from assistant.selectors import fragment_link
from index import Article, ArticleHeader

Json = Mapping[str, Any]
STANCES = {"supports": "supports", "refutes": "refutes", "differs": "says otherwise", "silent": "does not say"}


def answer_markdown(answer: Json, headers: Mapping[str, ArticleHeader], links: Mapping[int, str]) -> str:
    """The answer, what to watch out for, and its sources, numbered as in the text. ``links`` by citation number."""
    lines = [answer_prose(answer)]
    lines += [f"> **{flag['kind'].replace('_', ' ')}**: {escape_markdown(flag['note'])}" for flag in answer["flags"]]
    lines += [f"> Dropped: {escape_markdown(part)}" for part in answer["dropped"]]
    lines += _degraded(answer)
    if answer["model"].get("sent_to"):
        lines.append(f"> Sent to {escape_markdown(answer['model']['sent_to'])}: the question and the passages quoted.")
    if answer["citations"]:
        lines.append("**Sources**")
        lines.append("\n".join(_citation_line(part, headers, links) for part in answer["citations"]))
    return "\n\n".join(lines)


def answer_prose(answer: Json) -> str:
    """The statements with their numbers as one paragraph, nothing in them active but ``[n]``."""
    return " ".join(statement_prose(part) for part in answer["statements"])


def statement_prose(statement: Json) -> str:
    """One statement with its numbers."""
    return escape_markdown(statement["text"]) + "".join(f" [{n}]" for n in statement["citations"])


def _citation_line(citation: Json, headers: Mapping[str, ArticleHeader], links: Mapping[int, str]) -> str:
    name = escape_markdown(citation["headline"] or short_name(headers[citation["article_id"]].source))
    link = links.get(citation["n"])
    titled = f"[{name}](<{link}>)" if link else name
    return f"{citation['n']}. {titled}: “{escape_markdown(citation['quote'])}”"


def verification_markdown(verification: Json, headers: Mapping[str, ArticleHeader]) -> str:
    """Each verdict with a row for every source."""
    blocks = []
    for claim in verification["claims"]:
        rows = [f"**{claim['verdict'].replace('_', ' ').upper()}**: {escape_markdown(claim['text'])}"]
        for source in claim["sources"]:
            quotes = "; ".join(f"“{escape_markdown(part['quote'])}”" for part in source["evidence"])
            name = escape_markdown(short_name(headers[source["article_id"]].source))
            rows.append(f"- {name} {STANCES[source['stance']]}{': ' + quotes if quotes else ''}")
        rows += [f"- **{flag['kind'].replace('_', ' ')}**: {escape_markdown(flag['note'])}" for flag in claim["flags"]]
        blocks.append("\n".join(rows))
    blocks += [f"Not checked: {escape_markdown(part['text'])} ({part['why']})" for part in verification["unchecked"]]
    blocks += [f"Not judged: {escape_markdown(part['claim'])} ({part['error']})" for part in verification["errors"]]
    return "\n\n".join([*(blocks or ["There is no claim in that."]), *_degraded(verification)])


def _degraded(result: Json) -> list[str]:
    """A warning that passages were searched by keyword alone, when they were."""
    why = result.get("degraded")
    return [f"> **Degraded**: {DEGRADED} ({escape_markdown(why)})"] if why else []


def comparison_markdown(comparison: Json, headers: Mapping[str, ArticleHeader]) -> str:
    """Who says it how, then what differs."""
    rows = [
        f"- {escape_markdown(short_name(headers[row['article_id']].source))} ({row['section']}): "
        f"“{escape_markdown(row['wording'])}” – {escape_markdown(row['about'])}"
        for row in comparison["rows"]
    ]
    differences = [
        f"- **{part['kind'].replace('_', ' ')}**: {escape_markdown(part['note'])}" for part in comparison["differences"]
    ]
    told = [*rows, "", *differences] if rows else ["The articles say nothing about that."]
    return "\n".join([*told, *(f"\n{line}" for line in _degraded(comparison))])


def quotations_markdown(result: Json, headers: Mapping[str, ArticleHeader]) -> str:
    """Each quotation with its status and what stands in the source."""
    rows = []
    for part in result["quotations"]:
        rows.append(f"- **{part['status'].replace('_', ' ').upper()}**: “{escape_markdown(part['text'])}”")
        for match in part["matches"][:3]:
            name = escape_markdown(short_name(headers[match["article_id"]].source))
            rows.append(f"  - {match['relation']}, {name}: “{escape_markdown(match['quote'])}”")
    return "\n".join(rows) or "There is no quotation in that."


def citation_links(
    answer: Json, headers: Mapping[str, ArticleHeader], article: Callable[[str], Article], base: str
) -> dict[int, str]:
    """Where each citation can be read: at its publisher's, scrolled to the words, else on this server (``base``)."""
    links = {}
    for citation in answer["citations"]:
        header, start, end = headers[citation["article_id"]], citation["start"], citation["end"]
        if header.url:
            links[citation["n"]] = fragment_link(header.url, article(header.article_id).text, start, end)
        elif base:
            links[citation["n"]] = f"{base}/#/article/{header.article_id}/{start}-{end}"
    return links
