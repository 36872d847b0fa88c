"""Any provider that LangChain knows, behind the ChatModel Protocol."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.errors import BadConfig, ModelFailed


class LangChainModel:
    """``init_chat_model("provider:model")``, at temperature 0, without tools."""

    def __init__(self, name: str) -> None:
        """Raises BadConfig when the provider is unknown, its package is missing, or it lacks its key."""
        from langchain.chat_models import init_chat_model  # seconds: only when a model is asked for

        self._name = name
        try:
            self._model = init_chat_model(name, temperature=0)
        except (ImportError, ValueError) as error:
            raise BadConfig(
                f"{name}: {error}", "pip install the provider's LangChain package, and set its key"
            ) from error

    @property
    def name(self) -> str:
        return self._name

    def stream(self, prompt: str) -> Iterator[str]:
        """Raises ModelFailed for whatever the provider's client raises: its exceptions have no common root but this."""
        from langchain_core.messages import HumanMessage

        try:
            for chunk in self._model.stream([HumanMessage(prompt)]):
                yield chunk.text if isinstance(chunk.text, str) else str(chunk.content)
        except Exception as error:
            raise ModelFailed(f"{self._name}: {type(error).__name__}: {error}") from error
