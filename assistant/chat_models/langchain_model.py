"""Any provider that LangChain knows, behind the ChatModel Protocol; at another address where one is named.

``openai:NAME@http://127.0.0.1:8080/v1`` is any server that speaks OpenAI's protocol: llama.cpp, vLLM, LM Studio.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.errors import BadConfig, ModelFailed

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

TIMEOUT = 60.0  # seconds without a byte: what waits longer is given up, and with it its thread
# How each provider's client is told to give up, and not to try again behind our back.
_BOUNDS: dict[str, dict[str, Any]] = {
    "openai": {"timeout": TIMEOUT, "max_retries": 0},
    "anthropic": {"timeout": TIMEOUT, "max_retries": 0},
    "ollama": {"client_kwargs": {"timeout": TIMEOUT}},
}


class LangChainModel:
    """``init_chat_model("provider:model")``, without tools, at temperature 0 where the model takes one."""

    def __init__(self, name: str) -> None:
        """Raises BadConfig when the provider is unknown, its package is missing, or it lacks its key."""
        self._name = name
        self._plain, base = split_address(name)
        self._settings = dict(_BOUNDS.get(self._plain.partition(":")[0], {}))
        if base:
            self._settings["base_url"] = base
            if self._plain.startswith("openai:") and not os.environ.get("OPENAI_API_KEY"):
                self._settings["api_key"] = "none"  # the client insists on one; a server on this machine asks for none
        self._model = self._opened(temperature=0)

    @property
    def name(self) -> str:
        return self._name

    def _opened(self, **more: Any) -> BaseChatModel:
        from langchain.chat_models import init_chat_model  # seconds: only when a model is asked for

        try:
            model: BaseChatModel = init_chat_model(self._plain, **self._settings, **more)
        except Exception as error:  # each provider's package has errors of its own, with no common root
            why = str(error).partition("\n")[0]
            raise BadConfig(
                f"{self._name}: {why}", "pip install 'claimdesk[models]', and set the provider's key"
            ) from error
        return model

    def stream(self, prompt: str) -> Iterator[str]:
        """Raises ModelFailed for whatever the provider's client raises."""
        try:
            yield from self._said(prompt)
        except _TakesNoTemperature:
            self._model = self._opened()
            yield from self._said(prompt)

    def _said(self, prompt: str) -> Iterator[str]:
        from langchain_core.messages import HumanMessage

        said = False
        try:
            for chunk in self._model.stream([HumanMessage(prompt)]):
                said = True
                yield chunk.text if isinstance(chunk.text, str) else str(chunk.content)
        except Exception as error:  # the clients' errors have no common root but this
            if not said and getattr(self._model, "temperature", None) is not None and "temperature" in str(error):
                raise _TakesNoTemperature from error
            raise ModelFailed(f"{self._name}: {type(error).__name__}: {str(error)[:300]}") from error


class _TakesNoTemperature(Exception):
    """Some models refuse a temperature of 0: they are asked again without one."""


def split_address(name: str) -> tuple[str, str]:
    """("openai:gemma", "http://127.0.0.1:8080/v1") of "openai:gemma@http://127.0.0.1:8080/v1"; "" without an address.

    Raises BadConfig for an address that is none, or that holds a password: the name is shown and recorded.
    """
    plain, mark, rest = name.partition("@http")
    if not mark:
        return name, ""
    address = urlsplit(f"http{rest}")
    if not plain.partition(":")[2] or address.scheme not in ("http", "https") or not address.hostname:
        raise BadConfig(f"{name!r} names no server", "write openai:MODEL@http://127.0.0.1:8080/v1")
    if address.username or address.password:
        raise BadConfig("an address with a password in it would be shown with every answer", "set the provider's key")
    return plain, f"http{rest}"
