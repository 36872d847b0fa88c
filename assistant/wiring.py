"""Put the parts together: which collection, which reader of language, which verifier. Each is built when first used."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from assistant.chat_models import ChatModel, load_chat_model
from assistant.config import Config, find_cache, find_home, load_config
from assistant.environment import stay_local
from assistant.language.reader import LanguageReader
from assistant.types import Verifier
from assistant.verifier import load_verifier
from index import Collection, Diagnosis, Embedder, examine, open_embedder

FRAMES = "frames.db"  # in the home: parsed sentences


class Parts:
    """The parts of one assistant. ``readonly`` opens the collection without the writer's lock."""

    def __init__(self, home: Path | None = None, *, config: Config | None = None, readonly: bool = True) -> None:
        stay_local()
        self.home = find_home(home)
        self.config = config or load_config(self.home)
        self.readonly = readonly
        self._opened: list[Collection | LanguageReader] = []

    @cached_property
    def collection(self) -> Collection:
        """The articles. Raises IndexingError when the store cannot be opened."""
        collection = Collection.open(
            self.home,
            embedder=self._named_embedder(),
            readonly=self.readonly,
            cache=find_cache(),
            chroma_url=self.config.chroma_url or None,
        )
        self._opened.append(collection)
        return collection

    @property
    def embedder_name(self) -> str:
        return self.collection.embedder().name

    @cached_property
    def reader(self) -> LanguageReader:
        """The parser of language, with its cache beside the collection."""
        reader = LanguageReader(self.home / FRAMES)
        self._opened.append(reader)
        return reader

    @cached_property
    def verifier(self) -> Verifier:
        """The grounding model. Raises VerifierUnavailable."""
        return load_verifier(self.config.verifier)

    def chat_model(self, name: str | None) -> ChatModel | None:
        """The language model called ``name`` (None: the one that is configured); None when answers are extractive.

        Raises BadConfig.
        """
        return load_chat_model(self.config.chat_model if name is None else name)

    def diagnose(self, *, repair: bool) -> Diagnosis:
        """Examine the collection without opening it. Raises EmptyCollection, StoreBusy."""
        url = self.config.chroma_url or None
        return examine(self.home, repair=repair, embedder=self._named_embedder(), chroma_url=url)

    def _named_embedder(self) -> Embedder | None:
        """The embedder that the configuration names; None leaves it to the collection."""
        named = self.config.embedder
        return open_embedder(named, cache=find_cache()) if named else None

    def close(self) -> None:
        """Give back the files of what was opened."""
        while self._opened:
            self._opened.pop().close()
