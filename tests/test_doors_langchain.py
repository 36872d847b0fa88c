"""LangChain's own test suites pass on our retriever, tools and embeddings."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from langchain.agents import create_agent
from langchain_core.documents import Document
from langchain_core.language_models.fake_chat_models import FakeMessagesListChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage
from langchain_core.retrievers import BaseRetriever
from langchain_core.tools import BaseTool
from langchain_tests.integration_tests import (
    EmbeddingsIntegrationTests,
    RetrieversIntegrationTests,
    ToolsIntegrationTests,
)
from langchain_tests.unit_tests import EmbeddingsUnitTests, ToolsUnitTests

from assistant.assistant import Assistant
from assistant.serve.langchain import (
    CitationMiddleware,
    ClaimdeskEmbeddings,
    ClaimdeskLoader,
    ClaimdeskRetriever,
    tools,
)

pytestmark = pytest.mark.door
HOME = "CLAIMDESK_DOOR_HOME"


@pytest.fixture(scope="session", autouse=True)
def home(seed_home: Path) -> None:
    os.environ[HOME] = str(seed_home)


def assistant() -> Assistant:
    return Assistant.open(Path(os.environ[HOME]))


class TestRetriever(RetrieversIntegrationTests):  # type: ignore[misc]
    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return ClaimdeskRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"assistant": assistant()}

    @property
    def retriever_query_example(self) -> str:
        return "talks in Washington"


def tool_named(name: str) -> BaseTool:
    return next(tool for tool in tools(assistant()) if tool.name == name)


class TestVerifyTool(ToolsIntegrationTests):  # type: ignore[misc]
    @property
    def tool_constructor(self) -> Any:
        return tool_named("verify_claim")

    @property
    def tool_invoke_params_example(self) -> dict[str, Any]:
        return {"claim": "Talks continue in Washington."}


class TestAskTool(ToolsUnitTests):  # type: ignore[misc]
    @property
    def tool_constructor(self) -> Any:
        return tool_named("ask")

    @property
    def tool_invoke_params_example(self) -> dict[str, Any]:
        return {"question": "Who continues talks?"}


class TestEmbeddings(EmbeddingsIntegrationTests):  # type: ignore[misc]
    @property
    def embeddings_class(self) -> type[ClaimdeskEmbeddings]:
        return ClaimdeskEmbeddings

    @property
    def embedding_model_params(self) -> dict[str, Any]:
        return {"assistant": assistant()}


class TestEmbeddingsUnit(EmbeddingsUnitTests):  # type: ignore[misc]
    @property
    def embeddings_class(self) -> type[ClaimdeskEmbeddings]:
        return ClaimdeskEmbeddings

    @property
    def embedding_model_params(self) -> dict[str, Any]:
        return {"assistant": assistant()}


def test_documents_are_slices_of_their_articles() -> None:
    opened = assistant()
    whole = {document.id: document.page_content for document in ClaimdeskLoader(opened).lazy_load()}
    found: list[Document] = ClaimdeskRetriever(assistant=opened).invoke("talks in Washington")
    assert found
    for document in found:
        place = document.metadata
        assert whole[place["article_id"]][place["start"] : place["end"]] == document.page_content


class Scripted(FakeMessagesListChatModel):
    """A model that says what is written, tools or no tools."""

    def bind_tools(self, tools: Any, **settings: Any) -> Any:  # noqa: ARG002
        return self


def after(*said: AIMessage) -> list[BaseMessage]:
    """The messages of an agent with our tools and our middleware whose model says this."""
    opened = assistant()
    agent: Any = create_agent(Scripted(responses=list(said)), tools(opened), middleware=[CitationMiddleware()])
    messages: list[BaseMessage] = agent.invoke({"messages": [HumanMessage("Who continues talks?")]})["messages"]
    return messages


ASKS = AIMessage(
    "", tool_calls=[{"name": "ask", "args": {"question": "Which points do both articles agree on?"}, "id": "one"}]
)


def test_numbers_of_an_agents_answer_become_citations_with_the_articles_exact_words() -> None:
    text = "They agree [1]. On more, too [2][1]. Nobody knows [99]."
    messages = after(ASKS, AIMessage(text))
    (block,) = messages[-1].content_blocks
    assert block["type"] == "text"
    assert block["text"] == text
    notes: list[Any] = block["annotations"]
    assert [text[note["start_index"] : note["end_index"]] for note in notes] == ["[1]", "[2]", "[1]"]
    opened = assistant()
    for note in notes:
        place = note["extras"]
        article = opened.article(place["article_id"])
        assert article.text[place["start"] : place["end"]] == note["cited_text"]
    asked = next(message for message in messages if isinstance(message, ToolMessage))
    assert len(asked.artifact["citations"]) >= 2


def test_an_answer_without_an_ask_before_it_is_left_as_it_is() -> None:
    assert after(AIMessage("Hello [1]."))[-1].content == "Hello [1]."


def test_the_citations_are_those_of_the_newest_ask() -> None:
    again = AIMessage("", tool_calls=[{"name": "ask", "args": {"question": "Where do talks continue?"}, "id": "two"}])
    messages = after(ASKS, again, AIMessage("There [1]."))
    newest = [message for message in messages if isinstance(message, ToolMessage)][-1].artifact
    (block,) = messages[-1].content_blocks
    notes: list[Any] = block["annotations"]  # type: ignore[typeddict-item]
    assert notes[0]["cited_text"] == next(part["quote"] for part in newest["citations"] if part["n"] == 1)
