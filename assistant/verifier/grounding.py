"""The shipped grounding model."""

from __future__ import annotations

from assistant.verifier.lexical import LexicalVerifier, open_lexical


def open_shipped(rest: str) -> LexicalVerifier:
    """The shipped model, once its weights are here."""
    return open_lexical(rest)
