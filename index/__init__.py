"""The index: articles in, ranked passages out. This façade is all that other packages import."""

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
)
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
    "AmbiguousSource",
    "Article",
    "ArticleHeader",
    "EmptyCollection",
    "FloatMatrix",
    "Hit",
    "IndexingError",
    "ModelUnavailable",
    "Passage",
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
]
