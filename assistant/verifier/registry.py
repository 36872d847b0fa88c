"""Verifiers by name. A stranger's verifier registers through the entry-point group ``claimdesk.verifiers``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.metadata import entry_points
from typing import cast

from assistant.errors import BadConfig
from assistant.verifier.probabilities import PairVerifier

GROUP = "claimdesk.verifiers"
# name → "package.module:function"; a name with a colon passes what follows it: "cross-encoder:PATH", "llm:openai:gpt"
OWN: Mapping[str, str] = {
    "default": "assistant.verifier.grounding:open_shipped",
    "bulk": "assistant.verifier.bulk:open_bulk",
    "lexical": "assistant.verifier.lexical:open_lexical",
    "cross-encoder": "assistant.verifier.cross_encoder:open_cross_encoder",
    "llm": "assistant.verifier.llm_judge:open_llm_judge",
}


def names() -> list[str]:
    """Every name that ``load_verifier`` knows, sorted; what takes more is written after a colon."""
    return sorted({*OWN, *(point.name for point in entry_points(group=GROUP))})


def load_verifier(name: str = "default") -> PairVerifier:
    """The verifier called ``name``: one of ``names()``, with what it takes after a colon ("llm:PROVIDER:MODEL").

    Raises BadConfig when nothing answers to the name, VerifierUnavailable when its model cannot be loaded.
    """
    kind, _, rest = name.partition(":")
    return _opener(kind, name)(rest)


def _opener(kind: str, name: str) -> Callable[[str], PairVerifier]:
    if kind in OWN:
        module, _, attribute = OWN[kind].partition(":")
        return cast(Callable[[str], PairVerifier], getattr(import_module(module), attribute))
    for point in entry_points(group=GROUP):
        if point.name == kind:
            return cast(Callable[[str], PairVerifier], point.load())
    raise BadConfig(f"no verifier is called {name!r}: there are {', '.join(names())}")
