"""LangChain's doors: a retriever, tools with artifacts, citation middleware, embeddings, a document loader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from langchain.agents.middleware import AgentMiddleware
from langchain.agents.middleware.types import AgentState
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.document_loaders import BaseLoader
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.messages import AIMessage, ToolMessage
from langchain_core.messages.content import Citation, create_citation, create_text_block
from langchain_core.retrievers import BaseRetriever
from langchain_core.tools import BaseTool, StructuredTool
from langgraph.runtime import Runtime
from pydantic import ConfigDict

from assistant.assistant import Assistant
from assistant.chat import NO_MODEL
from assistant.markdown import answer_markdown, comparison_markdown, quotations_markdown, verification_markdown
from assistant.types import Scope
from assistant.wire import answer_json, comparison_json, quotations_json, verification_json
from index import ArticleHeader, Hit

_NUMBER = re.compile(r"\[(\d+)\]")


class ClaimdeskRetriever(BaseRetriever):
    """Passages for a question, dense and keyword search fused, every source heard.

    Each document's metadata holds ``article_id``, ``start`` and ``end``: its text is the article's own text there.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Assistant
    k: int = 5
    sources: tuple[str, ...] = ()

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain's signature
        k: int | None = None,
    ) -> list[Document]:
        with self.assistant.reading():
            headers = self.assistant.known()
            hits = self.assistant.explain(query, scope=Scope(names=self.sources))
        return [document_of(hit, headers[hit.passage.article_id]) for hit in hits[: k or self.k]]


def document_of(hit: Hit, header: ArticleHeader) -> Document:
    """One hit as a document, with where it stands and why it was found."""
    passage = hit.passage
    known = {"headline": header.headline, "publisher": header.publisher, "url": header.url}
    return Document(
        page_content=passage.text,
        id=passage.passage_id,
        metadata={
            "article_id": passage.article_id,
            "start": passage.start,
            "end": passage.end,
            "source": header.source,
            "section": str(passage.section),
            "similarity": hit.similarity,
            "rank": hit.rank,
            **{name: value for name, value in known.items() if value},
        },
    )


class ClaimdeskEmbeddings(Embeddings):
    """The collection's own embedder, for chains that keep vectors elsewhere."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Unit rows, same order."""
        return [[float(value) for value in row] for row in self.assistant.embed(texts)]

    def embed_query(self, text: str) -> list[float]:
        """One unit row."""
        return self.embed_documents([text])[0]


class ClaimdeskLoader(BaseLoader):
    """The indexed articles as documents, one each, newest versions only."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant

    def lazy_load(self) -> Iterator[Document]:
        for header in self.assistant.headers():
            article = self.assistant.article(header.article_id)
            metadata = {"article_id": article.article_id, "source": article.source, "headline": article.headline}
            yield Document(page_content=article.text, id=article.article_id, metadata=metadata)


def tools(assistant: Assistant) -> list[BaseTool]:
    """ask, verify_claim, compare_wording, audit_quotations: text for the model, the whole JSON as artifact."""

    @assistant.reading()
    def ask(question: str) -> tuple[str, dict[str, Any]]:
        """Answer a question from the indexed articles with numbered exact quotations, or say they do not tell."""
        answer = assistant.ask(question, model=NO_MODEL)  # the caller is a model itself
        result = answer_json(question, answer, assistant.known(), assistant.models())
        return answer_markdown(result, assistant.known(), {}), result

    @assistant.reading()
    def verify_claim(claim: str) -> tuple[str, dict[str, Any]]:
        """Check a claim against every indexed source: who supports it, who refutes it, who words it otherwise."""
        result = verification_json(assistant.verify(claim), assistant.known(), assistant.models())
        return verification_markdown(result, assistant.known()), result

    @assistant.reading()
    def compare_wording(topic: str) -> tuple[str, dict[str, Any]]:
        """Show how each indexed source words the same thing."""
        result = comparison_json(assistant.compare(topic), assistant.known(), assistant.models())
        return comparison_markdown(result, assistant.known()), result

    @assistant.reading()
    def audit_quotations(draft: str) -> tuple[str, dict[str, Any]]:
        """Check every quotation of a draft against the indexed articles: exact, altered, spliced or not found."""
        result = quotations_json(assistant.audit_quotes(draft))
        return quotations_markdown(result, assistant.known()), result

    functions = (ask, verify_claim, compare_wording, audit_quotations)
    return [StructuredTool.from_function(function, response_format="content_and_artifact") for function in functions]


class CitationMiddleware(AgentMiddleware[Any, Any]):
    """Turn ``[n]`` in an agent's last message into ``Citation`` annotations of the last ``ask`` artifact.

    A citation's indices refer to the answer's text; where the words stand in the article is in ``extras``.
    """

    def after_model(self, state: AgentState[Any], runtime: Runtime[Any]) -> dict[str, Any] | None:  # noqa: ARG002
        message = state["messages"][-1]
        artifact = _last_artifact(state["messages"])
        if not isinstance(message, AIMessage) or message.tool_calls or artifact is None:
            return None
        text = str(message.text)
        by_number = {part["n"]: part for part in artifact["citations"]}
        found: list[Citation] = [
            create_citation(
                url=by_number[int(match.group(1))]["url"] or "",
                title=by_number[int(match.group(1))]["headline"] or by_number[int(match.group(1))]["source"],
                start_index=match.start(),
                end_index=match.end(),
                cited_text=by_number[int(match.group(1))]["quote"],
                **{key: by_number[int(match.group(1))][key] for key in ("article_id", "start", "end")},
            )
            for match in _NUMBER.finditer(text)
            if int(match.group(1)) in by_number
        ]
        block = create_text_block(text, annotations=list(found))
        return {"messages": [message.model_copy(update={"content": [dict(block)]})]}


def _last_artifact(messages: list[Any]) -> dict[str, Any] | None:
    """The artifact of the newest ``ask`` in the conversation, if any."""
    for message in reversed(messages):
        if isinstance(message, ToolMessage) and isinstance(message.artifact, dict) and "citations" in message.artifact:
            return dict(message.artifact)
    return None
