"""The assistant: questions and claims in, answers and verdicts out, each with the sources' exact words.

``from assistant import Assistant`` is the Python door. Names are looked up when they are first used, so that
importing a submodule (the command line, above all) loads nothing more than it needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.assistant import Assistant as Assistant
    from assistant.chat import NO_MODEL as NO_MODEL
    from assistant.cli_shared import CHECK_FAILED as CHECK_FAILED
    from assistant.cli_shared import Desk as Desk
    from assistant.cli_shared import command as command
    from assistant.config import configured_verifier as configured_verifier
    from assistant.errors import AssistantError as AssistantError
    from assistant.errors import BadConfig as BadConfig
    from assistant.errors import BadInput as BadInput
    from assistant.errors import CheckFailed as CheckFailed
    from assistant.errors import NotJudged as NotJudged
    from assistant.errors import VerifierUnavailable as VerifierUnavailable
    from assistant.quote import find_quotation as find_quotation
    from assistant.render.escape import one_line as one_line
    from assistant.render.escape import visible as visible
    from assistant.render.parts import indented as indented
    from assistant.types import Answer as Answer
    from assistant.types import AnswerStatus as AnswerStatus
    from assistant.types import AuditedQuote as AuditedQuote
    from assistant.types import Citation as Citation
    from assistant.types import Comparison as Comparison
    from assistant.types import Evidence as Evidence
    from assistant.types import Flag as Flag
    from assistant.types import FlagKind as FlagKind
    from assistant.types import FlagSide as FlagSide
    from assistant.types import QuoteStatus as QuoteStatus
    from assistant.types import Scope as Scope
    from assistant.types import Stance as Stance
    from assistant.types import Statement as Statement
    from assistant.types import Turn as Turn
    from assistant.types import Verdict as Verdict
    from assistant.types import VerdictLabel as VerdictLabel
    from assistant.types import Verification as Verification
    from assistant.types import Verifier as Verifier
    from assistant.verifier import load_verifier as load_verifier
    from assistant.wire import Json as Json
    from assistant.wire import answer_json as answer_json
    from assistant.wire import comparison_json as comparison_json
    from assistant.wire import quotations_json as quotations_json
    from assistant.wire import verification_json as verification_json

_HOMES = {
    "Assistant": "assistant.assistant",
    "NO_MODEL": "assistant.chat",
    "CHECK_FAILED": "assistant.cli_shared",
    "Desk": "assistant.cli_shared",
    "command": "assistant.cli_shared",
    "AssistantError": "assistant.errors",
    "BadConfig": "assistant.errors",
    "BadInput": "assistant.errors",
    "CheckFailed": "assistant.errors",
    "NotJudged": "assistant.errors",
    "VerifierUnavailable": "assistant.errors",
    "find_quotation": "assistant.quote",
    "one_line": "assistant.render.escape",
    "indented": "assistant.render.parts",
    "visible": "assistant.render.escape",
    "Answer": "assistant.types",
    "AnswerStatus": "assistant.types",
    "AuditedQuote": "assistant.types",
    "Citation": "assistant.types",
    "Comparison": "assistant.types",
    "Evidence": "assistant.types",
    "Flag": "assistant.types",
    "FlagKind": "assistant.types",
    "FlagSide": "assistant.types",
    "QuoteStatus": "assistant.types",
    "Scope": "assistant.types",
    "Stance": "assistant.types",
    "Statement": "assistant.types",
    "Turn": "assistant.types",
    "Verdict": "assistant.types",
    "VerdictLabel": "assistant.types",
    "Verification": "assistant.types",
    "Verifier": "assistant.types",
    "load_verifier": "assistant.verifier",
    "configured_verifier": "assistant.config",
    "Json": "assistant.wire",
    "answer_json": "assistant.wire",
    "comparison_json": "assistant.wire",
    "quotations_json": "assistant.wire",
    "verification_json": "assistant.wire",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
