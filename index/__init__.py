"""The index: articles in, ranked passages out. This façade is all that other packages import."""

from index.archive import ArchiveInfo, export_home, import_home
from index.changes import Change, Revision
from index.collection import Collection
from index.doctor import Diagnosis, Finding, examine
from index.embedder import Embedder, HashingEmbedder, open_embedder
from index.errors import (
    AmbiguousSource,
    EmptyCollection,
    IndexingError,
    ModelUnavailable,
    StoreBusy,
    StoreDamaged,
    StoreMismatch,
    UnknownSource,
    UnreadableSource,
    VectorsUnavailable,
)
from index.invisible import INVISIBLE, without_invisible
from index.names import current_ids
from index.report import FailedSource, IndexOptions, IndexReport, Progress
from index.types import (
    Article,
    ArticleHeader,
    FloatMatrix,
    Hit,
    Passage,
    SearchFilter,
    Section,
    SectionKind,
    Sentence,
    Sources,
    Span,
)

__all__ = [
    "INVISIBLE",
    "AmbiguousSource",
    "ArchiveInfo",
    "Article",
    "ArticleHeader",
    "Change",
    "Collection",
    "Diagnosis",
    "Embedder",
    "EmptyCollection",
    "FailedSource",
    "Finding",
    "FloatMatrix",
    "HashingEmbedder",
    "Hit",
    "IndexOptions",
    "IndexReport",
    "IndexingError",
    "ModelUnavailable",
    "Passage",
    "Progress",
    "Revision",
    "SearchFilter",
    "Section",
    "SectionKind",
    "Sentence",
    "Sources",
    "Span",
    "StoreBusy",
    "StoreDamaged",
    "StoreMismatch",
    "UnknownSource",
    "UnreadableSource",
    "VectorsUnavailable",
    "current_ids",
    "examine",
    "export_home",
    "import_home",
    "open_embedder",
    "without_invisible",
]
