"""One claim put to articles in memory."""

from __future__ import annotations

from assistant.differing import open_pair_reader
from assistant.language.reader import LanguageReader
from assistant.types import Scope, Stance, Verdict, Verification, Verifier
from assistant.verify import verify_text
from tests.memory_sources import MemorySources


def verify(
    text: str, sources: MemorySources, language: LanguageReader, verifier: Verifier, scope: Scope | None = None
) -> Verification:
    """All claims of a text, with the pair reader that ships."""
    return verify_text(
        text,
        sources=sources,
        reader=language,
        verifier=verifier,
        differing=open_pair_reader(),
        scope=scope or Scope(),
    )


def judge(claim: str, sources: MemorySources, language: LanguageReader, verifier: Verifier) -> Verdict:
    """The verdict on a text of one claim."""
    return verify(claim, sources, language, verifier).verdicts[0]


def stance_of(claim: str, text: str, language: LanguageReader, verifier: Verifier) -> Stance:
    """The stance towards the claim of one article that holds ``text``."""
    return judge(claim, MemorySources({"article.txt": text}), language, verifier).sources[0].stance
