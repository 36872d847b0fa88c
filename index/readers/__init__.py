"""Readers: one file a format; ``read_sources`` is the way in."""

from index.readers.base import Draft, Origin, Reader, ReadFailure, ReadOptions
from index.readers.dates import parse_published
from index.readers.read import read_sources, readers

__all__ = ["Draft", "Origin", "ReadFailure", "ReadOptions", "Reader", "parse_published", "read_sources", "readers"]
