"""Every error that the index raises on purpose.

    IndexingError
    ├── UnreadableSource      a file, URL or line that cannot become an article
    ├── UnknownSource         a name that matches no article
    ├── AmbiguousSource       a name that matches several articles
    ├── EmptyCollection       nothing is indexed yet
    ├── ModelUnavailable      an embedding model's weights cannot be loaded or fail their hash
    ├── StoreBusy             another process holds the writer's lock
    ├── StoreDamaged          store.db is torn, of another kind, or cannot be opened or written
    ├── StoreMismatch         the store was built by another embedder or a newer schema
    └── VectorsUnavailable    the vector index (a Chroma server, say) does not answer

Each message names the thing, the value and what to do next; ``next_step`` holds the command to type.
"""


class IndexingError(Exception):
    """The root of the tree. ``kind`` is the name shown in JSON errors."""

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    @property
    def kind(self) -> str:
        return type(self).__name__


class UnreadableSource(IndexingError):
    """A file, URL or line that cannot become an article."""


class UnknownSource(IndexingError):
    """A name that matches no article."""


class AmbiguousSource(IndexingError):
    """A name that matches several articles: the message lists them."""


class EmptyCollection(IndexingError):
    """Nothing is indexed yet."""


class ModelUnavailable(IndexingError):
    """An embedding model's weights cannot be loaded, or fail their hash."""


class StoreBusy(IndexingError):
    """Another process holds the writer's lock: the message names its pid and host."""


class StoreDamaged(IndexingError):
    """store.db is torn, of another kind, or cannot be opened or written."""


class StoreMismatch(IndexingError):
    """The store was built by another embedder, or by a newer version of Claimdesk."""


class VectorsUnavailable(IndexingError):
    """The vector index does not answer: keywords still do, and the answer is marked as degraded."""
