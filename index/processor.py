"""What this machine's processor can do."""

from __future__ import annotations

from pathlib import Path

_FLAGS = ("amx_bf16", "avx512_bf16")


def bfloat16_is_native(cpuinfo: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether bfloat16 products run in hardware; False where the system does not tell.

    Without them bfloat16 is emulated and slower than float32.
    """
    if not cpuinfo.is_file():
        return False
    for line in cpuinfo.read_text("utf-8", "replace").splitlines():
        if line.startswith("flags"):
            return any(flag in line.split() for flag in _FLAGS)
    return False
