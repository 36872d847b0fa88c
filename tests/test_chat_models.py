"""Language models by name, over real HTTP: what they say comes in pieces, and what goes wrong is one kind of error."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator

import pytest

from assistant.chat_models import ChatModel, bounded_stream, bounded_text, load_chat_model
from assistant.chat_models.langchain_model import split_address
from assistant.errors import BadConfig, ModelFailed
from tests.model_server import ModelServer, Says, model_server, saying

PROVIDERS = ("openai", "ollama", "anthropic")
WORDS = "The ferry sails again [1]. “Tickets are free” [2]."


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "a-key-for-tests")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)


def opened(server: ModelServer, provider: str = "openai") -> ChatModel:
    model = load_chat_model(server.model(provider))
    assert model is not None
    return model


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_provider_streams_what_it_says(provider: str) -> None:
    with model_server(saying(WORDS)) as server:
        pieces = list(bounded_stream(opened(server, provider), "Say it."))
    assert "".join(pieces) == WORDS
    assert len([piece for piece in pieces if piece]) > 2
    assert server.prompts == ["Say it."]


def test_temperature_is_zero_and_no_tool_is_offered() -> None:
    with model_server(saying(WORDS)) as server:
        bounded_text(opened(server), "Say it.")
    assert server.asked[0]["temperature"] == 0
    assert "tools" not in server.asked[0]


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize(
    ("status", "body"),
    [
        pytest.param(500, b'{"error": {"message": "broken"}}', id="it fails"),
        pytest.param(401, b'{"error": {"message": "no such key"}}', id="the key is wrong"),
        pytest.param(200, b"<html>a captive portal</html>", id="a page instead of JSON"),
        pytest.param(200, b"data: {not JSON}\n\n", id="garbage in the stream"),
        pytest.param(200, b"\xff\xfe\x00", id="bytes"),
    ],
)
def test_a_server_that_fails_is_a_model_that_failed(provider: str, status: int, body: bytes) -> None:
    with model_server(saying(""), status=status, body=body) as server, pytest.raises(ModelFailed):
        bounded_text(opened(server, provider), "Say it.", deadline=20)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_server_that_is_not_there_is_a_model_that_failed(provider: str) -> None:
    with model_server(saying("")) as server:
        gone = server
    with pytest.raises(ModelFailed):
        bounded_text(opened(gone, provider), "Say it.", deadline=20)


def never_ending(prompt: str) -> Iterator[str]:
    return itertools.repeat("and on and on ")


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("says", [pytest.param(saying("x" * 1_000_000, 50_000), id="1 MB"), never_ending])
def test_a_model_that_does_not_end_is_stopped(provider: str, says: Says) -> None:
    with model_server(says) as server, pytest.raises(ModelFailed, match="more than 8000 characters"):
        bounded_text(opened(server, provider), "Say it.")


def test_a_model_that_falls_silent_is_left_at_the_deadline() -> None:
    released = threading.Event()

    def hangs(prompt: str) -> Iterator[str]:
        yield "The "
        released.wait(60)

    with model_server(hangs) as server:
        with pytest.raises(ModelFailed, match="no whole answer within"):
            bounded_text(opened(server), "Say it.", deadline=1.5)
        released.set()


def test_an_empty_answer_is_a_failure() -> None:
    with model_server(saying("")) as server, pytest.raises(ModelFailed, match="said nothing"):
        bounded_text(opened(server), "Say it.")


def test_a_model_that_takes_no_temperature_is_asked_again_without_one() -> None:
    refused = b'{"error": {"message": "Unsupported value: temperature", "code": "unsupported_value"}}'
    with model_server(saying(""), status=400, body=refused) as server, pytest.raises(ModelFailed):
        bounded_text(opened(server), "Say it.")
    assert [request.get("temperature") for request in server.asked] == [0, None]


@pytest.mark.parametrize(
    ("name", "plain", "address"),
    [
        ("openai:gpt", "openai:gpt", ""),
        ("ollama:llama3:8b", "ollama:llama3:8b", ""),
        ("openai:a/b@https://host.example/v1", "openai:a/b", "https://host.example/v1"),
        ("ollama:llama3:8b@http://10.0.0.2:11434", "ollama:llama3:8b", "http://10.0.0.2:11434"),
    ],
)
def test_an_address_stands_behind_the_name(name: str, plain: str, address: str) -> None:
    assert split_address(name) == (plain, address)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("openai:@http://127.0.0.1/v1", id="no model"),
        pytest.param("openai:x@http://", id="no host"),
        pytest.param("openai:x@http://user:secret@host/v1", id="a password"),
        pytest.param("openai:x@httpx://host/v1", id="another scheme"),
        pytest.param("openai:gpt", id="no key"),
        pytest.param("nobody:knows", id="an unknown provider"),
        pytest.param("gpt", id="no provider"),
    ],
)
def test_a_name_that_cannot_work_is_refused_at_once_with_the_next_step(name: str) -> None:
    with pytest.raises(BadConfig) as refused:
        load_chat_model(name)
    assert refused.value.next_step
    assert "secret" not in refused.value.message
