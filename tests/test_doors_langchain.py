"""LangChain's own test suites pass on our retriever, tools and embeddings."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.tools import BaseTool
from langchain_tests.integration_tests import (
    EmbeddingsIntegrationTests,
    RetrieversIntegrationTests,
    ToolsIntegrationTests,
)
from langchain_tests.unit_tests import EmbeddingsUnitTests, ToolsUnitTests

from assistant.assistant import Assistant
from assistant.serve.langchain import ClaimdeskEmbeddings, ClaimdeskLoader, ClaimdeskRetriever, tools

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
