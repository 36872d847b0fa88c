"""What a folder of weights holds, opened: the tokenizer with its special tokens, and ONNX sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from assistant.errors import VerifierUnavailable

if TYPE_CHECKING:
    from tokenizers import Tokenizer


@dataclass(frozen=True, slots=True)
class Special:
    """Ids of the tokens around two texts: ``<s> first </s></s> second </s>``, padded behind."""

    start: int
    end: int
    pad: int
    COUNT: ClassVar[int] = 4

    def joined(self, first: Sequence[int], second: Sequence[int]) -> tuple[int, ...]:
        return (self.start, *first, self.end, self.end, *second, self.end)


def open_tokenizer(content: bytes) -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(content.decode("utf-8"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def special_ids(tokenizer: Tokenizer) -> Special:
    """Raises VerifierUnavailable for a tokenizer that lacks one."""
    start, end, pad = (tokenizer.token_to_id(name) for name in ("<s>", "</s>", "<pad>"))
    if start is None or end is None or pad is None:
        raise VerifierUnavailable("the tokenizer lacks <s>, </s> or <pad>", "reinstall claimdesk")
    return Special(start, end, pad)


def open_session(content: bytes) -> Any:
    """The ONNX model on the processor, a core for each call. Raises VerifierUnavailable."""
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as refusals

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except (refusals.Fail, refusals.InvalidGraph, refusals.InvalidProtobuf, refusals.NotImplemented) as error:
        raise VerifierUnavailable(f"ONNX Runtime cannot read the model: {error}", "reinstall claimdesk") from error
