"""Put the parts together: which collection, which reader of language, which verifier. Each is built when first used."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from assistant.chat_models import ChatModel, load_chat_model
from assistant.config import Config, find_cache, find_home, load_config, server_address
from assistant.conversations import FILE as CONVERSATIONS
from assistant.conversations import Conversations, examine_conversations
from assistant.differing import PairReader, open_pair_reader
from assistant.environment import stay_local
from assistant.language.reader import LanguageReader
from assistant.prepared import PreparedSources, SentenceVectors
from assistant.types import Verifier
from assistant.verifier import load_verifier
from index import Collection, Diagnosis, Embedder, EmptyCollection, examine, open_embedder

FRAMES = "frames.db"  # in the home: parsed sentences


class Parts:
    """The parts of one assistant. ``readonly`` opens the collection without the writer's lock."""

    def __init__(
        self,
        home: Path | None = None,
        *,
        config: Config | None = None,
        readonly: bool = True,
        chroma_url: str | None = None,
    ) -> None:
        """``chroma_url`` overrides the configuration's, "" with the home's own folder; None leaves it.

        Raises BadConfig.
        """
        stay_local()
        self.home = find_home(home)
        self.config = config or load_config(self.home)
        self.readonly = readonly
        self.chroma_url = server_address(self.config.chroma_url if chroma_url is None else chroma_url)
        self._opened: list[Collection | LanguageReader | SentenceVectors] = []

    @cached_property
    def collection(self) -> Collection:
        """The articles. Raises IndexingError when the store cannot be opened."""
        collection = Collection.open(
            self.home,
            embedder=self._named_embedder(),
            readonly=self.readonly,
            cache=find_cache(),
            chroma_url=self.chroma_url,
        )
        self._opened.append(collection)
        return collection

    @cached_property
    def vectors(self) -> SentenceVectors:
        """The vectors of sentences, beside their parses. Raises IndexingError."""
        vectors = SentenceVectors(self.home / FRAMES, self.collection.embedder().fingerprint)
        self._opened.append(vectors)
        return vectors

    @cached_property
    def sources(self) -> PreparedSources:
        """The articles as questions read them: no sentence is embedded twice."""
        return PreparedSources(self.collection, self.vectors)

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

    @cached_property
    def differing(self) -> PairReader:
        """What reads two sentences for where they differ. Raises VerifierUnavailable."""
        return open_pair_reader()

    def chat_model(self, name: str | None) -> ChatModel | None:
        """The language model called ``name`` (None: the one that is configured); None when answers are extractive.

        Raises BadConfig.
        """
        return load_chat_model(self.config.chat_model if name is None else name)

    def wipe_conversations(self, article_ids: Sequence[str], texts: Sequence[str]) -> None:
        """Take out of kept conversations what they showed of these articles, for good."""
        if any(self.home.glob(f"{CONVERSATIONS}*")):  # one that was set aside counts
            Conversations(self.home).wipe(article_ids, texts)

    def diagnose(self, *, repair: bool) -> Diagnosis:
        """Examine collection and conversations without opening them. Raises EmptyCollection, StoreBusy."""
        kept, done = examine_conversations(self.home, repair=repair)
        try:
            found = examine(self.home, repair=repair, embedder=self._named_embedder(), chroma_url=self.chroma_url)
        except EmptyCollection:
            if not (kept or done):
                raise
            return Diagnosis(tuple(kept), tuple(done))
        return Diagnosis((*found.findings, *kept), (*found.repaired, *done))

    def _named_embedder(self) -> Embedder | None:
        """The embedder that the configuration names; None leaves it to the collection."""
        named = self.config.embedder
        return open_embedder(named, cache=find_cache()) if named else None

    @property
    def notes(self) -> Sequence[str]:
        """What became of caches' files, in plain words: nothing fails over them."""
        return [note for part in self._opened if not isinstance(part, Collection) for note in part.notes]

    def close(self) -> None:
        """Give back the files of what was opened."""
        while self._opened:
            self._opened.pop().close()
