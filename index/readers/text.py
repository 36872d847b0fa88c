"""Plain text: the file as it is, newlines normalised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from index.readers.base import Draft, Origin, ReadFailure, ReadOptions, read_whole, require_words
from index.readers.decode import decode


class TextReader:
    """.txt, and any named file that turns out to be text."""

    suffixes: tuple[str, ...] = (".txt", ".text")

    def read(self, stream: BinaryIO, origin: Origin, options: ReadOptions) -> Iterator[Draft | ReadFailure]:
        """One draft. Raises UnreadableSource."""
        decoded = decode(read_whole(stream, origin, options.max_article_bytes), origin.source)
        require_words(decoded.text, origin.source)
        yield Draft(
            text=decoded.text,
            source_key=origin.source_key,
            source=origin.source,
            encoding=decoded.encoding,
            notes=decoded.notes,
        )
