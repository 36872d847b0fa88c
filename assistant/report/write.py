"""Fill the report templates from the JSON of ``verify``, ``compare`` or ``quotes``.

Article text is only ever data here: HTML is escaped by the template engine, Markdown by ``escape_markdown``, and hidden
characters are written out in both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.errors import BadInput
from assistant.render.escape import visible
from assistant.render.parts import DEGRADED
from assistant.selectors import copy_text, fragment_link
from assistant.wire import header_json
from index import ArticleHeader, Sources

TEMPLATES = {".html": "report.html.j2", ".htm": "report.html.j2", ".md": "report.md.j2"}
TITLES = {"verify": "Claims checked", "compare": "How the sources word it", "quotes": "Quotations checked"}
_ACTIVE = re.compile(r"([\\`*_{}\[\]<>#|!~&])")


def write_report(
    path: Path, command: str, result: Mapping[str, Any], sources: Sources, headers: Mapping[str, ArticleHeader]
) -> None:
    """Write the report of ``command``'s ``result`` to ``path``; its ending chooses the format.

    Raises BadInput for another ending, or when the file cannot be written.
    """
    template = TEMPLATES.get(path.suffix.lower())
    if template is None:
        raise BadInput(f"{path} ends in neither .html nor .md: those are the kinds of report", "--report report.html")
    text = render_report(template, command, result, sources, headers)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(
            f"{path} cannot be written: {error.strerror}", "--report FILE in a folder you may write"
        ) from error


def render_report(
    template: str, command: str, result: Mapping[str, Any], sources: Sources, headers: Mapping[str, ArticleHeader]
) -> str:
    """The report as text."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=template.endswith(".html.j2"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown,
    )
    environment.filters["md"] = escape_markdown
    environment.filters["words"] = lambda value: str(value).replace("_", " ")

    def link(span: Mapping[str, Any]) -> str:
        """Where a span can be read on the web, or ""."""
        header = headers[span["article_id"]]
        if not header.url:
            return ""
        return fragment_link(header.url, sources.article(header.article_id).text, span["start"], span["end"])

    return environment.get_template(template).render(
        command=command,
        title=TITLES[command],
        result=result,
        degraded=f"{DEGRADED} ({result['degraded']})" if result.get("degraded") else "",
        articles={key: header_json(header) for key, header in headers.items()},
        names={key: _name(header) for key, header in headers.items()},
        link=link,
        copy=lambda span: copy_text(span["quote"], headers[span["article_id"]]),
    )


def shown(value: object) -> object:
    """Text with its hidden characters written out; what the template's own macros have made stays as it is."""
    return visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _name(header: ArticleHeader) -> str:
    name = header.publisher or Path(header.source).stem
    return f"{name}, {header.published.isoformat()}" if header.published else name


def escape_markdown(text: object) -> str:
    """``text`` on one line with every character that Markdown or HTML would act on escaped."""
    return _ACTIVE.sub(r"\\\1", " ".join(visible(str(text)).split()))
